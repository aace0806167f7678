"""The state of a call: a pure function of dates, the moment of release and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from keino_academy.announcement.enums import CallState


@dataclass(frozen=True)
class CallDates:
    """Aware moments; every end is exclusive, and None means that it never comes.

    ``published`` is false when the source page is unpublished: then nothing opens.
    """

    opens: datetime | None = None
    closes: datetime | None = None
    grace: timedelta = timedelta(0)
    released: datetime | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    alumni_until: datetime | None = None
    archived_from: datetime | None = None
    published: bool = True


def call_state(dates: CallDates, now: datetime) -> CallState:
    """Where the academy stands at ``now``. The latest thing that has come decides."""
    if dates.archived_from and now >= dates.archived_from:
        return CallState.ARCHIVED
    if dates.ends and now >= dates.ends:
        over = dates.alumni_until and now >= dates.alumni_until
        return CallState.ARCHIVED if over else CallState.ALUMNI
    if dates.starts and now >= dates.starts:
        return CallState.RUNNING
    if dates.released and now >= dates.released:
        return CallState.DECIDED
    return _window_state(dates, now)


def _window_state(dates: CallDates, now: datetime) -> CallState:
    if dates.opens is None and dates.closes is None:
        return CallState.PLANNED
    if dates.opens and now < dates.opens:
        return CallState.PLANNED
    if not dates.published:
        return CallState.CLOSED
    if dates.closes is None or now < dates.closes:
        return CallState.OPEN
    return CallState.GRACE if now < dates.closes + dates.grace else CallState.CLOSED


def accepts(state: CallState) -> bool:
    """Whether the server takes what is sent in this state."""
    return state in {CallState.OPEN, CallState.GRACE}
