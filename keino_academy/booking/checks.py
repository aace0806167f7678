"""The room's system check; docs/reference/checks.md lists it."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.utils.module_loading import import_string

from keino_academy.conf import academy_settings


@checks.register("keino_academy")
def check_holidays(**kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ARG001 - every check is called alike
    """The list of public holidays is there."""
    path = academy_settings.HOLIDAYS
    if path is None or _leads_to_callable(path):
        return []
    return [
        checks.Error(
            f"The public holidays can't be read: HOLIDAYS names {path!r}, and there is no such callable.",
            hint='Set "HOLIDAYS" in KEINO_ACADEMY to the dotted path of a callable '
            "(year, language) -> {date: name}, or to None.",
            id="keino_academy.E003",
        )
    ]


def _leads_to_callable(path: Any) -> bool:
    try:
        return callable(import_string(path))
    except (ImportError, AttributeError, TypeError):
        return False
