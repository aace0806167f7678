"""The rings of the year wheel: its years as circles, and what is drawn along them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from keino_academy.announcement.entries import Entry, Kind, Precision, Tense, day_before

#: Radius of the only ring; of the inner one of two, and from ring to ring.
SINGLE, INNER, STEP = 233, 202, 62
#: Days that the change of rings takes at each side of New Year.
CUT = 9
#: Days that the line of what is past leaves to the label of the present.
BREATH = 24
#: How far inside the first ring the band of the call runs.
BAND = 35


@dataclass(frozen=True)
class Arc:
    """A part of a ring: a closed path of ``days`` units, drawn from ``start`` for ``length``."""

    path: str
    days: int
    start: int
    length: int
    tone: str = ""

    @property
    def dash(self) -> str:
        """``stroke-dasharray``: the part, and a gap that is longer than the rest."""
        return f"{self.length} {self.days + 40}"

    @property
    def offset(self) -> int:
        """``stroke-dashoffset``."""
        return -self.start


def days_in(year: int) -> int:
    """365, or 366 in a leap year."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def radius_of(year: int, years: Sequence[int]) -> int:
    """The radius of a year's ring."""
    return SINGLE if len(years) == 1 else INNER + STEP * (year - years[0])


def circle(radius: int) -> str:
    """A whole ring as a path that begins at the top and runs clockwise."""
    return f"M0-{radius}a{radius} {radius} 0 1 1 0 {2 * radius}a{radius} {radius} 0 1 1 0-{2 * radius}"


def angle(elapsed: float, year: int) -> float:
    """The angle of a number of days since New Year."""
    return round(360 * elapsed / days_in(year), 1) % 360


def offset(day: date) -> int:
    """Days since New Year."""
    return (day - date(day.year, 1, 1)).days


def _arc(year: int, years: Sequence[int], start: int, end: int, tone: str = "") -> Arc:
    return Arc(circle(radius_of(year, years)), days_in(year), start, end - start, tone)


def parts(first: date, last: date, years: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """A span of days, cut into years: the year, the first day's offset, the exclusive end."""
    for year in years:
        begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        if begin <= end:
            yield year, offset(begin), offset(end) + 1


def tracks(today: date, years: Sequence[int]) -> Iterator[Arc]:
    """What is left of the rings from today on; the first of two ends where the change begins."""
    for year, start, end in parts(today, date(years[-1], 12, 31), years):
        cut = CUT if year != years[-1] else 0
        if end - cut > start:
            yield _arc(year, years, start, end - cut)


def gone(today: date, years: Sequence[int]) -> Iterator[Arc]:
    """The rings before today, with a gap before the hand for its label."""
    for year, start, end in parts(date(years[0], 1, 1), today - timedelta(days=1), years):
        cut = BREATH if year == today.year else CUT if year != years[-1] else 0
        if end - cut > start:
            yield _arc(year, years, start, end - cut)


def is_span(entry: Entry) -> bool:
    """Whether it is drawn along its ring; else it is a number only."""
    if entry.kind is Kind.DEADLINE:
        return entry.precision is not Precision.DAY
    return entry.kind is Kind.PERIOD or entry.days > 2


def is_year(entry: Entry) -> bool:
    """Whether only its year is known."""
    return entry.precision is Precision.YEAR


def tone_of(entry: Entry, now: datetime) -> str:
    """``past`` for what is over, ``due`` for what is asked, ``accent`` for what one gets."""
    if entry.tense(now) is Tense.PAST:
        return "past"
    return "due" if entry.due else "accent"


def crosses(entry: Entry, years: Sequence[int]) -> bool:
    """Whether it goes on from the inner ring to the outer one."""
    return len(years) == 2 and entry.first_day.year == years[0] and entry.last_day.year >= years[1]


def span(entry: Entry, years: Sequence[int], tone: str) -> Iterator[Arc]:
    """An entry along its rings, without the days that the change of rings takes."""
    changes = crosses(entry, years) and not is_year(entry)
    for year, start, end in parts(entry.first_day, entry.last_day, years):
        begin = max(start, CUT) if changes and year == years[1] else start
        stop = min(end, days_in(year) - CUT) if changes and year == years[0] else end
        if stop > begin:
            yield _arc(year, years, begin, stop, tone)


def call_window(
    now: datetime, opens: datetime | None, closes: datetime | None, years: Sequence[int]
) -> tuple[Arc, ...]:
    """What is left of the call; before it, all of it. A year at most, so that it never meets itself."""
    first = max(now, opens or now)
    if closes is None or first >= closes or {first.year, day_before(closes).year} - set(years):
        return ()
    last = min(day_before(closes), first.date() + timedelta(days=364))
    path = circle(radius_of(years[0], years) - BAND)
    return tuple(
        Arc(path, days_in(year), start, end - start) for year, start, end in parts(first.date(), last, years)
    )
