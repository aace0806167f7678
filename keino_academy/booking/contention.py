"""Trying a short transaction again when the database says that another one was in the way."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, connection, transaction

T = TypeVar("T")

#: Serialisation failure and deadlock (PostgreSQL, appendix A).
_PASSING = {"40001", "40P01"}
_TRIES = 12
#: What filled a unique index is there at the next turn; more turns would only hide a fault.
_UNIQUE_TRIES = 3


def alone(work: Callable[[], T]) -> T:
    """Run ``work`` in a transaction of its own, again when it collided with another's.

    A unique index that another transaction filled first counts as a collision: the next
    turn sees what it wrote. Raises what stays after some turns.
    """
    for turn in range(_TRIES):
        try:
            with transaction.atomic(durable=True):
                return work()
        except DatabaseError as error:
            if turn >= _turns(error) - 1:
                raise
        time.sleep(random.uniform(0, 0.01 * 2 ** min(turn, 6)))  # noqa: S311 - spreads turns, guards nothing
    raise AssertionError  # pragma: no cover - the loop returns or raises


def alone_or_inside(work: Callable[[], T]) -> T:
    """As :func:`alone`; inside a caller's transaction as a part of it, once."""
    if connection.in_atomic_block:
        with transaction.atomic():
            return work()
    return alone(work)


def _turns(error: DatabaseError) -> int:
    """How many turns a fault of this kind deserves."""
    if isinstance(error, IntegrityError):
        return _UNIQUE_TRIES
    state = getattr(error.__cause__, "sqlstate", None) or getattr(error.__cause__, "pgcode", None)
    return _TRIES if state in _PASSING or "database is locked" in str(error) else 1
