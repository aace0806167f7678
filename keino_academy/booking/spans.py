"""Spans of time, found by whose they are and what they overlap. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

Span = tuple[datetime, datetime]


class Spans:
    """Spans from a moment until another, exclusive, each of somebody; moments are aware.

    They are kept in UTC, since Python compares times of one zone by their wall clock, and by
    day, so that a look-up reads those of its own days alone.
    """

    def __init__(self, spans: Iterable[tuple[int, datetime, datetime]] = ()) -> None:
        self._days: dict[tuple[int, date], list[Span]] = defaultdict(list)
        for who, starts, ends in spans:
            self.add(who, starts, ends)

    def add(self, who: int, starts: datetime, ends: datetime) -> None:
        """Note a span of somebody."""
        starts, ends = starts.astimezone(UTC), ends.astimezone(UTC)
        for day in _days(starts, ends):
            self._days[who, day].append((starts, ends))

    def overlapping(self, who: int, starts: datetime, ends: datetime) -> Span | None:
        """The first span of theirs that overlaps, in UTC."""
        starts, ends = starts.astimezone(UTC), ends.astimezone(UTC)
        found = (
            span
            for day in _days(starts, ends)
            for span in self._days.get((who, day), ())
            if span[0] < ends and starts < span[1]
        )
        return min(found, default=None)


def _days(starts: datetime, ends: datetime) -> Iterator[date]:
    """The days in UTC that a span touches."""
    day, last = starts.date(), ends.date()
    while day <= last:
        yield day
        day += timedelta(days=1)
