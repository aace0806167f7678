"""The academy's year as a line: where each mark stands, in per cent of the width. Pure.

Only x is a percentage, so that text and marks keep their size at every width. The scale is
that of the days and months that are known; what is known by its year or season only has the
last piece of the line, which has no scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from keino_academy.announcement.axis import Axis, axis_for
from keino_academy.announcement.entries import Entry, Kind, Precision, wall, zone_of

#: A label is about this wide, in per cent of a phone's width; nearer ones would run into each other.
_APART = 11.0
#: How much of the width the scale has when a piece without one follows.
_SCALED = 0.91
_VAGUE = {Precision.YEAR, Precision.SEASON}


@dataclass(frozen=True)
class Label:
    """The beginning of a month, or of a year where one begins."""

    x: float
    day: date
    year: bool


@dataclass(frozen=True)
class Mark:
    """A moment on the line: held or coming; ``label`` is False where there is no room for its date."""

    x: float
    day: date
    held: bool
    next: bool
    label: bool


@dataclass(frozen=True)
class Span:
    """A period on the line; ``open`` when only its year or season is known."""

    start: float
    end: float
    open: bool


@dataclass(frozen=True)
class YearLine:
    """All that the drawing shows. ``now`` is None where the present is not on the scale."""

    ticks: tuple[Label, ...]
    marks: tuple[Mark, ...]
    spans: tuple[Span, ...]
    now: float | None
    gone: float
    first: date
    last: date


def year_line(entries: Sequence[Entry], now: datetime, following: Entry | None = None) -> YearLine | None:
    """The line of the programme's entries; None when no day or month of it is known."""
    known = [entry for entry in entries if entry.precision not in _VAGUE]
    if not known:
        return None
    present = wall(now, zone_of(known))
    axis = axis_for([_span(entry) for entry in known], present)
    vague = [entry for entry in entries if entry.precision in _VAGUE and _span(entry)[1] > axis.end]
    scale = _SCALED if vague else 1.0
    spans = [_known_span(axis, entry, scale) for entry in known if entry.kind is Kind.PERIOD]
    if vague:
        spans.append(Span(100 * scale, 100, open=True))
    return YearLine(
        ticks=_ticks(axis, vague, scale),
        marks=_marks(axis, known, now, following, scale),
        spans=tuple(spans),
        now=_x(axis, present, scale) if axis.holds(present) else None,
        gone=_x(axis, present, scale),
        first=axis.start.date(),
        last=max(entry.last_day for entry in entries),
    )


def _span(entry: Entry) -> tuple[datetime, datetime]:
    return entry.starts.replace(tzinfo=None), entry.ends.replace(tzinfo=None)


def _x(axis: Axis, moment: datetime, scale: float) -> float:
    return round(axis.x(moment) * scale, 2)


def _known_span(axis: Axis, entry: Entry, scale: float) -> Span:
    start, end = _span(entry)
    return Span(_x(axis, start, scale), _x(axis, end, scale), open=False)


def _marks(
    axis: Axis, entries: Sequence[Entry], now: datetime, following: Entry | None, scale: float
) -> tuple[Mark, ...]:
    moments = sorted(
        (entry for entry in entries if entry.kind is Kind.MOMENT), key=lambda entry: entry.starts
    )
    marks: list[Mark] = []
    labelled = -_APART
    for entry in moments:
        x = _x(axis, _span(entry)[0], scale)
        is_next = following is not None and entry.id == following.id
        room = x - labelled >= _APART
        if is_next and not room:
            # The date that matters now takes the place of the one before it.
            last = max(index for index, mark in enumerate(marks) if mark.label)
            marks[last] = replace(marks[last], label=False)
            room = True
        marks.append(Mark(x, entry.first_day, now >= entry.ends, is_next, room))
        labelled = x if room else labelled
    return tuple(marks)


def _ticks(axis: Axis, vague: list[Entry], scale: float) -> tuple[Label, ...]:
    """Eight labels at most fit on a phone: every second, third … tick is kept; then the piece without scale."""
    step = max(1, -(-len(axis.ticks) // 8))
    ticks = [
        Label(round(tick.x * scale, 2), tick.day, year=tick.day.month == 1 and not vague)
        for tick in axis.ticks[::step]
    ]
    if vague:
        ticks.append(Label(100 * scale, vague[0].last_day, year=True))
    return tuple(ticks)
