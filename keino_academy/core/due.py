"""What falls due by time alone: reminders, offers that lapse, calendars to read again.

A room registers a function for each; the command ``keino_due`` runs them all. Call
states and windows are no such thing: they are computed whenever they are asked for.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from django.core.cache import cache
from django.utils import timezone

logger = logging.getLogger("keino_academy.due")

Work = Callable[[], int]

_works: dict[str, Work] = {}
_LAST = "keino_academy:due"


def due(name: str) -> Callable[[Work], Work]:
    """Register a function without arguments that does what is due and returns how many things it did.

    It must do nothing twice when several processes call it at once, and own its transactions:
    it runs outside any. A room's ``handlers`` import it, so that every process knows it.
    Raises ``ValueError`` when another function has the name.
    """

    def register(work: Work) -> Work:
        known = _works.setdefault(name, work)
        if (known.__module__, known.__qualname__) != (work.__module__, work.__qualname__):
            raise ValueError(f"Two functions are due as {name}")
        _works[name] = work
        return work

    return register


def names() -> list[str]:
    """Everything that can be due, in alphabetical order."""
    return sorted(_works)


def run_due(only: Collection[str] = ()) -> Iterator[tuple[str, int | None]]:
    """Do what is due: each name, and how many things were done; None where it failed.

    One that fails stops no other. ``only`` leaves out all other names.
    """
    for name in names():
        if not only or name in only:
            yield name, _run(name)
    if not only:
        _remember()


def seconds_since() -> int | None:
    """Seconds since everything was run the last time; None where the cache does not know."""
    try:
        last = cache.get(_LAST)
    except Exception:  # noqa: BLE001 - any cache, any fault
        return None
    return int(timezone.now().timestamp() - last) if last else None


def _run(name: str) -> int | None:
    try:
        return _works[name]()
    except Exception as error:  # noqa: BLE001 - whatever one could not do, the others must
        # Where and what kind, never the message: it may hold a person's address, and logs hold no people.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        logger.error("%s could not be done: %s at %s", name, type(error).__name__, where)
        return None


def _remember() -> None:
    try:
        cache.set(_LAST, timezone.now().timestamp(), None)
    except Exception:  # noqa: BLE001 - any cache, any fault
        logger.warning("The cache does not answer: nobody knows when keino_due ran")
