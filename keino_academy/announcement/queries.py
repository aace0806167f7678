"""Reading the announcement: academies, their pages, entries and criteria."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from keino_academy.announcement.models import Academy, AbstractAcademyPage
from keino_academy.announcement.rights import academies_for, may_in
from keino_academy.core.addresses import root_url

__all__ = [
    "academies_for",
    "academy_of",
    "academy_url",
    "faces",
    "find_face",
    "is_source",
    "may_in",
    "source_language",
]


def academy_of(page: Page) -> Academy | None:
    """The academy to which a page belongs: its own, or that of its nearest ancestor that has one."""
    keys = {ancestor.translation_key: ancestor.depth for ancestor in page.get_ancestors(inclusive=True)}
    found = Academy.objects.filter(translation_key__in=keys)
    return max(found, key=lambda academy: keys[academy.translation_key], default=None)


def faces(academy: Academy) -> dict[str, AbstractAcademyPage]:
    """The academy's live pages by language code, as their own type."""
    pages = Page.objects.filter(translation_key=academy.translation_key, live=True, alias_of=None)
    return {page.locale.language_code: page for page in pages.select_related("locale").specific()}


def find_face(academy: Academy, language: str) -> AbstractAcademyPage | None:
    """The academy's live page in a language; in its source language where that is missing."""
    found = faces(academy)
    return found.get(language) or found.get(academy.language) or next(iter(found.values()), None)


def academy_url(academy: Academy, language: str, request: HttpRequest | None = None) -> str:
    """The address of the academy's page, with the site's root; the root alone when it has none."""
    page = find_face(academy, language)
    url = page.get_full_url(request) if page else None
    return url or f"{root_url(page)}/"


def source_language(page: Page) -> str:
    """The language in which the page's family began: the one whose facts hold for all.

    The academy knows it; before there is one, what was first submitted for translation
    tells, and else the oldest page does.
    """
    key = page.translation_key
    known = Academy.objects.filter(translation_key=key).values_list("language", flat=True).first()
    family = type(page).objects.filter(translation_key=key, alias_of=None)
    if known and family.filter(locale__language_code=known).exists():
        return known
    sources = TranslationSource.objects.filter(object_id=key, locale__in=family.values("locale"))
    first = sources.order_by("created_at", "pk").values_list("locale__language_code", flat=True).first()
    return (
        first
        or family.order_by("pk").values_list("locale__language_code", flat=True).first()
        or page.locale.language_code
    )


def is_source(page: Page) -> bool:
    """Whether this page is the one whose facts hold for the whole family."""
    return page.alias_of_id is None and page.locale.language_code == source_language(page)
