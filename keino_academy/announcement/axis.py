"""The axis of the line: from where to where, and the ticks along it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from keino_academy.announcement.entries import midnight

DAY = timedelta(days=1)
#: Up to so many days, the axis has days; up to so many months, months; above it, quarters.
DAYS, MONTHS = 14, 26
#: Before the axis the present draws it longer if it is so near.
NEAR = timedelta(days=62)


class Scale(StrEnum):
    """What a unit of the axis is."""

    DAYS = "days"
    MONTHS = "months"
    QUARTERS = "quarters"


@dataclass(frozen=True)
class Tick:
    """The beginning of a unit. ``x`` is per cent of the width, ``at`` days from the left."""

    day: date
    x: float
    at: int
    group: bool
    narrow: bool
    rest: bool


@dataclass(frozen=True)
class Axis:
    """Clock time from ``start`` to ``end``, in whole days or months, both without a zone."""

    start: datetime
    end: datetime

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.end - self.start) // DAY

    @property
    def unit(self) -> float:
        """How wide a day is."""
        return round(100 / self.length, 2)

    @property
    def scale(self) -> Scale:
        """What its units are."""
        if self.length <= DAYS:
            return Scale.DAYS
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return Scale.MONTHS if months <= MONTHS else Scale.QUARTERS

    def x(self, moment: datetime) -> float:
        """Per cent of the width, kept on the axis."""
        share = (moment - self.start) / (self.end - self.start)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def holds(self, moment: datetime) -> bool:
        """Whether the moment is on the axis."""
        return self.start <= moment < self.end

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Its units, each with what is written over it: groups are months over days, years over months."""
        days = self.scale is Scale.DAYS
        ticks = []
        for index, day in enumerate(self._days(1) if days else self._months()):
            group = index == 0 or (day.day == 1 and (days or day.month == 1))
            narrow = days or (self.scale is Scale.MONTHS and (self.length < 15 * 30 or index % 2 == 0))
            at = (midnight(day) - self.start) // DAY
            ticks.append(Tick(day, self.x(midnight(day)), at, group, narrow, days and day.weekday() > 4))
        return tuple(ticks)

    @property
    def minor(self) -> tuple[float, ...]:
        """Small ticks, in days from the left: quarters of days, weeks, or months."""
        if self.scale is Scale.DAYS:
            return tuple(step / 4 for step in range(4 * self.length))
        if self.scale is Scale.MONTHS:
            return tuple(range((7 - self.start.weekday()) % 7, self.length, 7))
        return tuple((midnight(day) - self.start) // DAY for day in self._months(1))

    def _days(self, step: int) -> Iterator[date]:
        for at in range(0, self.length, step):
            yield (self.start + at * DAY).date()

    def _months(self, step: int | None = None) -> Iterator[date]:
        """First days of months; of every third where the scale is of quarters."""
        step = step or (3 if self.scale is Scale.QUARTERS else 1)
        day = self.start.date().replace(day=1)
        while midnight(day) < self.end:
            if (day.month - 1) % step == 0 or day == self.start.date():
                yield day
            day = next_month(day)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def axis_for(spans: Sequence[tuple[datetime, datetime]], now: datetime) -> Axis:
    """An axis that holds every span, and the present where it is not far before them.

    Whole months; whole days where all of it takes two weeks at most.
    """
    moments = [moment for span in spans for moment in span] or [now]
    first, last = min(moments), max(moments)
    if first - NEAR <= now < first:
        first = now
    final = last - timedelta(microseconds=1)  # an end at midnight is of the day before
    start, end = midnight(min(first, final).date()), midnight(final.date()) + DAY
    if end - start <= DAYS * DAY and spans:
        return Axis(start, end)
    return Axis(start.replace(day=1), midnight(next_month(final.date())))
