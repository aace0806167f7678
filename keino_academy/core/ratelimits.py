"""How often one network may do a thing, counted in the cache.

A cache that is down limits nothing: a person who applies counts for more than a limit.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import time

from django.core.cache import cache
from django.http import HttpRequest

from keino_academy.conf import academy_settings

logger = logging.getLogger("keino_academy.ratelimits")
_last_complaint = [0.0]


def network_of(request: HttpRequest) -> str:
    """The asking network: an IPv4 address, or the /64 of an IPv6 one.

    ``X-Forwarded-For`` is believed only as far as ``TRUSTED_PROXIES`` wrote it: with one
    proxy the last entry counts, whatever the client put before it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = academy_settings.TRUSTED_PROXIES
    if proxies:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part]
        address = chain[-proxies] if len(chain) >= proxies else address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def allow(what: str, who: str, rate: tuple[int, int], once: str = "") -> bool:
    """Count one more; False when ``who`` did ``what`` more than ``rate`` (number, seconds).

    ``once`` names the doing, so that a button that is pressed twice counts once.
    """
    most, seconds = rate
    key = _key(what, who, seconds)
    try:
        cache.add(key, 0, seconds)
        if once and not cache.add(f"{key}:{_short(once)}", 1, seconds):
            return int(cache.get(key, 0)) <= most
        return cache.incr(key) <= most
    except Exception:  # noqa: BLE001 - any cache, any fault
        _complain()
        return True


def is_reached(what: str, who: str, rate: tuple[int, int]) -> bool:
    """Whether ``who`` did ``what`` as often as ``rate`` allows; counts nothing."""
    most, seconds = rate
    try:
        return int(cache.get(_key(what, who, seconds), 0)) >= most
    except Exception:  # noqa: BLE001 - as above
        _complain()
        return False


def _key(what: str, who: str, seconds: int) -> str:
    window = int(time.time()) // seconds
    return f"keino_academy:{what}:{_short(who)}:{window}"


def _short(text: str) -> str:
    """No name or address as such: others may read the cache."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _complain() -> None:
    """One line a minute: a broken cache must not flood the log."""
    if time.monotonic() - _last_complaint[0] > 60 or not _last_complaint[0]:
        _last_complaint[0] = time.monotonic()
        logger.warning("The cache does not answer: rate limits are off until it does")
