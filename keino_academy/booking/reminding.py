"""When a booked time is reminded of. Pure: it reads no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from keino_academy.booking.enums import StepKind

#: In the order in which they come.
REMINDERS = (StepKind.REMINDED, StepKind.REMINDED_SOON)


@dataclass(frozen=True)
class Notice:
    """How long before a time begins its reminder is written: from ``first`` until ``last``, which is exclusive.

    These are real hours: on the night of a clock change the clock on the wall tells another number.
    """

    first: timedelta
    last: timedelta

    def due_at(self, starts: datetime) -> datetime:
        """The first moment at which a time is reminded of."""
        return starts - self.first

    def holds(self, starts: datetime, told: datetime, now: datetime) -> bool:
        """Whether the reminder is written at ``now``.

        ``told`` is when the booker heard of the time by another mail: after the due moment that
        is reminder enough.
        """
        return told < self.due_at(starts) <= now < starts - self.last


def notice(kind: StepKind, hours: int, soon_minutes: int) -> Notice | None:
    """The rule of one reminder, of a series' two numbers; None where it has no such reminder.

    When the second one is due, the first is not sent any more: two mails at once say no more than one.
    """
    first, soon = timedelta(hours=hours), timedelta(minutes=soon_minutes)
    if kind == StepKind.REMINDED_SOON:
        return Notice(soon, timedelta(0)) if soon else None
    return Notice(first, soon if soon < first else timedelta(0)) if first else None
