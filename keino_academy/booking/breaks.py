"""Breaks of a day, as people write them: ``11.30–12.30, 14–14.15``. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Break:
    """From ``starts`` until ``ends``, which is exclusive; wall-clock hours of one day."""

    starts: time
    ends: time


class BreaksError(ValueError):
    """``part`` of the text is no break."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class NotUnderstoodError(BreaksError):
    """It is not two hours."""


class BackwardsError(BreaksError):
    """Its end is not after its start."""


_HOUR = r"(?:klo|kl\.?|at)?\s*(\d{1,2})(?:[.:]?(\d{2}))?"
_BREAK = re.compile(rf"(?:from\s+)?{_HOUR}\s*(?:-|–|—|−|to|till|until)\s*{_HOUR}", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;\n]|\s(?:and|ja|sekä|och|samt|&)\s", re.IGNORECASE)
#: Word joiners keep a range on one line; nobody sees them.
_UNSEEN = dict.fromkeys(map(ord, "\u2060\u200b\ufeff\u00ad"))


def read_breaks(text: str) -> tuple[Break, ...]:
    """The breaks in the text, in order of the day.

    Hours are written with a dot, a colon or nothing, with or without *klo* and *kl.*, with any
    dash, and set apart by commas, semicolons, lines or *and*. Raises :class:`BreaksError`.
    """
    parts = (part.strip(" .\t\r\u00a0") for part in _BETWEEN.split(text.translate(_UNSEEN)))
    return tuple(sorted((_break(part) for part in parts if part), key=lambda rest: rest.starts))


def _break(part: str) -> Break:
    found = _BREAK.fullmatch(part)
    if found is None:
        raise NotUnderstoodError(part)
    numbers = [int(number or 0) for number in found.groups()]
    try:
        rest = Break(time(numbers[0], numbers[1]), time(numbers[2], numbers[3]))
    except ValueError:
        raise NotUnderstoodError(part) from None
    if rest.ends <= rest.starts:
        raise BackwardsError(part)
    return rest
