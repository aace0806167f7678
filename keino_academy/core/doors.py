"""Secret links: how they are signed, and how the secret leaves the address bar.

A record that is reached without an account has a secret. Its link opens a *door*:
the secret is checked, the session notes the record, and a redirect leads to an
address that holds the record's public reference only.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest

_SESSION_KEY = "keino_academy_doors"
_MOST_OPEN = 20


class LinkError(Http404):
    """A link that does not work, for whatever reason: the answer says no more."""


def sign(purpose: str, value: Any) -> str:
    """A signed token for one purpose; ``value`` is anything that JSON holds."""
    return signing.dumps(value, salt=f"keino_academy.{purpose}", compress=True)


def read(purpose: str, token: str, max_age: int | None = None) -> Any:
    """The value of a token made by :func:`sign`; raises :class:`LinkError`.

    ``max_age`` is in seconds of real time.
    """
    try:
        return signing.loads(token, salt=f"keino_academy.{purpose}", max_age=max_age)
    except (signing.BadSignature, ValueError) as error:
        raise LinkError from error


def open_door(request: HttpRequest, room: str, reference: str) -> None:
    """Note in the session that this browser came with the record's secret."""
    doors = [door for door in request.session.get(_SESSION_KEY, []) if door != [room, reference]]
    request.session[_SESSION_KEY] = [*doors, [room, reference]][-_MOST_OPEN:]


def is_open(request: HttpRequest, room: str, reference: str) -> bool:
    """Whether this browser came with the record's secret before."""
    return [room, reference] in request.session.get(_SESSION_KEY, [])


def close_doors(request: HttpRequest) -> None:
    """Forget every record that this browser opened."""
    request.session.pop(_SESSION_KEY, None)
