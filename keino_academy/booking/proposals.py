"""What a plan would make: each time with what is to be said of it before it is made. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from itertools import groupby

from django.utils.translation import gettext as _

from keino_academy.booking.spans import Spans
from keino_academy.core import dates


class Verdict(Enum):
    """What may be done with a time: a doubtful one is left to the editor, a barred one can't be made."""

    FREE = "free"
    DOUBTFUL = "doubtful"
    BARRED = "barred"
    THERE = "there"


@dataclass(frozen=True)
class Wanted:
    """A time that a plan would make, in the academy's zone, with the keys of its hosts."""

    starts: datetime
    ends: datetime
    hosts: frozenset[int] = frozenset()

    @property
    def key(self) -> str:
        """The same for the same plan; tells one time of it from another."""
        return "-".join([f"{self.starts.astimezone(UTC):%Y%m%dT%H%M}", *map(str, sorted(self.hosts))])


@dataclass(frozen=True)
class Known:
    """What stands around the times; all moments are in UTC.

    ``there`` are the times of the series by start and hosts, ``sits`` hosts' other times, and
    ``busy`` what their own calendars say.
    """

    now: datetime
    opens: datetime | None = None
    there: frozenset[tuple[datetime, frozenset[int]]] = frozenset()
    sits: Spans = field(default_factory=Spans)
    busy: Spans = field(default_factory=Spans)
    names: Mapping[int, str] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A time, what may be done with it, and why not more."""

    wanted: Wanted
    verdict: Verdict
    remarks: tuple[str, ...]
    hosts: str
    ticked: bool

    @property
    def key(self) -> str:
        """As :attr:`Wanted.key`."""
        return self.wanted.key

    @property
    def hours(self) -> str:
        """From when to when."""
        return dates.bare_hours(self.wanted.starts, self.wanted.ends)

    @property
    def can_be_made(self) -> bool:
        """Whether it may be ticked."""
        return self.verdict in {Verdict.FREE, Verdict.DOUBTFUL}


@dataclass(frozen=True)
class ProposedDay:
    """The times of one day."""

    day: date
    proposals: Sequence[Proposal]

    @property
    def ticked(self) -> int:
        """How many are ticked."""
        return sum(proposal.ticked for proposal in self.proposals)

    @property
    def name(self) -> str:
        """The day as people say it."""
        return dates.dated(self.day)


def propose(wanted: Iterable[Wanted], known: Known, ticked: frozenset[str] | None = None) -> list[Proposal]:
    """What is to be said of each time; ``ticked`` are keys chosen before, else the free ones are."""
    return [_proposal(one, known, ticked) for one in wanted]


def by_day(proposals: Iterable[Proposal]) -> list[ProposedDay]:
    """The proposals in order of days."""
    days = groupby(proposals, key=lambda proposal: proposal.wanted.starts.date())
    return [ProposedDay(day, list(group)) for day, group in days]


def count(proposals: Iterable[Proposal], verdict: Verdict) -> int:
    """How many have the verdict."""
    return sum(proposal.verdict is verdict for proposal in proposals)


def _proposal(wanted: Wanted, known: Known, ticked: frozenset[str] | None) -> Proposal:
    verdict, remarks = _judge(wanted, known)
    hosts = ", ".join(sorted(known.names[host] for host in wanted.hosts))
    if ticked is None:
        tick = verdict is Verdict.FREE
    else:
        tick = wanted.key in ticked and verdict in {Verdict.FREE, Verdict.DOUBTFUL}
    return Proposal(wanted, verdict, tuple(remarks), hosts, tick)


def _judge(wanted: Wanted, known: Known) -> tuple[Verdict, list[str]]:
    if (wanted.starts.astimezone(UTC), wanted.hosts) in known.there:
        return Verdict.THERE, [_("There already")]
    bars, doubts = list(_bars(wanted, known)), list(_doubts(wanted, known))
    if bars:
        return Verdict.BARRED, [*bars, *doubts]
    return (Verdict.DOUBTFUL if doubts else Verdict.FREE), doubts


def _bars(wanted: Wanted, known: Known) -> Iterator[str]:
    if wanted.starts <= known.now:
        yield _("Past already")
    for host in sorted(wanted.hosts):
        other = known.sits.overlapping(host, wanted.starts, wanted.ends)
        if other is not None:
            text = _("%(host)s sits in another time, %(hours)s")
            hours = dates.bare_hours(*(at.astimezone(wanted.starts.tzinfo) for at in other))
            yield text % {"host": known.names[host], "hours": hours}


def _doubts(wanted: Wanted, known: Known) -> Iterator[str]:
    if known.opens is not None and wanted.starts <= known.opens:
        text = _("Booking opens later, %(moment)s: nobody could book this time")
        yield text % {"moment": dates.moment(known.opens.astimezone(wanted.starts.tzinfo))}
    holiday = known.holidays.get(wanted.starts.date())
    if holiday:
        yield _("Public holiday: %(name)s") % {"name": holiday}
    for host in sorted(wanted.hosts):
        if known.busy.overlapping(host, wanted.starts, wanted.ends) is not None:
            text = _("%(host)s is busy in their own calendar: the time would be hidden")
            yield text % {"host": known.names[host]}
