"""What lists, pages and spreadsheets of the admin say of one booking, time or place in the waiting list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from keino_academy.booking.enums import BookingState, WaitingState
from keino_academy.booking.models import Booking, Slot, Waiting
from keino_academy.booking.seats import free_seats
from keino_academy.booking.shown import offset
from keino_academy.core import dates

#: Columns of spreadsheets that are no field of the row. Keys stay what they are: people build on them.
HEADINGS = {
    "when": _("When"),
    "starts": _("Starts"),
    "ends": _("Ends"),
    "zone": _("Time zone"),
    "series": _("Bookable session"),
    "academy": _("Academy"),
    "hosts": _("Hosts"),
    "place": _("Place"),
    "seat": _("Seat number"),
    "booked": _("Seats booked"),
    "free": _("Seats free"),
    "state": _("State"),
    "day": _("Only on"),
    "line": _("Place in line"),
}


def state_of(booking: Booking) -> str:
    """Where it stands; of a seat that is only held, why."""
    if booking.state == BookingState.HELD:
        return gettext("Offered to the waiting list") if booking.waiting_id else gettext("Being filled in")
    return capfirst(booking.get_state_display())


def personal(name: str) -> Callable[[Booking], str]:
    """A field that tells of a person: empty while the seat is only held."""

    def value(booking: Booking) -> str:
        return "" if booking.state == BookingState.HELD else str(getattr(booking, name))

    return value


def who(booking: Booking) -> str:
    """The person; of a seat that is only held why it is."""
    return personal("person")(booking) or state_of(booking)


def hosts_of(slot: Slot) -> str:
    """The names of those who sit at a time."""
    return ", ".join(sorted(host.name for host in slot.hosts.all()))


def language_of(row: Any) -> str:
    """The row's language by its name in the user's."""
    try:
        return str(get_language_info(row.language)["name_translated"])
    except KeyError:
        return str(row.language)


def moment_of(row: Any, name: str) -> str:
    """A moment of a row in its academy's zone, in words; a dash where there is none."""
    moment: datetime | None = getattr(row, name)
    return dates.moment(row.series.academy.local(moment)) if moment else "–"


def attendance_of(booking: Booking) -> str:
    """Whether whoever booked came; a dash where nobody has said."""
    return capfirst(booking.get_attendance_display()) if booking.attendance else "–"


def line_of(waiting: Waiting) -> str:
    """The place in line of those who wait: 1 is next."""
    return str(getattr(waiting, "line", "")) if waiting.state == WaitingState.WAITING else "–"


def _local(row: Any, name: str) -> datetime | None:
    """The moment as the academy's clocks show it, which is how spreadsheets can hold it."""
    moment: datetime | None = getattr(row, name)
    return row.series.academy.local(moment).replace(tzinfo=None, microsecond=0) if moment else None


def _times(slot: Slot) -> dict[str, Any]:
    academy = slot.series.academy
    return {
        "when": slot.when(),
        "starts": _local(slot, "starts"),
        "ends": _local(slot, "ends"),
        "zone": f"{academy.time_zone} ({offset(academy.local(slot.starts))})",
        "academy": academy.title,
        "hosts": hosts_of(slot),
        "place": slot.place,
    }


def _of_slot(name: str) -> Callable[[Slot], Any]:
    return lambda slot: _times(slot)[name]


def _of_booking(name: str) -> Callable[[Booking], Any]:
    return lambda booking: _times(booking.slot)[name]


_TIMES = ("when", "starts", "ends", "zone", "academy", "hosts", "place")

BOOKING_COLUMNS = ["reference", "when", "starts", "ends", "zone", "series", "academy", "hosts", "place", "seat",
                   "state", "attendance", "organisation", "person", "email", "language", "note", "booked_at",
                   "cancelled_at"]  # fmt: skip
BOOKING_VALUES: dict[str, Callable[[Any], Any]] = {
    **{name: _of_booking(name) for name in _TIMES},
    **{name: personal(name) for name in ("organisation", "person", "email", "note")},
    "series": lambda booking: booking.said,
    "state": state_of,
    "attendance": lambda booking: capfirst(booking.get_attendance_display()),
    "language": language_of,
    "booked_at": lambda booking: _local(booking, "booked_at"),
    "cancelled_at": lambda booking: _local(booking, "cancelled_at"),
}

SLOT_COLUMNS = [*_TIMES[:4], "series", *_TIMES[4:], "seats", "booked", "free", "state", "cancelled_at"]
SLOT_VALUES: dict[str, Callable[[Any], Any]] = {
    **{name: _of_slot(name) for name in _TIMES},
    "series": lambda slot: slot.said,
    "free": lambda slot: free_seats(slot.seats, slot.booked) if slot.is_coming else 0,
    "state": lambda slot: capfirst(slot.state),
    "cancelled_at": lambda slot: _local(slot, "cancelled_at"),
}

WAITING_COLUMNS = ["reference", "series", "academy", "organisation", "person", "email", "language", "joined_at",
                   "state", "day", "line", "note"]  # fmt: skip
WAITING_VALUES: dict[str, Callable[[Any], Any]] = {
    "series": lambda waiting: waiting.said,
    "academy": lambda waiting: waiting.series.academy.title,
    "language": language_of,
    "joined_at": lambda waiting: _local(waiting, "joined_at"),
    "state": lambda waiting: capfirst(waiting.get_state_display()),
    "line": line_of,
}
