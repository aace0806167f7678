"""The year wheel: a timeline of one or two years as rings, computed as plain data.

The drawing needs no trigonometry: a mark is ``rotate(a) translate(0 -r) rotate(-a)``, a
span is its ring's path with ``pathLength`` = the days of the year and a dash of its days.
One year is one ring; of two, the first is the inner one, and at New Year the track
changes over by a fixed path. Angles are degrees clockwise from 1 January at the top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from keino_academy.announcement.countdown import Count, count
from keino_academy.announcement.entries import (
    Entry,
    Kind,
    day_before,
    midnight,
    wall,
    years_of,
    zone_of,
)
from keino_academy.announcement.places import Spot, label_spot, place_marks
from keino_academy.announcement.rings import (
    Arc,
    angle,
    call_window,
    crosses,
    days_in,
    gone,
    is_span,
    is_year,
    offset,
    radius_of,
    span,
    tone_of,
    tracks,
)

#: The path by which the track changes from the inner ring to the outer one at New Year.
SWITCH = "M-31.6-199.5C12.9-206.5-3.2-267.8 41.3-260.7"
#: Where the hand, and the line of the deadline, begin.
HUB = 112
#: Spans shorter than this have their number beside them.
SHORT = 40


@dataclass(frozen=True)
class Month:
    """A month of the rim: its first day, the angle of its spoke, and where its name stands."""

    first: date
    spoke: float
    turn: float
    radius: int
    current: bool


@dataclass(frozen=True)
class Mark:
    """An entry's number. ``lead`` is the line to its ring where it stands inside of it."""

    number: int
    entry: Entry
    tone: str
    angle: float
    radius: int
    lead: int | None


@dataclass(frozen=True)
class YearName:
    """A year's number on its ring, and whether the ring is still to come there."""

    year: int
    angle: float
    radius: int
    coming: bool


@dataclass(frozen=True)
class Hand:
    """The present: the angle, how far the hand reaches, and where its label stands."""

    today: date
    angle: float
    reach: int
    spot: Spot


@dataclass(frozen=True)
class Wheel:
    """Everything that the template draws, in the order of drawing."""

    years: tuple[int, ...]
    tracks: tuple[Arc, ...]
    gone: tuple[Arc, ...]
    whole_years: tuple[Arc, ...]
    window: tuple[Arc, ...]
    spans: tuple[Arc, ...]
    switches: tuple[str, ...]
    months: tuple[Month, ...]
    names: tuple[YearName, ...]
    hand: Hand | None
    stop: float | None
    marks: tuple[Mark, ...]
    count: Count | None
    crowded: bool
    turned: bool
    switch: str = SWITCH
    hub: int = HUB

    @property
    def ring(self) -> int:
        """The radius of the first ring, at which the line of the deadline ends."""
        return radius_of(self.years[0], self.years)


def wheel(
    entries: Sequence[Entry], now: datetime, opens: datetime | None = None, closes: datetime | None = None
) -> Wheel:
    """Compute the wheel of ``entries``, numbered in the order given, as it is at ``now``.

    Without entries it shows the year of the call, or the present one. Only the first two
    years are drawn; ask :func:`~keino_academy.announcement.drawing.choose_drawing` whether
    a wheel can hold the timeline.
    """
    zone = zone_of(entries, opens, closes, now)
    present = wall(now, zone)
    years = tuple(years_of(entries)[:2] or [wall(closes or now, zone).year])
    shown = [entry for entry in entries if _position(entry, years)[0] in years]
    placed, full = place_marks([_wish(entry, years) for entry in shown])
    numbers = {entry.id: number for number, entry in enumerate(entries, 1)}
    marks = tuple(
        Mark(numbers[entry.id], entry, tone_of(entry, now), spot.angle, spot.radius, spot.lead)
        for entry, spot in zip(shown, placed, strict=True)
    )
    window = call_window(present, opens and wall(opens, zone), closes and wall(closes, zone), years)
    hand = _hand(present.date(), years, placed)
    drawn = [entry for entry in entries if is_span(entry)]
    return Wheel(
        years=years,
        tracks=tuple(tracks(present.date(), years)),
        gone=tuple(gone(present.date(), years)),
        whole_years=tuple(
            arc for entry in drawn if is_year(entry) for arc in span(entry, years, tone_of(entry, now))
        ),
        spans=tuple(
            arc for entry in drawn if not is_year(entry) for arc in span(entry, years, tone_of(entry, now))
        ),
        switches=tuple(
            tone_of(entry, now) for entry in drawn if not is_year(entry) and crosses(entry, years)
        ),
        window=window,
        stop=_stop(closes and wall(closes, zone)) if window else None,
        months=tuple(_months(years[0], present.date())),
        names=tuple(_names(years, placed, hand, present.date())),
        hand=hand,
        marks=marks,
        count=count(entries, now, opens, closes),
        crowded=full,
        turned=present.year > years[0],
    )


def crowded(entries: Sequence[Entry]) -> bool:
    """Whether some number of a wheel of these entries would find no free place."""
    years = tuple(years_of(entries)[:2])
    shown = [entry for entry in entries if _position(entry, years)[0] in years]
    return place_marks([_wish(entry, years) for entry in shown])[1]


def _position(entry: Entry, years: Sequence[int]) -> tuple[int, float]:
    """The year and the days since its beginning at which an entry's number belongs."""
    if is_span(entry):
        at = midnight(entry.first_day) + timedelta(days=entry.days / 2)
    elif entry.kind is Kind.DEADLINE:
        at = midnight(day_before(entry.ends)) + timedelta(days=1)
        if at.year not in years:  # the last midnight of the last year
            return at.year - 1, days_in(at.year - 1)
    else:
        at = midnight(entry.first_day)
    return at.year, (at - midnight(date(at.year, 1, 1))) / timedelta(days=1)


def _wish(entry: Entry, years: Sequence[int]) -> tuple[float, int, bool]:
    year, elapsed = _position(entry, years)
    return angle(elapsed, year), radius_of(year, years), is_span(entry) and entry.days < SHORT


def _stop(closes: datetime | None) -> float | None:
    if closes is None:
        return None
    last = day_before(closes)
    return angle(offset(last) + 1, last.year)


def _months(year: int, today: date) -> Iterator[Month]:
    for number in range(1, 13):
        first = date(year, number, 1)
        after = date(year + number // 12, number % 12 + 1, 1)
        spoke = angle(offset(first), year)
        middle = round(spoke + 180 * (after - first).days / days_in(year), 1)
        lower = 90 <= middle <= 270
        turn = round(middle - 180, 1) if lower else middle
        yield Month(first, spoke, turn, 314 if lower else -314, number == today.month)


def _names(years: Sequence[int], marks: Sequence[Spot], hand: Hand | None, today: date) -> Iterator[YearName]:
    """The years' numbers, in the upper half, where neither a mark nor the hand is in their way."""
    for year in years:
        radius = radius_of(year, years)
        taken = [*marks, hand.spot, Spot(hand.angle, radius)] if hand else marks
        spot = label_spot([Spot(at, radius) for at in (60, 300, 45, 315, 75, 285, 30, 330)], taken, 50)
        below = date(year, 1, 1) + timedelta(days=int(spot.angle / 360 * days_in(year)))
        yield YearName(year, spot.angle, radius, below >= today)


def _hand(today: date, years: Sequence[int], marks: Sequence[Spot]) -> Hand | None:
    """The present; its label stands beside the hand, where it covers neither a mark nor the count."""
    if today.year not in years:
        return None
    at, ring = angle(offset(today), today.year), radius_of(today.year, years)
    wishes = [
        Spot(round((at + turn) % 360, 1), radius)
        for turns in ((-13, 13), (-26, 26), (-39, 39))
        for radius in (ring - 2, ring - 50)
        for turn in turns
    ]
    middle = [Spot(90, 60), Spot(270, 60), Spot(180, 55)]
    return Hand(today, at, ring + 30, label_spot(wishes, [*marks, *middle], 44))
