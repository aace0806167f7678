"""Many times from one plan: days, weekdays, hours and breaks. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from keino_academy.booking.breaks import Break
from keino_academy.core.zones import moment

#: More than this is a slip of the pen.
MOST = 1000


@dataclass(frozen=True)
class Plan:
    """On the ``weekdays`` (0 is Monday) from ``first`` to ``last``, one time after another.

    ``opens``, ``closes`` and ``breaks`` are wall-clock hours of each day; ``minutes`` is the
    length of a time and ``pause`` what lies between two, in minutes. After a break a time
    begins at once.
    """

    first: date
    last: date
    weekdays: Collection[int]
    opens: time
    closes: time
    minutes: int
    pause: int = 0
    breaks: Collection[Break] = ()


def times(plan: Plan, zone: str) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of each time, aware, in order.

    Each is exactly as long as the plan says, no two overlap, and clocks show the plan's hours
    on every day. A time during which the clock is changed is left out, as is one whose start
    the clock skips: nobody could tell when it ends.
    """
    day = plan.first
    while day <= plan.last:
        if day.weekday() in plan.weekdays:
            yield from _times_of(day, plan, zone)
        day += timedelta(days=1)


def _times_of(day: date, plan: Plan, zone: str) -> Iterator[tuple[datetime, datetime]]:
    length, pause = timedelta(minutes=plan.minutes), timedelta(minutes=plan.pause)
    at, end = datetime.combine(day, plan.opens), datetime.combine(day, plan.closes)
    ready = 0.0
    while at + length <= end:
        rest = _break_in(at, at + length, plan.breaks)
        if rest is not None:
            at, ready = datetime.combine(day, rest.ends), 0.0
            continue
        starts = moment(day, at.time(), zone)
        # Clocks that skip an hour leave less of a pause than they show.
        if starts.time() == at.time() and starts.timestamp() >= ready and not _clock_changes(starts, plan):
            ends = _later(starts, plan.minutes * 60)
            yield starts, ends
            ready = ends.timestamp() + pause.total_seconds()
        at += length + pause


def _break_in(starts: datetime, ends: datetime, breaks: Collection[Break]) -> Break | None:
    """The break that ends last of those that a time would touch."""
    day = starts.date()
    touched = (
        rest
        for rest in breaks
        if datetime.combine(day, rest.starts) < ends and starts < datetime.combine(day, rest.ends)
    )
    return max(touched, key=lambda rest: rest.ends, default=None)


def _clock_changes(starts: datetime, plan: Plan) -> bool:
    """Whether clocks are changed before the last second of the time is over."""
    return _later(starts, plan.minutes * 60 - 1).utcoffset() != starts.utcoffset()


def _later(starts: datetime, seconds: int) -> datetime:
    """So many real seconds later, also when the clock is changed between."""
    return datetime.fromtimestamp(starts.timestamp() + seconds, tz=starts.tzinfo)
