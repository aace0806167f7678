"""What the organiser's week and day show: times with those who sit in them, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from keino_academy.booking.enums import Attendance
from keino_academy.core import dates

#: More than this side by side would be too narrow to read: then they follow each other.
MOST_LANES = 4


class Guest(Enum):
    """How somebody sits in a seat, or sat."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    FILLING = "filling"
    OFFERED = "offered"


@dataclass(frozen=True)
class Sitter:
    """A booking as the organiser's week shows it. Of a seat that is only held nobody is named.

    ``until`` is when a held seat runs out, or when a booking was cancelled, in the academy's zone.
    """

    booking: int
    guest: Guest
    person: str = ""
    organisation: str = ""
    note: str = ""
    attendance: str = ""
    until: datetime | None = None

    @property
    def is_booked(self) -> bool:
        """Whether the seat is theirs."""
        return self.guest is Guest.BOOKED

    @property
    def name(self) -> str:
        """The organisation, or whoever comes without one."""
        return self.organisation or self.person

    @property
    def word(self) -> str:
        """What there is to say of the seat beside a name; empty for an ordinary booking."""
        if self.guest is Guest.BOOKED:
            return str(Attendance(self.attendance).label) if self.attendance else ""
        if self.until is None:
            return ""
        if self.guest is Guest.CANCELLED:
            return gettext("cancelled %(moment)s") % {"moment": dates.moment(self.until)}
        if self.guest is Guest.OFFERED:
            return gettext("offered until %(moment)s") % {"moment": dates.moment(self.until)}
        return gettext("being filled in until %(time)s") % {"time": dates.clock(self.until)}


@dataclass(frozen=True)
class Sitting:
    """A time as the organiser's week shows it; moments are in its academy's zone.

    ``owner`` is the academy's key, and ``academy`` its name where there are several.
    """

    slot: int
    starts: datetime
    ends: datetime
    seats: int = 1
    title: str = ""
    owner: int = 0
    academy: str = ""
    zone: str = ""
    hosts: tuple[str, ...] = ()
    place: str = ""
    cancelled: bool = False
    begun: bool = False
    sitters: tuple[Sitter, ...] = ()

    @property
    def day(self) -> date:
        """The day on which people come."""
        return self.starts.date()

    @property
    def span(self) -> tuple[float, float]:
        """Start and end as real time: clocks of one zone show the same hour twice in a year."""
        return self.starts.timestamp(), self.ends.timestamp()

    @property
    def booked(self) -> int:
        """Seats that are booked."""
        return sum(sitter.is_booked for sitter in self.sitters)

    @property
    def held(self) -> int:
        """Seats that are kept or offered."""
        return sum(sitter.guest in {Guest.FILLING, Guest.OFFERED} for sitter in self.sitters)

    @property
    def free(self) -> int:
        """Seats that can still be booked; none where the time has begun or was taken away."""
        return 0 if self.cancelled or self.begun else max(0, self.seats - self.booked - self.held)

    @property
    def can_be_marked(self) -> bool:
        """Whether somebody's coming can be noted."""
        return self.begun and self.booked > 0

    @property
    def word(self) -> str:
        """How its seats are, or that it was taken away."""
        if self.cancelled:
            return gettext("cancelled")
        if self.seats > 1:
            taken = {"taken": self.booked + self.held, "seats": self.seats}
            return gettext("%(taken)s of %(seats)s seats taken") % taken
        if self.free:
            return gettext("free")
        return "" if self.booked or self.held else gettext("nobody booked it")


@dataclass(frozen=True)
class Placed:
    """A time in its lane; lanes are counted from 1."""

    sitting: Sitting
    lane: int


@dataclass(frozen=True)
class Row:
    """The times of one span of hours, side by side."""

    label: str
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class Sum:
    """How much of it there is: standing times and their seats, and times that were cancelled."""

    times: int
    booked: int
    held: int
    free: int
    cancelled: int

    def __str__(self) -> str:
        if not self.times and not self.cancelled:
            return gettext("no times")
        times = ngettext("%(count)s time", "%(count)s times", self.times) % {"count": self.times}
        parts = [words % {"count": count} for count, words in self._parts() if count]
        return f"{times}: {', '.join(parts)}" if parts else times

    def _parts(self) -> Iterator[tuple[int, str]]:
        yield self.booked, ngettext("%(count)s seat booked", "%(count)s seats booked", self.booked)
        yield self.held, ngettext("%(count)s kept for now", "%(count)s kept for now", self.held)
        yield self.free, ngettext("%(count)s free", "%(count)s free", self.free)
        yield (
            self.cancelled,
            ngettext("%(count)s time cancelled", "%(count)s times cancelled", self.cancelled),
        )


@dataclass(frozen=True)
class Day:
    """A day with its rows in order of time; ``lanes`` is how many stand side by side at most."""

    day: date
    rows: tuple[Row, ...]
    lanes: int
    sum: Sum

    @property
    def heading(self) -> str:
        """``Maanantai 5.6.``; ``Monday 5 Jun``."""
        return f"{capfirst(dates.weekday_long(self.day))}{dates.NBSP}{dates.short_day(self.day)}"

    @property
    def sittings(self) -> list[Sitting]:
        """Its times in order."""
        return [placed.sitting for row in self.rows for placed in row.placed]

    @property
    def is_crowded(self) -> bool:
        """Whether so many stand side by side that they have to follow each other."""
        return self.lanes > MOST_LANES

    @property
    def can_be_marked(self) -> bool:
        """Whether somebody's coming can be noted."""
        return any(sitting.can_be_marked for sitting in self.sittings)


def total(sittings: Sequence[Sitting]) -> Sum:
    """The numbers of some times; those of cancelled times stand apart."""
    standing = [sitting for sitting in sittings if not sitting.cancelled]
    return Sum(
        times=len(standing),
        booked=sum(sitting.booked for sitting in standing),
        held=sum(sitting.held for sitting in standing),
        free=sum(sitting.free for sitting in standing),
        cancelled=len(sittings) - len(standing),
    )
