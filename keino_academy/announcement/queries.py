"""Reading the announcement: academies, their pages, entries and criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q
from django.http import HttpRequest
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from keino_academy.announcement.criteria import Criterion, read_criteria
from keino_academy.announcement.entries import Entry, Kind
from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.rights import academies_for, may_in
from keino_academy.announcement.timeline import read_timeline
from keino_academy.blocks.enums import Audience
from keino_academy.core.addresses import root_url

__all__ = [
    "academies_for",
    "academy_link",
    "academy_of",
    "academy_title",
    "academy_url",
    "criteria_of",
    "entries_in",
    "entries_of",
    "faces",
    "find_entry",
    "find_face",
    "is_source",
    "letterhead",
    "may_in",
    "published_at",
    "source_language",
    "source_timelines",
]


def academy_of(page: Page) -> Academy | None:
    """The academy to which a page belongs: its own, or that of its nearest ancestor that has one."""
    keys = {ancestor.translation_key: ancestor.depth for ancestor in page.get_ancestors(inclusive=True)}
    found = Academy.objects.filter(translation_key__in=keys)
    return max(found, key=lambda academy: keys[academy.translation_key], default=None)


def faces(academy: Academy) -> dict[str, AbstractAcademyPage]:
    """The academy's live pages by language code, as their own type."""
    pages = Page.objects.filter(translation_key=academy.translation_key, live=True, alias_of=None)
    return {page.spoken: page for page in pages.annotate(spoken=F("locale__language_code")).specific()}


def find_face(academy: Academy, language: str) -> AbstractAcademyPage | None:
    """The academy's live page in a language; in its source language where that is missing."""
    found = faces(academy)
    return found.get(language) or found.get(academy.language) or next(iter(found.values()), None)


def academy_title(academy: Academy, language: str) -> str:
    """The academy's name in a language."""
    return letterhead(academy, language)[0]


def letterhead(academy: Academy, language: str) -> tuple[str, str]:
    """The academy's name in a language and the root of its site, for what is written without a request."""
    page = _cover(academy, language)
    return (page.title if page else academy.title), root_url(page)


def _cover(academy: Academy, language: str) -> Page | None:
    """As :func:`find_face`, but with no more of the page than its name and address need: one query.

    It has its own type all the same, since a type may say where its pages stand.
    """
    pages = Page.objects.filter(translation_key=academy.translation_key, live=True, alias_of=None)
    found = {page.locale.language_code: page for page in pages.select_related("locale")}
    page = found.get(language) or found.get(academy.language) or next(iter(found.values()), None)
    return page.specific_deferred if page else None


def academy_link(academy: Academy, language: str, request: HttpRequest | None = None) -> tuple[str, str]:
    """The academy's name and the address of its page in a language, found once."""
    page = _cover(academy, language)
    url = page.get_full_url(request) if page else None
    return (page.title if page else academy.title), url or f"{root_url(page)}/"


def academy_url(academy: Academy, language: str, request: HttpRequest | None = None) -> str:
    """The address of the academy's page, with the site's root; the root alone when it has none."""
    return academy_link(academy, language, request)[1]


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


def entries_of(page: AbstractAcademyPage, zone: str = "") -> tuple[Entry, ...]:
    """The page's timeline as plain entries, in the order in which they are numbered."""
    return read_timeline(page.timeline, zone or page.time_zone)


def entries_in(academy: Academy, page: AbstractAcademyPage, source: Any = None) -> tuple[Entry, ...]:
    """The page's entries in its words, at the times of the source page: a translation may be stale.

    What the source page has no more is left out. ``source`` is its timeline where that is known.
    """
    own = entries_of(page, academy.time_zone)
    if not own or page.spoken_language == academy.language:
        return own
    if source is None:
        source = source_timelines([academy], type(page)).get(academy.translation_key)
    if source is None:
        return own
    spoken = {entry.id: entry for entry in own}
    timely = read_timeline(source, academy.time_zone)
    return tuple(_in_words_of(spoken[entry.id], entry) for entry in timely if entry.id in spoken)


def source_timelines(academies: Iterable[Academy], model: type[AbstractAcademyPage]) -> dict[UUID, Any]:
    """The timelines of the source pages by the academies' keys, in one query."""
    languages = {academy.translation_key: academy.language for academy in academies}
    pages = model.objects.filter(translation_key__in=languages, alias_of=None)
    rows = pages.annotate(spoken=F("locale__language_code"))
    return {
        key: timeline
        for key, spoken, timeline in rows.values_list("translation_key", "spoken", "timeline")
        if spoken == languages[key]
    }


def published_at(academy: Academy, page: Page) -> datetime | None:
    """When what a page tells was last published: its own words, or the source's times. Real time."""
    source = Q(translation_key=academy.translation_key, alias_of=None, locale__language_code=academy.language)
    pages = Page.objects.filter(source | Q(pk=page.pk))
    return pages.aggregate(at=Max("last_published_at"))["at"]


def criteria_of(page: AbstractAcademyPage, entries: tuple[Entry, ...] | None = None) -> tuple[Criterion, ...]:
    """The page's criteria as plain values; entries that are known already need not be read again."""
    known = entries_of(page) if entries is None else entries
    moments = (
        entry.id for entry in known if entry.kind is Kind.MOMENT and entry.audience != Audience.APPLICANTS
    )
    return read_criteria(list(_stored(page.criteria)), moments)


def find_entry(academy: Academy, entry_id: str, language: str) -> Entry | None:
    """One entry by its block's id: times of the source page, words of the language.

    Also of a page that is not live: what was agreed with participants outlives the announcement.
    """
    pages = Page.objects.filter(
        translation_key=academy.translation_key,
        alias_of=None,
        locale__language_code__in={language, academy.language},
    )
    found = {page.spoken: page for page in pages.annotate(spoken=F("locale__language_code")).specific()}
    entries = {code: _entry(page, academy, entry_id) for code, page in found.items()}
    source, spoken = entries.get(academy.language), entries.get(language)
    if source is None or spoken is None:
        return source or spoken
    return _in_words_of(spoken, source)


def _in_words_of(spoken: Entry, source: Entry) -> Entry:
    words = ("title", "short", "place", "description", "said")
    return replace(source, **{name: getattr(spoken, name) for name in words})


def _entry(page: AbstractAcademyPage, academy: Academy, entry_id: str) -> Entry | None:
    return next((entry for entry in entries_of(page, academy.time_zone) if entry.id == entry_id), None)


def _stored(stream: Any) -> Iterator[SimpleNamespace]:
    """Children as they are stored: building every block costs much more than reading it."""
    for child in stream.raw_data if stream else ():
        value: Mapping[str, Any] = child.get("value") or {}
        if "roles" in value:
            plain = [item["value"] if isinstance(item, Mapping) else item for item in value["roles"] or ()]
            value = {**value, "roles": plain}
        yield SimpleNamespace(id=child.get("id"), block_type=child["type"], value=value)
