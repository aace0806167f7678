"""The academy's year as a line: where each mark stands, in per cent of the width. Pure.

Only x is a percentage, so that text and marks keep their size at every width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from keino_academy.announcement.axis import Axis, Tick, axis_for
from keino_academy.announcement.entries import Entry, Kind, Precision, wall, zone_of

#: A label is about this wide, in per cent of a phone's width; nearer ones would run into each other.
_APART = 11.0


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
    """All that the drawing shows. ``now`` is None where the present is not on the axis."""

    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    spans: tuple[Span, ...]
    deadlines: tuple[float, ...]
    now: float | None
    gone: float
    first: date
    last: date


def year_line(entries: Sequence[Entry], now: datetime, following: Entry | None = None) -> YearLine | None:
    """The line of the programme's entries; None when there is nothing to draw."""
    if not entries:
        return None
    zone = zone_of(entries)
    present = wall(now, zone)
    axis = axis_for([_span(entry) for entry in entries], present)
    return YearLine(
        ticks=_readable(axis.ticks),
        marks=_marks(axis, entries, now, following),
        spans=tuple(
            Span(axis.x(start), axis.x(end), entry.precision in {Precision.YEAR, Precision.SEASON})
            for entry in entries
            if entry.kind is Kind.PERIOD
            for start, end in [_span(entry)]
        ),
        deadlines=tuple(
            axis.x(entry.ends.replace(tzinfo=None)) for entry in entries if entry.kind is Kind.DEADLINE
        ),
        now=axis.x(present) if axis.holds(present) else None,
        gone=axis.x(present),
        first=axis.start.date(),
        last=max(entry.last_day for entry in entries),
    )


def _span(entry: Entry) -> tuple[datetime, datetime]:
    return entry.starts.replace(tzinfo=None), entry.ends.replace(tzinfo=None)


def _marks(axis: Axis, entries: Sequence[Entry], now: datetime, following: Entry | None) -> tuple[Mark, ...]:
    moments = sorted(
        (entry for entry in entries if entry.kind is Kind.MOMENT), key=lambda entry: entry.starts
    )
    marks: list[Mark] = []
    labelled = -_APART
    for entry in moments:
        x = axis.x(_span(entry)[0])
        is_next = following is not None and entry.id == following.id
        room = x - labelled >= _APART
        if is_next and not room and marks:
            # The date that matters now takes the place of the one before it.
            last = max(index for index, mark in enumerate(marks) if mark.label)
            marks[last] = Mark(
                marks[last].x, marks[last].day, marks[last].held, marks[last].next, label=False
            )
            room = True
        marks.append(Mark(x, entry.first_day, now >= entry.ends, is_next, room))
        labelled = x if room else labelled
    return tuple(marks)


def _readable(ticks: tuple[Tick, ...]) -> tuple[Tick, ...]:
    """Eight labels at most fit on a phone: every second, third … tick is kept."""
    step = -(-len(ticks) // 8)
    return ticks[::step] if step > 1 else ticks
