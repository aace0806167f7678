"""Calendar files (RFC 5545) and invitations (RFC 5546, iTIP).

All times are written in UTC: the VTIMEZONE that libraries write is read an hour wrong
by some clients, UTC by none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText
from icalendar.enums import STATUS

PRODID = "-//keino_academy//EN"


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar.

    ``starts`` and ``ends`` are aware datetimes, or dates of which the last is exclusive.
    ``stamp`` is the real time at which it last changed; a feed's must be stable, or its
    ETag never matches.
    """

    uid: str
    title: str
    starts: datetime | date
    ends: datetime | date
    stamp: datetime
    sequence: int = 0
    description: str = ""
    place: str = ""
    url: str = ""


@dataclass(frozen=True)
class Party:
    """Who invites, or is invited."""

    email: str
    name: str = ""


def feed(name: str, entries: Iterable[Entry], uid: str) -> str:
    """A subscribable calendar: no METHOD, a name, and how often to ask again."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("uid", uid)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical().decode()


def single(entry: Entry, *, cancelled: bool = False) -> str:
    """One entry as a file that its reader saves: no METHOD, nobody is invited."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    event = _event(entry)
    event.add("status", STATUS.CANCELLED if cancelled else STATUS.CONFIRMED)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def invitation(entry: Entry, organiser: Party, guest: Party, *, cancelled: bool = False) -> str:
    """A REQUEST for one guest, or the CANCEL that takes it back; raise the sequence first."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    event = _event(entry)
    event.add("organizer", _address(organiser))
    event.add("attendee", _attendee(guest, cancelled))
    event.add("status", STATUS.CANCELLED if cancelled else STATUS.CONFIRMED)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("summary", entry.title)
    event.add("dtstart", _utc(entry.starts))
    if entry.ends > entry.starts:
        # Without DTEND it takes no time; RFC 5545 forbids one that is not later than DTSTART.
        event.add("dtend", _utc(entry.ends))
    if not isinstance(entry.starts, datetime):
        # A period informs and blocks nobody's days.
        event.add("transp", "TRANSPARENT")
        event.add("x-microsoft-cdo-busystatus", "FREE")
    for name, value in (("description", entry.description), ("location", entry.place), ("url", entry.url)):
        if value:
            event.add(name, value)
    return event


def _utc(value: datetime | date) -> datetime | date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    if party.name:
        address.params["CN"] = vText(party.name)
    return address


def _attendee(guest: Party, cancelled: bool) -> vCalAddress:
    attendee = _address(guest)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    if not cancelled:
        attendee.params["PARTSTAT"] = vText("ACCEPTED")
        attendee.params["RSVP"] = vText("FALSE")
    return attendee
