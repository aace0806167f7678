"""The one clock that says what time it is for an academy.

Call states, windows, moments of sending and releases ask this clock. Tokens,
leases, rate limits and logs ask ``django.utils.timezone.now`` instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.utils import timezone

from keino_academy.conf import academy_settings

_offset: ContextVar[timedelta | None] = ContextVar("keino_academy_clock_offset", default=None)


def now() -> datetime:
    """The academy's present moment: aware, in UTC, and always running."""
    offset = _offset.get()
    return timezone.now() + (academy_settings.clock_offset if offset is None else offset)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock run from another moment inside the block, as a preview does."""
    token = _offset.set(moment - timezone.now())
    try:
        yield
    finally:
        _offset.reset(token)
