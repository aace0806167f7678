"""Why something about a booking could not be done, in words for whoever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from keino_academy.booking.models import Booking


class BookingError(Exception):
    """Nothing was written. ``message`` says what to do, in the active language."""

    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)


class SlotError(BookingError):
    """This time can't be booked, but another one may be."""


class SlotFullError(SlotError):
    """No seat is left."""

    message = _("Choose another time. This one was just booked.")


class SlotCancelledError(SlotError):
    """The organiser took the time away."""

    message = _("Choose another time. The organiser cancelled this one.")


class SlotPastError(SlotError):
    """The time has begun."""

    message = _("Choose another time. This one has begun already.")


class WindowNotOpenError(BookingError):
    """The series takes no bookings yet."""

    message = _("Booking has not opened yet. Come back when it opens.")


class WindowClosedError(BookingError):
    """The series takes no bookings any more."""

    message = _("Booking has closed. Write to the organiser if you need a time.")


class AlreadyBookedError(BookingError):
    """The holder has a time in this series: ``booking``."""

    message = _("You have a time already. Cancel it first if you want another one.")

    def __init__(self, booking: Booking) -> None:
        super().__init__()
        self.booking = booking


class ChangeClosedError(BookingError):
    """It is too late for the booker to cancel."""

    message = _("The time is so near that it can't be cancelled here. Write to the organiser.")


class SeatsTakenError(BookingError):
    """The slot can't have so few seats."""

    message = _("More seats are booked. Cancel bookings first, or leave more seats.")
