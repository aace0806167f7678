"""Who books: a pure description that other rooms may give."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Holder:
    """``key`` makes bookings of one holder one (``application:17``); the rest fills the form."""

    key: str
    organisation: str = ""
    person: str = ""
    email: str = ""
    reference: str = ""
