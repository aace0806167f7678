"""How days and times are shown: weeks with their days, a day's strokes, labels of times. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from keino_academy.core import dates


class Span(Protocol):
    """Anything from a moment to another, in a zone of its own."""

    @property
    def starts(self) -> datetime: ...

    @property
    def ends(self) -> datetime: ...


@dataclass(frozen=True)
class FreeTime:
    """One time of a day, in the academy's zone."""

    slot: int
    starts: datetime
    ends: datetime
    seats: int
    free: int


@dataclass(frozen=True)
class FreeDay:
    """A day, and whether each of its times has a seat left, in order."""

    day: date
    times: tuple[bool, ...]

    @property
    def free(self) -> int:
        """The number of times that have a seat left."""
        return sum(self.times)


@dataclass(frozen=True)
class Tally:
    """One stroke for each time from morning to evening: a tall one is free, a short one taken."""

    width: str
    free: str
    taken: str


@dataclass(frozen=True)
class Cell:
    """A day in its week; without times where the week has a gap.

    ``column`` is the weekday's number from 1, a word since templates write numbers as the language does.
    ``said`` is how many times are free, in words.
    """

    day: date
    iso: str
    column: str
    weekday: str
    text: str
    url: str = ""
    free: int = 0
    said: str = ""
    tally: Tally | None = None


@dataclass(frozen=True)
class Week:
    """A week that has times."""

    number: int
    text: str
    cells: tuple[Cell, ...]


def weeks(days: Sequence[FreeDay], url_of: Callable[[date], str]) -> list[Week]:
    """The days by ISO week, with the weekdays between them that have no times; ``url_of`` leads to a day's times."""
    found = []
    for (_year, number, _), group in groupby(days, lambda day: (*day.day.isocalendar()[:2], 0)):
        there = list(group)
        first, last = there[0].day, there[-1].day
        found.append(Week(number, dates.days(first, last), tuple(_cells(there, url_of))))
    return found


def has_weekend(days: Sequence[FreeDay]) -> bool:
    """Whether a Saturday or a Sunday is among the days, so that a week has seven columns."""
    return any(day.day.isoweekday() > 5 for day in days)


def tally(times: Sequence[bool]) -> Tally:
    """The strokes of a day, as the paths of a drawing 18 high."""
    places = [(8 * index + 4, free) for index, free in enumerate(times)]
    return Tally(
        # A word, since templates write numbers as the language does.
        width=str(8 * len(times)),
        free="".join(f"M{x} 0V18" for x, free in places if free),
        taken="".join(f"M{x} 12V18" for x, free in places if not free),
    )


def label(time: Span, *, with_offset: bool = False) -> str:
    """``13.30–14.15``; on a day when clocks change with the offset, ``3.30–4.00 (UTC+3)``."""
    hours = dates.bare_hours(time.starts, time.ends)
    if not with_offset:
        return hours
    offsets = list(dict.fromkeys(offset(moment) for moment in (time.starts, time.ends)))
    return f"{hours} ({f'{dates.NBSP}→{dates.NBSP}'.join(offsets)})"


def clocks_change(times: Sequence[Span]) -> bool:
    """Whether the clock is changed between the first and the last of the times."""
    return len({moment.utcoffset() for time in times for moment in (time.starts, time.ends)}) > 1


def offset(moment: datetime) -> str:
    """``UTC+3``; ``UTC−3:30``."""
    minutes = int((moment.utcoffset() or timedelta(0)).total_seconds()) // 60
    sign, minutes = ("−", -minutes) if minutes < 0 else ("+", minutes)
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def _cells(days: Sequence[FreeDay], url_of: Callable[[date], str]) -> Iterator[Cell]:
    """A week's days, and its Mondays to Fridays without times between them."""
    by_day = {day.day: day for day in days}
    current, last = days[0].day, days[-1].day
    while current <= last:
        day = by_day.get(current)
        if day or current.isoweekday() <= 5:
            yield _cell(
                current, *((url_of(current), day.free, _said(day.free), tally(day.times)) if day else ())
            )
        current += timedelta(days=1)


def _cell(day: date, *times: Any) -> Cell:
    column = str(day.isoweekday())
    return Cell(day, day.isoformat(), column, dates.weekday(day), dates.short_day(day), *times)


def _said(free: int) -> SafeString:
    """In words, once a day: the template's own way to them takes longer than all the rest of a day."""
    words = ngettext("<b>%(number)s</b> free time", "<b>%(number)s</b> free times", free)
    return mark_safe(words % {"number": free})  # noqa: S308 - the catalogue's words and a number
