"""When somebody is busy, as their own calendar says. Pure.

Of a calendar (RFC 5545) nothing is taken but spans of time: never what they are about.
A stranger's file may hold rules that go on for ever: :mod:`.busy_apart` reads it in time or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import available_timezones

import icalendar
import recurring_ical_events
from recurring_ical_events import CalendarQuery, ComponentsWithName, EventAdapter

from keino_academy.booking.spans import Span

DAY = timedelta(days=1)
#: What a calendar may hold, and what may come of it, before it is too much.
MOST_PARTS = 20_000
MOST_SPANS = 20_000

#: Events at which people can be met all the same.
_FREE = {"FREE", "WORKINGELSEWHERE"}
_FOLD = re.compile(rb"\r?\n[ \t]")
_BEGIN = re.compile(rb"(?i)(\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\b")
_END = re.compile(rb"(?i)END:VCALENDAR\s*\Z")
_PART = re.compile(rb"(?im)^BEGIN:")
#: Nobody is busy so often; and such a rule alone fills any limit.
_RESTLESS = re.compile(rb"(?im)^RRULE\b[^\r\n]*\bFREQ=(SECONDLY|MINUTELY)\b")


class CalendarError(Exception):
    """Nothing could be taken from the calendar. ``code`` says why, and is safe to store, show and log.

    ``no-calendar`` (something else, such as a web page) · ``too-much`` · ``broken``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def busy_spans(
    content: bytes, since: datetime, until: datetime, zone: tzinfo, *, own: Collection[Span] = ()
) -> list[Span]:
    """The spans between two moments that an ICS file takes: in order, apart from each other, in UTC.

    Days, and times without a zone, are meant in ``zone``. Spans that begin and end as one of
    ``own`` are left out: they are in the calendar because of us. What is cancelled, or leaves
    its owner free, takes no time. Raises :class:`CalendarError`.
    """
    text = _FOLD.sub(b"", content)
    if not _BEGIN.match(text):
        raise CalendarError("no-calendar")
    if not _END.search(text):
        raise CalendarError("broken")  # cut short: what is missing would look free
    if len(_PART.findall(text)) > MOST_PARTS or _RESTLESS.search(text):
        raise CalendarError("too-much")
    try:
        found = set(_taken(text, since, until, zone))
    except Exception:  # noqa: BLE001 - whatever libraries make of a stranger's file; its text stays out of logs
        raise CalendarError("broken") from None
    if len(found) > MOST_SPANS:
        raise CalendarError("too-much")
    return merged((max(a, since), min(b, until)) for a, b in found - set(own))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap as one; empty ones are gone."""
    found: list[Span] = []
    for starts, ends in sorted(span for span in spans if span[0] < span[1]):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found


def in_days(spans: Iterable[Span]) -> list[Span]:
    """The same spans, none longer than a day: an index then finds those over a moment without reading all."""
    found: list[Span] = []
    for starts, ends in spans:
        while ends - starts > DAY:
            found.append((starts, starts + DAY))
            starts += DAY  # noqa: PLW2901 - what is left of it
        found.append((starts, ends))
    return found


class _Query(CalendarQuery):
    """One entry that makes no sense spoils no others."""

    suppressed_errors = [Exception]


class _Event(EventAdapter):
    """An event, of which each occurrence gives its time alone."""

    def as_component(
        self,
        start: Any = None,
        stop: Any = None,
        keep_recurrence_attributes: bool = True,  # noqa: ARG002
    ) -> dict[str, Any]:
        """From when until when, if it takes its owner's time."""
        return {"start": start, "stop": stop, "takes": _takes_time(self._component)}


def _takes_time(event: Any) -> bool:
    status = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    transparent = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    return not (transparent or status in _FREE or str(event.get("STATUS", "")).upper() == "CANCELLED")


def _taken(text: bytes, since: datetime, until: datetime, zone: tzinfo) -> Iterator[Span]:
    """All that takes time, in the span and a day around it, in UTC."""
    icalendar.use_zoneinfo()  # forgets what the last file called by the same name
    for calendar in icalendar.Calendar.from_ical(text.decode("utf-8-sig", "replace"), multiple=True):
        for starts, ends in (*_events(calendar, since, until), *_freebusy(calendar)):
            span = _moment(starts, zone), _moment(_after(starts, ends), zone)
            if span[0] < until and span[1] > since:
                yield span


def _events(calendar: Any, since: datetime, until: datetime) -> Iterator[tuple[date, date]]:
    if str(calendar.get("X-WR-TIMEZONE", "")) not in available_timezones():
        calendar.pop("X-WR-TIMEZONE", None)
    calendar.subcomponents = [
        part for part in calendar.subcomponents if part.name != "VEVENT" or "DTSTART" in part
    ]
    query = recurring_ical_events.of(
        calendar,
        components=[ComponentsWithName("VEVENT", _Event)],
        skip_bad_series=True,
        calendar_query=_Query,
    )
    # An event without a zone is up to a day from where UTC has it.
    for found in query.between(since - DAY, until + DAY):
        if found["takes"]:
            yield found["start"], found["stop"]


def _freebusy(calendar: Any) -> Iterator[tuple[date, date]]:
    for part in calendar.walk("VFREEBUSY"):
        periods = part.get("FREEBUSY", [])
        for period in periods if isinstance(periods, list) else [periods]:
            if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield period.start, period.end


def _after(starts: date, ends: date) -> date:
    """The end; of a day without one, the next day."""
    if not isinstance(starts, datetime) and not isinstance(ends, datetime) and ends <= starts:
        return starts + DAY
    return ends


def _moment(value: date, zone: tzinfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
