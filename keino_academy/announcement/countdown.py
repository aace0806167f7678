"""The one large number of an announcement: how long there is left, or what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from keino_academy.announcement.entries import Entry, Kind, Precision, Tense, wall, zone_of


class Until(StrEnum):
    """What a count leads to."""

    OPENS = "opens"
    CLOSES = "closes"
    NEXT = "next"


@dataclass(frozen=True)
class Count:
    """``number`` of ``unit`` (``days``, ``hours`` or ``minutes``); ``entry`` is what comes next."""

    until: Until
    number: int
    unit: str
    entry: Entry | None = None


def count(
    entries: Sequence[Entry], now: datetime, opens: datetime | None, closes: datetime | None
) -> Count | None:
    """What is counted at ``now``: to the opening, to the deadline, to the next day that is known, else nothing."""
    if opens is not None and now < opens:
        return Count(Until.OPENS, *left(opens - now))
    if closes is not None and now < closes:
        return Count(Until.CLOSES, *left(closes - now))
    coming = [
        entry
        for entry in entries
        if entry.precision is Precision.DAY and not entry.said and entry.tense(now) is Tense.COMING
    ]
    if not coming:
        return None
    following = min(coming, key=_moment)
    days = (following.day - wall(now, zone_of(entries)).date()).days
    if days < 1:
        return Count(Until.NEXT, *left(_moment(following) - now), following)
    return Count(Until.NEXT, days, "days", following)


def _moment(entry: Entry) -> datetime:
    return entry.ends if entry.kind is Kind.DEADLINE else entry.starts


def left(until: timedelta) -> tuple[int, str]:
    """The largest unit that tells the truth: whole days from two on, whole hours from two on, then minutes begun."""
    minutes = max(0, -(-int(until.total_seconds()) // 60))
    if minutes >= 2 * 24 * 60:
        return minutes // (24 * 60), "days"
    if minutes >= 2 * 60:
        return minutes // 60, "hours"
    return minutes, "minutes"
