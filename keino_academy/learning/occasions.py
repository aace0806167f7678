"""A session in time: when one may join, and what a page says of it now. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from keino_academy.announcement.entries import Entry, Kind, Precision
from keino_academy.announcement.programme import Item, programme

#: So long before a session its join link is shown.
EARLY = timedelta(minutes=15)
#: How long a session is taken to last that says no end.
USUAL = timedelta(hours=3)


@dataclass(frozen=True)
class Occasion:
    """A session's page with its timeline entry, seen at ``now``; ``entry`` is None while it has none."""

    title: str
    url: str
    entry: Entry | None
    join_link: str
    now: datetime
    #: Titles of its materials, in their order.
    materials: tuple[str, ...] = ()

    @property
    def item(self) -> Item | None:
        """The entry in words."""
        return programme([self.entry], self.now)[0] if self.entry else None

    @property
    def timed(self) -> bool:
        """Whether its exact hours are known."""
        return self.entry is not None and not self.entry.open and not self.entry.all_day

    @property
    def ends(self) -> datetime | None:
        """When it is over."""
        if self.entry is None:
            return None
        return self.entry.ends if self.entry.ends > self.entry.starts else self.entry.starts + USUAL

    @property
    def over(self) -> bool:
        """Whether it has been held."""
        return self.ends is not None and self.now >= self.ends

    @property
    def running(self) -> bool:
        """Whether it is going on."""
        return self.entry is not None and self.entry.starts <= self.now and not self.over

    @property
    def joins_at(self) -> datetime | None:
        """From when its join link is shown."""
        return self.entry.starts - EARLY if self.entry and self.timed and self.join_link else None

    @property
    def open_link(self) -> str:
        """The join link while one may join: a little before the start, until the end."""
        if self.joins_at is None or self.over:
            return ""
        return self.join_link if self.joins_at <= self.now else ""

    @property
    def soon(self) -> bool:
        """Whether it is going on or begins within the hour, on its own day."""
        if not self.entry or not self.timed or self.over:
            return False
        return self.entry.starts - timedelta(hours=1) <= self.now

    @property
    def days_left(self) -> int:
        """Whole calendar days until it begins, as the academy's clocks count them."""
        if self.entry is None:
            return 0
        today = self.now.astimezone(self.entry.starts.tzinfo).date()
        return (self.entry.first_day - today).days

    @property
    def minutes_left(self) -> int:
        """Minutes until it begins, the last one begun counted; not below zero."""
        if self.entry is None:
            return 0
        return max(0, -(-int((self.entry.starts - self.now).total_seconds()) // 60))


def following(occasions: Iterable[Occasion]) -> Occasion | None:
    """The session that is going on or comes next; those whose day is not known come last of all."""
    ahead = [(occasion.entry, occasion) for occasion in occasions if occasion.entry and not occasion.over]
    dated = [pair for pair in ahead if pair[0].kind is Kind.MOMENT and pair[0].precision is Precision.DAY]
    first = min(dated or ahead, key=lambda pair: (pair[0].starts, pair[1].title), default=None)
    return first[1] if first else None
