"""What a sign-in link says, where it may lead, and how it names its reader. Pure."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.utils.http import url_has_allowed_host_and_scheme

from keino_academy.conf import academy_settings
from keino_academy.core import doors

_PURPOSE = "sign-in"
_LONGEST = 2000


@dataclass(frozen=True)
class SignIn:
    """Who asked, in which language, and where they were going. ``nonce`` makes it good once."""

    email: str
    language: str
    next: str
    nonce: str


def new_token(email: str, language: str, following: str) -> str:
    """The token of a new link; ``following`` is a path that :func:`safe_path` let through."""
    return doors.sign(_PURPOSE, [email, language, following, secrets.token_urlsafe(9)])


def read_token(token: str) -> SignIn:
    """What the link says; raises ``LinkError`` when it is not ours, or older than it may be."""
    value = doors.read(_PURPOSE, token, max_age=academy_settings.SIGN_IN_SECONDS)
    try:
        return SignIn(*value)
    except TypeError as error:  # pragma: no cover - only a link of another version of the package
        raise doors.LinkError from error


def safe_path(value: str) -> str:
    """The path if it stays on this site, else nothing. Hosts are refused in every spelling."""
    if not value.startswith("/") or value[1:2] in {"/", "\\"} or len(value) > _LONGEST:
        return ""
    if any(ord(character) < 32 or character == "\\" for character in value):
        return ""
    return value if url_has_allowed_host_and_scheme(value, allowed_hosts=None) else ""


def masked(email: str) -> str:
    """The address with most of its name hidden: ``h…a@example.org``."""
    name, _at, domain = email.rpartition("@")
    # Word joiners keep the name in one piece.
    return f"{name[:1]}\u2060…\u2060{name[-1:] if len(name) > 2 else ''}@{domain}"
