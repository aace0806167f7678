"""Keeping what a page renders the same for everybody, for a minute at most.

Kept by the page's publication, the state of its call and the minute, so that words such as
"2 hours left" stay true. Any publication of any page makes all of it new. Nothing personal
is ever kept: previews are not, and blocks with forms are rendered each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from keino_academy.announcement.reading import Reading
from keino_academy.conf import academy_settings
from keino_academy.core.languages import current_language

_GENERATION = "keino_academy:pages"


def kept(
    reading: Reading, request: HttpRequest | None, name: str, build: Callable[[], Any], most: int = 60
) -> Any:
    """What ``build`` returns, or returned within ``most`` seconds for the same page in the same state."""
    seconds = min(academy_settings.PAGE_CACHE_SECONDS, most)
    if not seconds or request is None or getattr(request, "is_preview", False) or reading.page.pk is None:
        return build()
    key = _key(reading, request, name)
    found = _look([_GENERATION, key])
    generation, value = found.get(key, (None, None))
    if generation is not None and generation == found.get(_GENERATION, 0):
        return value
    value = build()
    _store(key, (found.get(_GENERATION, 0), value), seconds)
    return value


def _look(keys: list[str]) -> dict[str, Any]:
    try:
        return cache.get_many(keys)
    except Exception:  # noqa: BLE001 - any cache, any fault: the page is worth more
        return {}


def _store(key: str, value: Any, seconds: int) -> None:
    try:
        cache.set(key, value, seconds)
    except Exception:  # noqa: BLE001 - as above
        return


def forget_all() -> None:
    """Make everything that is kept old: a page was published, moved or withdrawn."""
    try:
        cache.add(_GENERATION, 0, None)
        cache.incr(_GENERATION)
    except Exception:  # noqa: BLE001 - what is kept grows old by itself
        return


def _key(reading: Reading, request: HttpRequest, name: str) -> str:
    page = reading.page
    parts = (
        name,
        page.pk,
        page.last_published_at,
        page.url_path,
        current_language(),
        reading.state,
        reading.dates,
        int(reading.now.timestamp()) // 60,
        request.scheme,
        request.get_host(),
    )
    return f"keino_academy:page:{hashlib.sha256(repr(parts).encode()).hexdigest()[:40]}"
