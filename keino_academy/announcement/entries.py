"""Entries of a timeline as plain values, and what both of its drawings ask of them.

All moments of one timeline are aware and in the academy's zone: days are counted as the
academy's clocks show them, so that a change of the clocks moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What an entry is: a moment that one attends, a period, or the end of a time that was given."""

    MOMENT = "moment"
    PERIOD = "period"
    DEADLINE = "deadline"


class Precision(StrEnum):
    """How exactly the time is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class Tense(StrEnum):
    """Where an entry is, seen from a moment."""

    PAST = "past"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True)
class Entry:
    """One line of a timeline.

    ``starts`` is included and ``ends`` is not. A deadline binds at ``ends``; its ``starts``
    is earlier only where the time that leads to it is to be shown. ``short`` is the title
    of the legend, ``said`` are words instead of the computed date ("before Midsummer").
    ``asked`` marks what applicants do or wait for, which is drawn in the colour of what is due.
    """

    id: str
    kind: Kind
    title: str
    starts: datetime
    ends: datetime
    short: str = ""
    precision: Precision = Precision.DAY
    all_day: bool = False
    place: str = ""
    online: bool = False
    description: str = ""
    said: str = ""
    audience: str = ""
    asked: bool = False

    @property
    def name(self) -> str:
        """The short title, or the title where there is none."""
        return self.short or self.title

    @cached_property
    def first_day(self) -> date:
        """The day on which it starts."""
        return min(self.starts.date(), self.last_day) if self.kind is Kind.DEADLINE else self.starts.date()

    @cached_property
    def last_day(self) -> date:
        """The last day that belongs to it: an end at midnight is of the day before."""
        last = day_before(self.ends)
        return last if self.kind is Kind.DEADLINE else max(self.starts.date(), last)

    @property
    def day(self) -> date:
        """The day by which one knows it: a deadline's last day, else the first."""
        return self.last_day if self.kind is Kind.DEADLINE else self.first_day

    @cached_property
    def days(self) -> int:
        """How many calendar days it touches."""
        return (self.last_day - self.first_day).days + 1

    @property
    def due(self) -> bool:
        """Whether it is something that is asked for, rather than something that one gets."""
        return self.asked or self.kind is Kind.DEADLINE

    @property
    def open(self) -> bool:
        """Whether its exact moment is not told: a period, an imprecise time, or words instead of a date."""
        return self.kind is Kind.PERIOD or self.precision is not Precision.DAY or bool(self.said)

    def tense(self, now: datetime) -> Tense:
        """Past from its end on; a deadline is never current, only still to come."""
        if now >= self.ends and now >= self.starts:
            return Tense.PAST
        if self.kind is Kind.DEADLINE or now < self.starts:
            return Tense.COMING
        return Tense.CURRENT


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by what is over first; at the same end, by what begins first."""
    return sorted(entries, key=lambda entry: (entry.ends, entry.starts))


def day_before(end: datetime) -> date:
    """The last day before an exclusive end."""
    return (end.replace(tzinfo=None) - timedelta(microseconds=1)).date()


def wall(moment: datetime, zone: tzinfo | None) -> datetime:
    """The moment as clocks of the zone show it, without a zone, so that days have 24 hours."""
    return moment.astimezone(zone).replace(tzinfo=None)


def zone_of(entries: Sequence[Entry], *moments: datetime | None) -> tzinfo | None:
    """The zone in which a timeline is drawn: its entries', or that of the first moment given."""
    if entries:
        return entries[0].starts.tzinfo
    return next((moment.tzinfo for moment in moments if moment is not None), None)


def years_of(entries: Sequence[Entry]) -> list[int]:
    """Every calendar year from the first entry to the last."""
    if not entries:
        return []
    first = min(entry.first_day.year for entry in entries)
    return list(range(first, max(entry.last_day.year for entry in entries) + 1))


def midnight(day: date) -> datetime:
    """The beginning of a day, without a zone."""
    return datetime.combine(day, time.min)
