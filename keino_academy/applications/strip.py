"""The strip of days on an application's page: when it was sent, and what comes. Pure.

x is ``WIDTH`` · (days from the first drawn day) / (days drawn); whole months are drawn.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from keino_academy.core.dates import month_name

WIDTH = 549
#: Days after the first one beyond which nothing is drawn: marks would run together.
REACH = 100
#: A mark nearer than this to the one before is raised; a word nearer to an edge begins or ends there.
NEAR, EDGE = 48, 115


@dataclass(frozen=True)
class Mark:
    """A numbered day; ``open`` where the day is not exact, ``raised`` where another mark is near."""

    number: int
    x: float
    open: bool
    raised: bool


@dataclass(frozen=True)
class Month:
    """A month with its two ends and its middle."""

    first: date
    x: float
    end: float

    @property
    def name(self) -> str:
        """Its name in the active language."""
        return month_name(self.first)

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return round((self.x + self.end) / 2, 1)


@dataclass(frozen=True)
class Strip:
    """What is drawn. ``hand`` is the day of sending, ``left`` the end of what time is left."""

    months: tuple[Month, ...]
    hand: float
    left: float | None
    marks: tuple[Mark, ...]
    days: int

    @property
    def anchor(self) -> str:
        """``start`` or ``end`` where the hand stands near an edge."""
        return "start" if self.hand < EDGE else "end" if self.hand > WIDTH - EDGE else ""

    @property
    def dashes(self) -> int:
        """The length of the line of days in the units of its dashes, nine to a day."""
        return self.days * 9


def strip(sent: date, closes: date | None, marks: Iterable[tuple[int, date, bool]]) -> Strip | None:
    """The strip from the month of sending on; None where nothing comes soon enough to be drawn.

    ``marks`` are number, day and whether the day is not exact.
    """
    drawn = [mark for mark in marks if timedelta(0) <= mark[1] - sent <= timedelta(REACH)]
    if not drawn:
        return None
    first, months = sent.replace(day=1), []
    day, last = first, max(mark[1] for mark in drawn)
    while day <= last:
        months.append((day, day + timedelta(monthrange(day.year, day.month)[1])))
        day = months[-1][1]
    days = (day - first).days

    def at(moment: date) -> float:
        return round(WIDTH * ((moment - first).days + 0.5) / days, 1)

    left = _edge(closes + timedelta(1), first, days) if closes and sent <= closes < day else None
    return Strip(
        tuple(Month(start, _edge(start, first, days), _edge(end, first, days)) for start, end in months),
        at(sent),
        left,
        tuple(_placed(drawn, at)),
        days,
    )


def _edge(day: date, first: date, days: int) -> float:
    """Where a day begins."""
    return round(WIDTH * (day - first).days / days, 1)


def _placed(drawn: list[tuple[int, date, bool]], at: Callable[[date], float]) -> Iterator[Mark]:
    before, raised = -float(NEAR), False
    for number, day, is_open in sorted(drawn, key=lambda mark: (mark[1], mark[0])):
        x = at(day)
        raised = x - before < NEAR and not raised
        before = x
        yield Mark(number, x, is_open, raised)
