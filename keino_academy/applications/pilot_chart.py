"""Pilot procurements on one line of months: where each begins and ends, and how it lies to a window. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

#: How many months are drawn at most: three years.
MOST_MONTHS = 36


class Place(enum.StrEnum):
    """How a period lies to the academy's window."""

    INSIDE = "inside"
    BEGINS_BEFORE = "begins_before"
    ENDS_AFTER = "ends_after"
    AROUND = "around"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Period:
    """Somebody's months, each by a day in it; ``of`` is whose."""

    first: date
    last: date
    of: Any = None


@dataclass(frozen=True)
class Window:
    """The months in which a pilot is coached; None leaves a side open."""

    first: date | None = None
    last: date | None = None

    def holds(self, month: date) -> bool:
        """Whether the month lies in it."""
        number = _number(month)
        after = self.first is None or number >= _number(self.first)
        return after and (self.last is None or number <= _number(self.last))


@dataclass(frozen=True)
class Lane:
    """A period in the chart: so many months ``before`` it, ``drawn`` of it and ``after`` it.

    ``goes_on`` says that the period has months beyond those of the chart.
    """

    period: Period
    before: int
    drawn: int
    after: int
    goes_on: bool
    place: Place | None


@dataclass(frozen=True)
class Chart:
    """Months by their first days, and the lanes in the order of their first months."""

    months: tuple[date, ...]
    lanes: tuple[Lane, ...]
    is_cut: bool

    @property
    def years(self) -> list[tuple[int, int]]:
        """Each year with the number of its months."""
        found: dict[int, int] = {}
        for month in self.months:
            found[month.year] = found.get(month.year, 0) + 1
        return list(found.items())


def lay_out(periods: Iterable[Period], window: Window | None = None, most: int = MOST_MONTHS) -> Chart:
    """The chart of the periods, from the earliest month to the latest, ``most`` months at the most."""
    found = sorted(periods, key=lambda one: (_number(one.first), _end(one)))
    if not found:
        return Chart((), (), False)
    start = _number(found[0].first)
    whole = max(map(_end, found)) - start + 1
    count = min(whole, most)
    lanes = tuple(_lane(one, start, count, window) for one in found)
    return Chart(tuple(_month(start + index) for index in range(count)), lanes, whole > most)


def _lane(period: Period, start: int, count: int, window: Window | None) -> Lane:
    first, end = _number(period.first) - start, _end(period) - start + 1
    before, until = min(first, count), min(end, count)
    place = place_in(window, period) if window else None
    return Lane(period, before, until - before, count - until, end > count, place)


def place_in(window: Window, period: Period) -> Place:
    """How the period lies to the window."""
    first, last = _number(period.first), _end(period)
    opens = _number(window.first) if window.first else first
    closes = _number(window.last) if window.last else last
    if last < opens:
        return Place.BEFORE
    if first > closes:
        return Place.AFTER
    if first < opens:
        return Place.AROUND if last > closes else Place.BEGINS_BEFORE
    return Place.ENDS_AFTER if last > closes else Place.INSIDE


def window_of(rules: Sequence[Any]) -> Window | None:
    """The window of the first period rule that has one; its months are written ``2023-09``."""
    for rule in rules:
        first, last = (date.fromisoformat(f"{text}-01") if text else None for text in (rule.first, rule.last))
        if first or last:
            return Window(first, last)
    return None


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _end(period: Period) -> int:
    # A period that ends before it begins is one month: it is drawn, not lost.
    return max(_number(period.first), _number(period.last))


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
