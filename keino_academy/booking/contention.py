"""Trying a short transaction again when the database says that another one was in the way."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, connection, transaction

T = TypeVar("T")

#: Serialisation failure and deadlock (PostgreSQL, appendix A).
_PASSING = {"40001", "40P01"}
_UNIQUE = "23505"
#: Seconds after which no other turn begins: whoever waits longer is better told to come again.
_PATIENCE = 10.0
#: What filled a unique index is there at the next turn, unless yet another one came first; more
#: turns would only hide a fault.
_UNIQUE_TURNS = 8


def alone(work: Callable[[], T]) -> T:
    """Run ``work`` in a transaction of its own, again when it collided with another's.

    A unique index that another transaction filled first counts as a collision: the next
    turn sees what it wrote. Raises what stays after some turns, or some seconds.
    """
    begun = time.monotonic()
    for turn in count(1):
        try:
            with transaction.atomic(durable=True):
                return work()
        except DatabaseError as error:
            if not _passes(error, turn) or time.monotonic() - begun > _PATIENCE:
                raise
        time.sleep(random.uniform(0, 0.01 * 2 ** min(turn, 5)))  # noqa: S311 - spreads turns, guards nothing
    raise AssertionError  # pragma: no cover - the loop returns or raises


def alone_or_inside(work: Callable[[], T]) -> T:
    """As :func:`alone`; inside a caller's transaction as a part of it, once."""
    if connection.in_atomic_block:
        with transaction.atomic():
            return work()
    return alone(work)


def _passes(error: DatabaseError, turn: int) -> bool:
    """Whether a fault of this kind may be gone at the next turn."""
    state = getattr(error.__cause__, "sqlstate", None) or getattr(error.__cause__, "pgcode", None)
    if isinstance(error, IntegrityError):
        return turn < _UNIQUE_TURNS and (state == _UNIQUE or "UNIQUE" in str(error))
    return state in _PASSING or "database is locked" in str(error)
