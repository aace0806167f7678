"""Languages of addresses and records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, get_language_info, override


@dataclass(frozen=True)
class LanguageLink:
    """One choice of the language switch: code, the language's own name, address."""

    code: str
    name: str
    url: str
    current: bool


def language_codes() -> list[str]:
    """The site's content languages, in its own order."""
    languages = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", None) or settings.LANGUAGES
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return [settings.LANGUAGE_CODE]
    return [code for code, _name in languages]


def is_language(code: str) -> bool:
    """Whether the site knows the language, as content or as interface."""
    return code in language_codes() or code in dict(settings.LANGUAGES)


def current_language() -> str:
    """The active language's code; the site's own where none is active."""
    return get_language() or settings.LANGUAGE_CODE


def language_links(addresses: dict[str, str]) -> Iterator[LanguageLink]:
    """Links of the switch for ``{code: address}``, in the site's order."""
    for code in language_codes():
        if code in addresses:
            with override(code):
                name = get_language_info(code)["name_local"]
            yield LanguageLink(code, name, addresses[code], code == current_language())
