"""When a series takes bookings, and until when a booking can be cancelled. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from keino_academy.announcement.call import CallDates
from keino_academy.core.zones import day_end, day_start


class WindowState(Enum):
    """Where a window stands."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Window:
    """From ``opens`` until ``closes``, which is exclusive; ``grace`` is not told to readers.

    Without an opening nothing opens, without a closing it stays open.
    """

    opens: datetime | None
    closes: datetime | None
    grace: timedelta = timedelta(0)

    def state(self, now: datetime) -> WindowState:
        """Where it stands at ``now``."""
        if self.closes is not None and now >= self.closes + self.grace:
            return WindowState.CLOSED
        if self.opens is None or now < self.opens:
            return WindowState.NOT_YET
        return WindowState.OPEN


def booking_window(first: date | None, last: date | None, call: CallDates, zone: str) -> Window:
    """The window of a series: its own days, and the call's moments where a day is left empty.

    A call whose page is unpublished opens nothing; days of one's own need no call.
    """
    opens = call.opens if call.published else None
    return Window(
        opens=day_start(first, zone) if first else opens,
        closes=day_end(last, zone) if last else call.closes,
        grace=timedelta(0) if last else call.grace,
    )


def change_until(starts: datetime, hours: int) -> datetime:
    """The first moment at which a booking can't be changed by its booker; hours are real ones."""
    return starts - timedelta(hours=hours)
