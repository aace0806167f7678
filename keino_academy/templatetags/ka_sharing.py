"""Tags for what stands around an announcement: metadata, topics, the list of academies."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from wagtail.models import Site

from keino_academy.announcement.call import accepts
from keino_academy.announcement.call_words import CallWords, call_words
from keino_academy.announcement.enums import CallState
from keino_academy.announcement.links import absolute, alternates, feed_url, index_of
from keino_academy.announcement.listing import find_topic, groups, topics_of
from keino_academy.announcement.models import AbstractAcademyPage, Topic
from keino_academy.announcement.reading import Reading, read_page
from keino_academy.announcement.structured import Offer, as_script, describe
from keino_academy.core.addresses import root_url
from keino_academy.core.languages import current_language
from keino_academy.templatetags.ka_announcement import application_url, around_of

register = template.Library()

#: What OpenGraph calls the languages.
LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


@register.inclusion_tag("keino_academy/announcement/sharing.html", takes_context=True)
def ka_sharing(context: Context) -> dict[str, Any]:
    """Description, OpenGraph, canonical address, the other languages, the calendar and JSON-LD."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, AbstractAcademyPage) or page.pk is None:
        return {}
    reading = read_page(page, request)
    url = page.get_full_url(request) or ""
    feed = feed_url(reading)
    faces = alternates(around_of(reading).faces, request)
    language = current_language()
    return {
        "page": page,
        "url": url,
        "description": description(reading),
        "described_by_host": bool(page.search_description),
        "locale": LOCALES.get(language, ""),
        "other_locales": [
            LOCALES[face.code] for face in faces if face.code in LOCALES and face.code != language
        ],
        "site_name": _site_name(request),
        "alternates": faces,
        "feed": absolute(feed, page, request) if feed else "",
        "json": as_script(_described(reading, url, request)),
    }


def description(reading: Reading) -> str:
    """What a search engine shows: the editor's own text, else the state of the call and the introduction."""
    page = reading.page
    return page.search_description or f"{call_words(reading).headline} {page.introduction}".strip()


def _described(reading: Reading, url: str, request: Any) -> dict[str, Any]:
    page = reading.page
    apply_url = application_url(reading, request) if accepts(reading.state) else ""
    offer = Offer(
        name=page.title,
        description=page.introduction or page.search_description,
        url=url,
        language=current_language(),
        provider=_site_name(request) or page.title,
        provider_url=root_url(page) if request is None else request.build_absolute_uri("/"),
        apply_url=absolute(apply_url, page, request) if apply_url.startswith("/") else apply_url,
        places=page.places,
    )
    return describe(offer, reading.dates, ZoneInfo(reading.zone), reading.entries)


def _site_name(request: Any) -> str:
    site = Site.find_for_request(request) if request is not None else None
    return (site.site_name or site.hostname) if site else ""


@register.simple_tag(takes_context=True)
def ka_topics(context: Context) -> list[dict[str, str]]:
    """``{% ka_topics as topics %}``: name and address of each topic of the page."""
    page = context.get("page")
    found = topics_of(page) if isinstance(page, AbstractAcademyPage) else []
    if not found:
        return []
    parent = index_of(page)
    base = parent.get_url(context.get("request")) if parent else ""
    return [{"name": one.name, "url": f"{base}?topic={one.slug}" if base else ""} for one in found]


class Listed:
    """One academy of the list."""

    def __init__(self, reading: Reading, request: Any) -> None:
        self.page = reading.page
        self.url = reading.page.get_url(request)
        self.state = str(reading.state)
        self.due = reading.state in {CallState.OPEN, CallState.GRACE}
        self.words: CallWords = call_words(reading)


@register.simple_tag(takes_context=True)
def ka_academy_groups(context: Context, topic: Topic | None = None) -> list[dict[str, Any]]:
    """``{% ka_academy_groups topic as groups %}``: the academies below this page, by state."""
    request = context.get("request")
    return [
        {
            "key": group.key,
            "title": group.title,
            "academies": [Listed(one, request) for one in group.readings],
        }
        for group in groups(context["page"], topic)
    ]


@register.simple_tag(takes_context=True)
def ka_topic(context: Context) -> Topic | None:
    """``{% ka_topic as topic %}``: the topic that the address asks for, if there is one."""
    request = context.get("request")
    slug = request.GET.get("topic", "") if request is not None else ""
    return find_topic(slug, current_language())
