"""The line: a timeline of any length as rows on one axis, computed as plain data.

Positions are per cent of the width. A label is real text, held in its place by an empty
box as wide as ``gap``, so that it wraps, can be selected and is read aloud.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from keino_academy.announcement.axis import Axis, Scale, axis_for
from keino_academy.announcement.entries import Entry, Kind, Precision, wall, zone_of
from keino_academy.announcement.rings import tone_of

#: A label needs this much room at its side, or it gets a line of its own.
LABEL = 40
#: Moments shorter than this are dots on a wide page, and on a narrow one.
DOT_WIDE, DOT_NARROW = 1.2, 4.5


class Shape(StrEnum):
    """How an entry is drawn, and what the key says of it."""

    CALL = "call"
    STOP = "stop"
    SITE = "site"
    NET = "net"
    SPAN = "span"
    OPEN = "open"


class Side(StrEnum):
    """Where the label stands, seen from the mark."""

    AFTER = "after"
    BEFORE = "before"
    OVER = "over"


@dataclass(frozen=True)
class Row:
    """An entry's row: its mark from ``x`` for ``width``, and the label beside it."""

    number: int
    entry: Entry
    tone: str
    shape: Shape
    x: float
    width: float
    side: Side
    gap: float

    @property
    def end(self) -> float:
        """Where the mark ends."""
        return round(self.x + self.width, 2)

    @property
    def middle(self) -> float:
        """Where its dot stands."""
        return round(self.x + self.width / 2, 2)

    @property
    def stretched(self) -> tuple[float, float]:
        """From where to where a hatched mark goes on a narrow page, so that it has three strokes at least."""
        start = min(self.x, 100 - DOT_NARROW)
        return start, round(max(self.end, start + DOT_NARROW), 2)

    @property
    def dot_wide(self) -> bool:
        """Whether a moment is too short for its length to be seen."""
        return self.width <= DOT_WIDE

    @property
    def dot_narrow(self) -> bool:
        """The same on a narrow page."""
        return self.width < DOT_NARROW


@dataclass(frozen=True)
class Line:
    """Everything that the template draws. ``now`` is None where the present is not on the axis."""

    axis: Axis
    rows: tuple[Row, ...]
    now: float | None
    today: datetime

    @property
    def now_from_end(self) -> float:
        """The present from the right, for its label where there is no room after it."""
        return round(100 - (self.now or 0), 2)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes that the key has to explain; a call is told by the end that it shares."""
        used = {Shape.STOP if row.shape is Shape.CALL else row.shape for row in self.rows}
        return tuple(shape for shape in Shape if shape in used)

    @property
    def by_days(self) -> bool:
        """Whether the axis has days."""
        return self.axis.scale is Scale.DAYS


def line(
    entries: Sequence[Entry], now: datetime, opens: datetime | None = None, closes: datetime | None = None
) -> Line:
    """Compute the line of ``entries``, one row each in the order given, as it is at ``now``.

    The deadline at ``closes`` shows what is left of the call, or all of it before ``opens``.
    """
    zone = zone_of(entries, opens, closes, now)
    present = wall(now, zone)
    shapes = [_shape(entry, now, opens, closes) for entry in entries]
    spans = [
        _span(entry, shape, present, opens and wall(opens, zone))
        for entry, shape in zip(entries, shapes, strict=True)
    ]
    axis = axis_for(spans, present)
    rows = tuple(
        _row(number, entry, shape, span, axis, now)
        for number, (entry, shape, span) in enumerate(zip(entries, shapes, spans, strict=True), 1)
    )
    return Line(axis, rows, axis.x(present) if axis.holds(present) else None, present)


def _shape(entry: Entry, now: datetime, opens: datetime | None, closes: datetime | None) -> Shape:
    if entry.kind is Kind.DEADLINE:
        if entry.ends == closes and now < closes and (opens is not None or now >= entry.starts):
            return Shape.CALL
        vague = entry.precision is not Precision.DAY or entry.said
        return Shape.OPEN if vague and entry.starts < entry.ends else Shape.STOP
    if entry.precision is not Precision.DAY or entry.said:
        return Shape.OPEN
    if entry.kind is Kind.PERIOD:
        return Shape.SPAN
    return Shape.NET if entry.online else Shape.SITE


def _span(entry: Entry, shape: Shape, present: datetime, opens: datetime | None) -> tuple[datetime, datetime]:
    starts, ends = entry.starts.replace(tzinfo=None), entry.ends.replace(tzinfo=None)
    if shape is Shape.CALL:
        return min(ends, max(present, opens or present)), ends
    return (ends, ends) if shape is Shape.STOP else (starts, max(starts, ends))


def _row(
    number: int, entry: Entry, shape: Shape, span: tuple[datetime, datetime], axis: Axis, now: datetime
) -> Row:
    x, end = axis.x(span[0]), axis.x(span[1])
    if 100 - end >= LABEL:
        side, gap = Side.AFTER, end
    elif x >= LABEL:
        side, gap = Side.BEFORE, round(100 - x, 2)
    else:
        side, gap = Side.OVER, min(x, 50.0)
    return Row(number, entry, tone_of(entry, now), shape, x, round(end - x, 2), side, gap)
