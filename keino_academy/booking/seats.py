"""Which seat is given, and when none is left. Pure."""

from __future__ import annotations

from collections.abc import Collection


def lowest_free(seats: int, taken: Collection[int]) -> int | None:
    """The lowest number from 1 to ``seats`` that isn't taken; None when all are."""
    return next((seat for seat in range(1, seats + 1) if seat not in taken), None)


def free_seats(seats: int, taken: int) -> int:
    """How many seats are left; none when more were given than there now are."""
    return max(0, seats - taken)
