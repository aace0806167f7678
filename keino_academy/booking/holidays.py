"""Public holidays, where the site names a list of them."""

from __future__ import annotations

from datetime import date

from django.utils.module_loading import import_string
from django.utils.translation import get_language

from keino_academy.conf import academy_settings


def public_holidays(first: date, last: date) -> dict[date, str]:
    """The site's public holidays of the years from ``first`` to ``last``, in the active language."""
    if not academy_settings.HOLIDAYS:
        return {}
    named = import_string(academy_settings.HOLIDAYS)
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= named(year, get_language() or "en")
    return found
