"""Many times from one plan: days, weekdays and hours. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from keino_academy.core.zones import moment

#: More than this is a slip of the pen.
MOST = 1000


@dataclass(frozen=True)
class Plan:
    """On the ``weekdays`` (0 is Monday) from ``first`` to ``last``, one time after another.

    ``opens`` and ``closes`` are wall-clock hours of the day; ``minutes`` is the length and
    ``pause`` what lies between two, in minutes.
    """

    first: date
    last: date
    weekdays: Collection[int]
    opens: time
    closes: time
    minutes: int
    pause: int = 0


def times(plan: Plan, zone: str) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of each time, aware. A clock time that the zone skips is left out."""
    day = plan.first
    while day <= plan.last:
        if day.weekday() in plan.weekdays:
            yield from _times_of(day, plan, zone)
        day += timedelta(days=1)


def _times_of(day: date, plan: Plan, zone: str) -> Iterator[tuple[datetime, datetime]]:
    at = datetime.combine(day, plan.opens)
    end = datetime.combine(day, plan.closes)
    while at + timedelta(minutes=plan.minutes) <= end:
        starts = moment(day, at.time(), zone)
        if starts.time() == at.time():
            yield starts, _later(starts, plan.minutes)
        at += timedelta(minutes=plan.minutes + plan.pause)


def _later(starts: datetime, minutes: int) -> datetime:
    """So many real minutes later, also when the clock is changed between."""
    zone = starts.tzinfo
    utc = starts.timestamp() + minutes * 60
    return datetime.fromtimestamp(utc, tz=zone)
