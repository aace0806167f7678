"""The list of academies, grouped by where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from keino_academy.announcement.enums import CallState
from keino_academy.announcement.models import AbstractAcademyPage, Academy, Topic
from keino_academy.announcement.queries import source_timelines
from keino_academy.announcement.reading import Reading
from keino_academy.core import clock

#: Streams that a list never shows, so that it never loads them.
HEAVY = ("body", "criteria", "facts")


@dataclass
class Group:
    """Academies that stand alike, under their heading."""

    key: str
    title: str
    readings: list[Reading] = field(default_factory=list)


def groups(index: Any, topic: Topic | None = None) -> list[Group]:
    """The live academies below a list, by state: what is open first, what is over last."""
    known = [
        (Group("open", _("Open now")), {CallState.OPEN}),
        (Group("coming", _("Opening later")), {CallState.PLANNED}),
        (Group("closed", _("Applications are being read")), {CallState.GRACE, CallState.CLOSED}),
        (Group("running", _("Under way")), {CallState.DECIDED, CallState.RUNNING}),
        (Group("over", _("Ended")), {CallState.ALUMNI, CallState.ARCHIVED}),
    ]
    for reading in _readings(index, topic):
        for group, states in known:
            if reading.state in states:
                group.readings.append(reading)
    return [group for group, _states in known if group.readings]


def find_topic(slug: str, language: str) -> Topic | None:
    """The topic of a language by the end of its address."""
    return Topic.objects.filter(slug=slug, locale__language_code=language).first() if slug else None


def topics_of(page: AbstractAcademyPage) -> list[Topic]:
    """The topics that a page names, in its order."""
    keys = topic_keys(page)
    found = Topic.objects.in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


def topic_keys(page: AbstractAcademyPage) -> list[int]:
    """Primary keys of the page's topics as its stream stores them."""
    children = page.topics.raw_data if page.topics else ()
    return [child["value"] for child in children if isinstance(child.get("value"), int)]


def _readings(index: Any, topic: Topic | None) -> list[Reading]:
    pages = [page for page in _pages(index) if topic is None or topic.pk in topic_keys(page)]
    keys = [page.translation_key for page in pages]
    academies = {one.translation_key: one for one in Academy.objects.filter(translation_key__in=keys)}
    now = clock.now()
    sources = _sources(pages, academies)
    readings = [
        Reading(
            page,
            academy,
            academy.call_dates,
            academy.time_zone,
            academy.decision_on,
            now,
            source=sources.get(page.translation_key),
        )
        for page in pages
        if (academy := academies.get(page.translation_key))
    ]
    return sorted(readings, key=lambda reading: reading.dates.closes or now, reverse=True)


def _sources(pages: list[AbstractAcademyPage], academies: dict[UUID, Academy]) -> dict[UUID, Any]:
    """The timelines of the source pages of those that are translations, in a query for each type."""
    translated: dict[type[AbstractAcademyPage], list[Academy]] = {}
    for page in pages:
        academy = academies.get(page.translation_key)
        if academy and page.spoken_language != academy.language:
            translated.setdefault(type(page), []).append(academy)
    found: dict[UUID, Any] = {}
    for model, theirs in translated.items():
        found |= source_timelines(theirs, model)
    return found


def _pages(index: Any) -> Iterator[AbstractAcademyPage]:
    """The live pages as their own type, without what a list does not show."""
    children = index.get_children().live().public().type(AbstractAcademyPage)
    kinds = children.order_by("content_type").values_list("content_type", flat=True).distinct()
    for kind in kinds:
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        yield from model.objects.filter(pk__in=children.filter(content_type=kind).values("pk")).defer(*HEAVY)
