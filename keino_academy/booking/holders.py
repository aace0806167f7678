"""Who books: a pure description that other rooms may give."""

from __future__ import annotations

from dataclasses import dataclass

from keino_academy.core.calendars import Entry
from keino_academy.core.organisations import same_name


@dataclass(frozen=True)
class Holder:
    """``key`` makes bookings of one holder one (``application:17``); the rest fills the form."""

    key: str
    organisation: str = ""
    person: str = ""
    email: str = ""
    reference: str = ""

    @property
    def who(self) -> str:
        """Whose a booking is, as it is written with it: ``application:17``, ``email:…``."""
        return self.key or f"email:{self.email.strip().lower()}"

    @property
    def one(self) -> str:
        """What is the same for all who may have one booking together.

        Without a key that is an organisation: its name in one spelling, with the domain of
        the address, so that two organisations of one name stay two. Without a name it is
        the address.
        """
        name = same_name(self.organisation)
        if self.key or not name:
            return self.who
        return f"organisation:{name}@{self.email.strip().lower().rpartition('@')[2]}"


@dataclass(frozen=True)
class FeedPart:
    """What a room puts into a personal calendar: whose bookings, and entries of its own.

    An entry takes the place of the academy's entry that has the same UID.
    """

    holders: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


def visitor_key(visitor: str) -> str:
    """The key of a hold, before anybody has said who they are."""
    return f"visitor:{visitor}"
