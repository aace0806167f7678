"""Where numbers and words of the wheel stand, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin

#: Numbers stand this far apart, centre to centre: 12 days of the inner ring.
ROOM = 41.5
#: How far inwards a number moves that would cover another.
INWARD = 46


@dataclass(frozen=True)
class Spot:
    """A place on the wheel. ``lead``: the radius of the ring that it belongs to, where it stands inside."""

    angle: float
    radius: int
    lead: int | None = None


def distance(one: Spot, other: Spot) -> float:
    """How far apart the centres of two spots are."""
    (x, y), (a, b) = _point(one), _point(other)
    return hypot(x - a, y - b)


def place_marks(wishes: Sequence[tuple[float, int, bool]]) -> tuple[list[Spot], bool]:
    """Place numbers along their rings: ``(angle, radius, inside)`` each, answered in the same order.

    A number that would cover one before it moves inwards; ``inside`` wishes that from the
    start. The second answer tells whether some number found no free place.
    """
    placed: dict[int, Spot] = {}
    crowded = False
    for index, (angle, radius, inside) in sorted(
        enumerate(wishes), key=lambda wish: (wish[1][1], wish[1][0])
    ):
        ring, inner = Spot(angle, radius), Spot(angle, radius - INWARD, radius)
        choices = [inner, ring] if inside else [ring, inner]
        placed[index] = label_spot(choices, list(placed.values()), ROOM)
        crowded = crowded or clearance(placed[index], list(placed.values())) < ROOM
    return [placed[index] for index in range(len(wishes))], crowded


def clearance(spot: Spot, others: Sequence[Spot]) -> float:
    """How far the nearest other spot is."""
    return min((distance(spot, other) for other in others if other is not spot), default=float("inf"))


def label_spot(choices: Sequence[Spot], others: Sequence[Spot], room: float) -> Spot:
    """The first choice with enough room; where none has it, the one with the most."""
    free = (choice for choice in choices if clearance(choice, others) >= room)
    return next(free, None) or max(choices, key=lambda choice: clearance(choice, others))


def _point(spot: Spot) -> tuple[float, float]:
    turn = radians(spot.angle)
    return spot.radius * sin(turn), -spot.radius * cos(turn)
