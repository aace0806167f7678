"""What the participants' pages ask of the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from keino_academy.announcement import queries as announcement
from keino_academy.announcement.entries import Entry, Kind, in_order
from keino_academy.announcement.models import Academy
from keino_academy.announcement.programme import Item, programme
from keino_academy.booking.feeds import feed_facts
from keino_academy.core import clock, dates
from keino_academy.core.languages import current_language
from keino_academy.learning import queries, words
from keino_academy.learning.guard import visit_of
from keino_academy.learning.models import AbstractSessionPage, Member
from keino_academy.learning.occasions import Occasion, following
from keino_academy.learning.phases import phase
from keino_academy.learning.yearline import YearLine, year_line

register = template.Library()

#: How many materials the home page shows at a glance.
_MOST = 6


@dataclass(frozen=True)
class Stop:
    """One entry of the programme: its words, its session's page, whether it is the next one."""

    item: Item
    occasion: Occasion
    next: bool


@dataclass(frozen=True)
class Material:
    """One material at a glance: its title, and the session to which it belongs."""

    title: str
    session: Occasion


@dataclass(frozen=True)
class MyAcademy:
    """What a participants' home shows to the one who reads it; ``member`` is None for an organiser."""

    home: dict[str, str]
    academy: Academy | None
    member: Member | None
    word: str
    next: Occasion | None
    stops: list[Stop]
    line: YearLine | None
    sessions: list[Occasion]
    materials: list[Material]
    team: list[Member]


@register.simple_tag(takes_context=True)
def ka_my_academy(context: dict[str, Any], page: Page) -> MyAcademy:
    """The home page as its reader sees it."""
    academy, member = _visit(context, page)
    now = clock.now()
    entries = _entries(academy, page)
    sessions = _sessions(page, entries, now, context["request"])
    ahead = following(sessions)
    shown = _programme(entries, academy)
    return MyAcademy(
        home={"title": page.title, "url": page.get_url(context["request"])},
        academy=academy,
        member=member,
        word=_word(academy, member, now),
        next=ahead,
        stops=_stops(shown, sessions, ahead, now),
        line=year_line(shown, now, ahead.entry if ahead else None),
        sessions=sessions,
        materials=_latest(sessions, ahead),
        team=list(queries.team_of(member.participation)) if member else [],
    )


@register.simple_tag(takes_context=True)
def ka_session(context: dict[str, Any], page: AbstractSessionPage) -> Occasion:
    """The session in time: date, hours and place from its timeline entry."""
    academy, _member = _visit(context, page)
    entry = None
    if academy and page.timeline_entry:
        entry = announcement.find_entry(academy, page.timeline_entry, page.locale.language_code)
    return _occasion(page, entry, clock.now(), context["request"])


@register.simple_tag(takes_context=True)
def ka_learning_home(context: dict[str, Any], page: Page) -> dict[str, str]:
    """The address of the closed tree's home, for the way back."""
    visit = visit_of(context["request"])
    home = visit.home if visit and visit.home else page.get_parent()
    return {"title": home.title, "url": home.get_url(context["request"])}


@register.simple_tag
def ka_my_feed(member: Member) -> dict[str, Any]:
    """A member's own calendar, and where it is made and renewed."""
    academy = member.participation.academy
    kwargs = {"language": current_language(), "code": academy.code}
    return {
        "facts": feed_facts(academy, queries.feed_holder(member)),
        "make_url": reverse("keino_academy:my_feed", kwargs=kwargs),
        "renew_url": reverse("keino_academy:my_feed_renew", kwargs=kwargs),
    }


@register.filter
def ka_person(member: Member, reader: Member | None) -> str:
    """What a member is in the team; the reader is told which one they are."""
    role = str(member.get_role_display())
    role = role[:1].upper() + role[1:]
    return _("%(role)s. This is you.") % {"role": role} if member == reader else role


register.filter("ka_brief", words.brief)
register.filter("ka_heading", words.heading)
register.filter("ka_numeral", words.numeral)
register.filter("ka_when", words.when)
register.filter("ka_place", words.place)
register.filter("ka_hours_and_place", words.hours_and_place)
register.filter("ka_facts", words.facts)
register.filter("ka_joins_at", words.joins_at)
register.filter("ka_short_day", dates.short_day)
register.filter("ka_short_month", dates.short_month)
register.filter("ka_month", dates.month)


def _visit(context: dict[str, Any], page: Page) -> tuple[Academy | None, Member | None]:
    """Academy and member that the guard found; a preview has none, so its academy is asked for."""
    visit = visit_of(context["request"])
    if visit is not None and visit.academy is not None:
        return visit.academy, visit.member
    return announcement.academy_of(page), None


def _entries(academy: Academy | None, page: Page) -> list[Entry]:
    face = announcement.find_face(academy, page.locale.language_code) if academy else None
    return in_order(announcement.entries_in(academy, face)) if academy and face else []


def _programme(entries: list[Entry], academy: Academy | None) -> list[Entry]:
    """The entries of the programme: what applicants did before it began is left out."""
    starts = academy.starts if academy else None
    return [
        entry
        for entry in entries
        if entry.kind is not Kind.DEADLINE and not entry.asked and (starts is None or entry.ends > starts)
    ]


def _sessions(page: Page, entries: list[Entry], now: datetime, request: Any) -> list[Occasion]:
    """The sessions by their time; those without a day come last."""
    known = {entry.id: entry for entry in entries}
    found = [
        _occasion(session, known.get(session.timeline_entry), now, request)
        for session in queries.sessions_of(page)
    ]
    return sorted(found, key=lambda one: (one.entry is None, one.entry.starts if one.entry else now))


def _occasion(page: AbstractSessionPage, entry: Entry | None, now: datetime, request: Any) -> Occasion:
    # The stored form: building every block of every session costs more than the page.
    stored = page.materials.raw_data if page.materials else ()
    titles = tuple(child["value"].get("title") or "" for child in stored)
    return Occasion(page.title, page.get_url(request), entry, page.join_link, now, titles)


def _stops(
    entries: list[Entry], sessions: list[Occasion], ahead: Occasion | None, now: datetime
) -> list[Stop]:
    pages = {occasion.entry.id: occasion for occasion in sessions if occasion.entry}
    next_id = ahead.entry.id if ahead and ahead.entry else ""
    return [
        Stop(
            item, pages.get(item.entry.id) or Occasion("", "", item.entry, "", now), item.entry.id == next_id
        )
        for item in programme(entries, now)
    ]


def _latest(sessions: list[Occasion], ahead: Occasion | None) -> list[Material]:
    """Materials of the session that comes next, then of those held, the latest first."""
    held = [session for session in reversed(sessions) if session.over]
    order = [ahead, *held] if ahead else held
    found = [Material(title, session) for session in order for title in session.materials]
    return found[:_MOST]


def _word(academy: Academy | None, member: Member | None, now: datetime) -> str:
    """What the reader is told of the academy's phase, or of themselves."""
    if academy is None:
        return ""
    if member is None:
        return _("You see this page as an organiser.")
    until = academy.local(academy.alumni_until) - timedelta(microseconds=1) if academy.alumni_until else None
    return words.phase_words(phase(academy.call_dates, now), academy.call_dates, until)
