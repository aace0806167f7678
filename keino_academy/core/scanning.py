"""Refusing files, and asking the site's own scanner whether one does harm."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from keino_academy.conf import academy_settings

logger = logging.getLogger("keino_academy.files")


class RefusedFile(Exception):  # noqa: N818 - it is an answer to a person, not a fault
    """A file that is not taken; the message tells a person why, and what would be taken."""


def scan(file: Any, name: str) -> None:
    """Ask the scanner of the setting ``FILE_SCANNER`` about an open file; afterwards it stands at its beginning.

    Raises :class:`RefusedFile`: with the scanner's own words, or, where the scanner does not
    answer, with ours. What could not be looked at is never taken.
    """
    path = academy_settings.FILE_SCANNER
    if not path:
        return
    file.seek(0)
    try:
        import_string(path)(file, name)
    except RefusedFile:
        raise
    except Exception as error:  # noqa: BLE001 - the scanner is the site's own
        # The kind only: what a scanner says may hold the file's name, and logs hold no people.
        logger.error("The scanner of files did not answer: %s", type(error).__name__)
        said = _("“%(name)s” could not be checked for viruses just now. Add it again in a few minutes.")
        raise RefusedFile(said % {"name": name}) from None
    finally:
        file.seek(0)
