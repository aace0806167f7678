"""What members are told when a session moves or is cancelled; always in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from django.utils.translation import override

from keino_academy.announcement.entries import Entry
from keino_academy.announcement.feed import calendar_entry, place_of
from keino_academy.announcement.models import Academy
from keino_academy.announcement.programme import programme
from keino_academy.announcement.queries import academy_title, find_entry
from keino_academy.core import clock, dates, outbox
from keino_academy.core.calendars import Party, invitation
from keino_academy.core.text import clean_line
from keino_academy.learning import queries
from keino_academy.learning.models import Member, SessionTime
from keino_academy.learning.phases import Action, allows, phase


def tell_moved(academy: Academy, row: SessionTime, before: Entry, now: Entry) -> None:
    """The new time and place with what they were before, and a REQUEST that moves the calendar's entry.

    ``before`` and ``now`` are both in the academy's own language, in which a place can be compared.
    """

    @cache
    def said(language: str) -> tuple[Entry, dict[str, Any]]:
        entry = find_entry(academy, row.entry_id, language) or now
        return entry, {**_facts(academy, entry, language), "was": _was(before, now)}

    _tell("session_moved", academy, row, said, "REQUEST")


def tell_cancelled(academy: Academy, row: SessionTime, before: Entry) -> None:
    """What is not held, and a CANCEL that takes it out of the calendar."""

    @cache
    def said(language: str) -> tuple[Entry, dict[str, Any]]:
        pages = queries.pages_of_entry(academy, row.entry_id)
        page = pages.get(language) or pages.get(academy.language) or next(iter(pages.values()), None)
        title = page.title if page else academy_title(academy, language)
        entry = replace(before, title=title)
        return entry, _facts(academy, entry, language)

    _tell("session_cancelled", academy, row, said, "CANCEL")


def _tell(
    kind: str,
    academy: Academy,
    row: SessionTime,
    said: Callable[[str], tuple[Entry, dict[str, Any]]],
    method: str,
) -> None:
    """One mail to each member, in the member's language."""
    for member in _told(academy):
        with override(member.language):
            entry, context = said(member.language)
            text = _invitation(academy, row, entry, context, member, cancelled=method == "CANCEL")
        outbox.post(
            f"learning/{kind}",
            to=member.email,
            language=member.language,
            context=context,
            calendar=outbox.Calendar(text, method),
            reply_to=academy.organiser_email,
            scope=academy.translation_key,
            about=f"member:{member.pk}",
        )


def _told(academy: Academy) -> list[Member]:
    """The members who have access and know of it, each address once.

    Whoever has not been invited yet does not know that there is anything to come to.
    """
    if not allows(phase(academy.call_dates, clock.now()), Action.READ):
        return []
    found: dict[str, Member] = {}
    for member in queries.live_members(participation__academy=academy).select_related("user").order_by("pk"):
        knows = member.invited_at is not None or member.joined_at is not None
        if knows and (member.user is None or member.user.is_active):
            found.setdefault(member.email.lower(), member)
    return list(found.values())


def _invitation(
    academy: Academy,
    row: SessionTime,
    entry: Entry,
    context: dict[str, Any],
    member: Member,
    *,
    cancelled: bool,
) -> str:
    event = calendar_entry(
        entry, academy.translation_key, row.changed_at, sequence=row.sequence, url=context["link"]
    )
    organiser = Party(academy.organiser_email or outbox.sender_address(), context["academy"])
    return invitation(event, organiser, Party(member.email), cancelled=cancelled)


def _facts(academy: Academy, entry: Entry, language: str) -> dict[str, Any]:
    return {
        "title": clean_line(entry.title),
        "when": _when(entry),
        "zone": dates.zone_name(entry.starts, academy.time_zone),
        "place": place_of(entry),
        "academy": clean_line(academy_title(academy, language)),
        "link": queries.link_of_entry(academy, entry.id, language),
        "contact": academy.organiser_email,
    }


def _when(entry: Entry) -> str:
    item = programme([entry], clock.now())[0]
    return f"{item.day} {item.hours}".strip()


def _was(before: Entry, now: Entry) -> str:
    """What was otherwise before: the time, the place, or both; nothing where there was no place yet."""
    moved = (before.starts, before.ends) != (now.starts, now.ends)
    went = (before.place, before.online) != (now.place, now.online)
    return ", ".join(filter(None, (_when(before) if moved else "", place_of(before) if went else "")))
