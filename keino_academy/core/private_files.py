"""Where files lie that only some may read: never below the public media."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage, storages

from keino_academy.conf import academy_settings

#: The alias in ``STORAGES`` by which a site says where they lie; else ``PRIVATE_ROOT`` does.
ALIAS = "keino_academy_private"


def private_storage() -> Storage:
    """The site's storage for private files.

    A storage of files in a folder gives no addresses: whatever is read goes through a view
    that asks who reads. Raises :class:`ImproperlyConfigured` where the site names none.
    """
    if ALIAS in storages.backends:
        return storages[ALIAS]
    return PrivateStorage()


class PrivateStorage(FileSystemStorage):
    """Files below the setting ``PRIVATE_ROOT``, readable by the site's own user alone."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> Any:
        """The folder; asked each time, so that it need not be there while nothing is stored."""
        if not academy_settings.PRIVATE_ROOT:
            raise ImproperlyConfigured(
                "Set KEINO_ACADEMY['PRIVATE_ROOT'] to a folder outside MEDIA_ROOT, or STORAGES['keino_academy_private']."
            )
        return academy_settings.PRIVATE_ROOT

    @property
    def location(self) -> Any:
        """The same, absolute."""
        return str(Path(self.base_location).absolute())

    def _save(self, name: str, content: Any) -> str:
        """Write the file whole or not at all: a full disk leaves half a file behind, which nobody would ever remove."""
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except BaseException:
            with suppress(OSError):
                Path(self.path(name)).unlink()
            raise

    def url(self, name: str | None) -> str:  # noqa: ARG002 - Django's
        """No address: these files are not served by themselves."""
        raise ValueError("Private files have no address")


def private_path(_instance: Any, _name: str) -> str:
    """A path that tells nothing: what the applicant called the file stays in the database."""
    token = secrets.token_hex(16)
    return f"applications/{token[:2]}/{token}"
