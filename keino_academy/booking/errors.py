"""Why something about a booking could not be done, in words for whoever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from keino_academy.booking.models import Booking, Waiting


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


class HoldOverError(SlotError):
    """The time was kept for a while, which is over, and somebody else has it."""

    message = _(
        "Choose another time. This one was kept for you for a while, and then somebody else booked it. "
        "What you wrote is kept."
    )


class HostBusyError(SlotError):
    """A host sits elsewhere at this time."""

    message = _("Choose another time. The host is not free at this one any more.")


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

    message = _("You have a time already. Move it if you want another one.")

    def __init__(self, booking: Booking) -> None:
        super().__init__()
        self.booking = booking


class AlreadyWaitingError(BookingError):
    """The holder is in the waiting list: ``waiting``."""

    message = _("You are in the waiting list already.")

    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        self.waiting = waiting


class NoWaitingListError(BookingError):
    """The series keeps no waiting list."""

    message = _("There is no waiting list. Write to the organiser if you need a time.")


class NotBookedError(BookingError):
    """The booking is not live any more."""

    message = _("The booking is cancelled already. Book a new time.")


class OfferOverError(BookingError):
    """The offer from the waiting list has run out, or was answered."""

    message = _("The offer is not valid any more. Join the waiting list again if you need a time.")


class HoldExtendedError(BookingError):
    """The hold was extended once before."""

    message = _("The time was kept longer once already.")


class ChangeClosedError(BookingError):
    """It is too late for the booker to move or cancel."""

    message = _("The time is so near that it can't be moved or cancelled here. Write to the organiser.")


class SeatsTakenError(BookingError):
    """The slot can't have so few seats."""

    message = _("More seats are booked. Cancel bookings first, or leave more seats.")


class HostTwiceError(BookingError):
    """A host would sit in two times at once. ``when`` is the other time, as people say it."""

    message = _("A host sits in another time at that hour, %(when)s. Choose another hour or another host.")

    def __init__(self, when: str) -> None:
        super().__init__()
        self.when = when

    def __str__(self) -> str:
        return str(self.message) % {"when": self.when}


class BatchBookedError(BookingError):
    """Times that were made together can't be taken away together, since some are booked."""

    message = _("Nothing was taken away, since somebody booked one of the times.")
