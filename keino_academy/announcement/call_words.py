"""What a page says of its call: where it stands, how long there is left, what happens next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from keino_academy.announcement.entries import Kind, Tense
from keino_academy.announcement.enums import CallState
from keino_academy.announcement.models import Academy
from keino_academy.announcement.programme import programme
from keino_academy.announcement.reading import Reading
from keino_academy.core import dates
from keino_academy.core.zones import last_minute


@dataclass(frozen=True)
class CallWords:
    """Two sentences in the active language; ``detail`` may be empty."""

    headline: str
    detail: str = ""


def call_words(reading: Reading) -> CallWords:
    """The words for the state in which the academy is."""
    return _SAID[reading.state](reading)


def closing_words(reading: Reading) -> str:
    """The last minute of the call with its zone, or nothing."""
    closes = reading.dates.closes
    return _moment(last_minute(_local(reading, closes)), reading.zone) if closes else ""


def closing_of(academy: Academy) -> str:
    """The same of what is published, without reading its page."""
    if academy.closes is None:
        return ""
    return _moment(last_minute(academy.local(academy.closes)), academy.time_zone)


def _local(reading: Reading, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(reading.zone))


def _moment(local: datetime, zone: str) -> str:
    return f"{dates.moment(local)} {dates.zone_name(local, zone)}"


def _planned(reading: Reading) -> CallWords:
    opens = reading.dates.opens
    if opens is None:
        return CallWords(_("The call is not open yet."), _("This page will tell when it opens."))
    return CallWords(
        _("The call opens on %(moment)s.") % {"moment": _moment(_local(reading, opens), reading.zone)},
        _("Until then: %(left)s.") % {"left": dates.left(opens - reading.now)},
    )


def _open(reading: Reading) -> CallWords:
    closes = reading.dates.closes
    if closes is None:
        return CallWords(_("The call is open."))
    return CallWords(
        _("The call is open until %(moment)s.") % {"moment": closing_words(reading)},
        _("Time left: %(left)s.") % {"left": dates.left(closes - reading.now)},
    )


def _grace(reading: Reading) -> CallWords:
    return CallWords(_closed_on(reading), _("If your application is under way, send it now."))


def _closed(reading: Reading) -> CallWords:
    decided = reading.decision_on
    if decided and decided >= _local(reading, reading.now).date():
        return CallWords(
            _closed_on(reading), _("Those who are chosen are told by %(day)s.") % {"day": dates.day(decided)}
        )
    return CallWords(_closed_on(reading), _("The applications are being read."))


def _closed_on(reading: Reading) -> str:
    closes = reading.dates.closes
    if closes is None or reading.now < closes:
        return _("The call is closed.")
    return _("The call closed on %(moment)s.") % {"moment": closing_words(reading)}


def _decided(reading: Reading) -> CallWords:
    starts = reading.dates.starts
    begins = dates.day(_local(reading, starts)) if starts else ""
    return CallWords(
        _("The participants have been chosen."),
        _("The programme begins on %(day)s.") % {"day": begins} if begins else "",
    )


def _running(reading: Reading) -> CallWords:
    return CallWords(_("The academy is under way."), _next(reading))


def _alumni(reading: Reading) -> CallWords:
    return CallWords(_("The academy has ended."), _next(reading) or _("Its participants keep in touch."))


def _archived(reading: Reading) -> CallWords:  # noqa: ARG001 - every state is asked alike
    return CallWords(_("This academy is over."), _("The page stays for those who want to read about it."))


def _next(reading: Reading) -> str:
    """What comes next of the programme, with its time."""
    for item in programme(reading.entries, reading.now):
        if item.tense is Tense.COMING and item.entry.kind is not Kind.DEADLINE:
            when = " ".join(filter(None, (item.day, item.hours)))
            return _("Next: %(title)s, %(when)s.") % {"title": item.entry.title, "when": when}
    return ""


_SAID: dict[CallState, Callable[[Reading], CallWords]] = {
    CallState.PLANNED: _planned,
    CallState.OPEN: _open,
    CallState.GRACE: _grace,
    CallState.CLOSED: _closed,
    CallState.DECIDED: _decided,
    CallState.RUNNING: _running,
    CallState.ALUMNI: _alumni,
    CallState.ARCHIVED: _archived,
}
