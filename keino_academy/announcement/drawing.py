"""Which of the two drawings a timeline gets."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from keino_academy.announcement.entries import Entry, years_of
from keino_academy.announcement.wheel import crowded

#: More entries than this make a wheel hard to read.
MOST = 12


class Drawing(StrEnum):
    """The two drawings of a timeline."""

    WHEEL = "wheel"
    LINE = "line"


def choose_drawing(entries: Sequence[Entry]) -> Drawing:
    """The wheel where it holds: two years and twelve entries at most, each number in a free place."""
    if len(entries) > MOST or len(years_of(entries)) > 2:
        return Drawing.LINE
    if not entries:
        return Drawing.WHEEL
    return Drawing.LINE if crowded(entries) else Drawing.WHEEL
