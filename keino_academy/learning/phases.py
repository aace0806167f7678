"""How much of an academy's closed pages its participants may use, by the state of its call. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from keino_academy.announcement.call import CallDates, call_state
from keino_academy.announcement.enums import CallState

#: So long after the programme's end, what is unfinished may still be finished.
CLOSING = timedelta(days=28)


class Phase(StrEnum):
    """What participants do: take part, finish, read; nothing once the academy is archived."""

    PARTICIPANT = "participant"
    CLOSING = "closing"
    ALUMNI = "alumni"
    ARCHIVED = "archived"


class Action(StrEnum):
    """What one may ask to do: read, or change one's own work."""

    READ = "read"
    WORK = "work"


def phase(dates: CallDates, now: datetime) -> Phase:
    """The participants' phase. Until the programme ends, everyone who was selected is a participant."""
    state = call_state(dates, now)
    if state is CallState.ARCHIVED:
        return Phase.ARCHIVED
    if state is not CallState.ALUMNI or dates.ends is None:
        return Phase.PARTICIPANT
    return Phase.CLOSING if now < dates.ends + CLOSING else Phase.ALUMNI


def allows(phase: Phase, action: Action) -> bool:
    """Whether participants may do it in the phase."""
    if phase is Phase.ARCHIVED:
        return False
    return action is Action.READ or phase is not Phase.ALUMNI
