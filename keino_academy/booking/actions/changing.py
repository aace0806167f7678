"""Moving and cancelling what was booked, and saying who came."""

from __future__ import annotations

from django.db import transaction

from keino_academy.booking import mails, waiting_mails
from keino_academy.booking.actions.feeds import end_feeds
from keino_academy.booking.actions.queueing import queued, touched
from keino_academy.booking.actions.seating import (
    changed,
    give_up,
    note,
    promote,
    refuse_slot,
    take_seat,
)
from keino_academy.booking.contention import alone_or_inside
from keino_academy.booking.enums import WAITS, Attendance, BookingState, StepKind
from keino_academy.booking.errors import ChangeClosedError, NotBookedError, WindowClosedError
from keino_academy.booking.models import Booking, Slot, Waiting
from keino_academy.booking.signals import booking_cancelled, booking_moved
from keino_academy.booking.windows import change_until
from keino_academy.core import clock
from keino_academy.core.fields import new_secret
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import withdraw


def move(booking: Booking, slot: Slot, *, by_organiser: bool = False) -> Booking:
    """Move the booking to another time of its series, and tell both sides.

    It keeps its links and its calendar entry, whose SEQUENCE rises. Moving is not bound to
    the days on which new times are booked, only to the limit before the old time. Raises a
    :class:`keino_academy.booking.errors.BookingError` when it stays where it is.
    """
    return alone_or_inside(lambda: _move(booking, slot.pk, by_organiser))


def cancel(booking: Booking, *, by_organiser: bool = False) -> Booking:
    """Cancel the booking and tell both sides; a cancelled one stays as it is.

    Raises :class:`ChangeClosedError` when it is too late for its booker.
    """
    return alone_or_inside(lambda: _cancel(booking, by_organiser))


@transaction.atomic
def mark(booking: Booking, attendance: Attendance | str) -> Booking:
    """Note whether those who booked came; an empty word takes it back. Nobody is told.

    Raises :class:`NotBookedError` when the booking is not valid.
    """
    booked = Booking.objects.filter(pk=booking.pk, state=BookingState.BOOKED)
    if not booked.update(attendance=attendance):
        raise NotBookedError
    booking.attendance = attendance
    return booking


@transaction.atomic
def send_link_again(booking: Booking) -> None:
    """Mail the booking's link to its own address."""
    mails.tell_link_again(booking)


@transaction.atomic
def correct_bookers_address(holder: str, old: str, new: str) -> int:
    """Give coming bookings of a holder that were made from one address another, which is invited.

    Their links change, since the old ones may have gone to a stranger; so do those of places
    in waiting lists, and calendars of the holder end. Returns how many bookings there were.
    """
    end_feeds(holder)
    bookings = Booking.objects.select_for_update(of=("self",)).select_related("slot", "series__academy")
    coming = {"state": BookingState.BOOKED, "slot__ends__gt": clock.now()}
    theirs = bookings.filter(holder=holder, email__iexact=old, **coming).order_by("pk")
    # As whoever moves them does: else both would give the same SEQUENCE to two different entries.
    touched(*theirs.values_list("slot_id", flat=True))
    found = list(theirs)
    for booking in found:
        booking.email, booking.secret = new, new_secret()
        changed(booking, "email", "secret")
        take_back_reminders(booking)
        mails.tell_invited(booking)
    for waiting in Waiting.objects.filter(holder=holder, email__iexact=old, state__in=WAITS):
        waiting.email, waiting.secret = new, new_secret()
        waiting.save(update_fields=["email", "secret"])
        waiting.offers.filter(state=BookingState.HELD).update(email=new)
        waiting_mails.tell_waiting(waiting)
    return len(found)


def _move(booking: Booking, slot_pk: int, by_organiser: bool) -> Booking:
    booking, slots = queued(booking, slot_pk)
    slot = slots[slot_pk]
    if booking.state != BookingState.BOOKED:
        raise NotBookedError
    if booking.slot_id == slot_pk:
        return booking
    if slot.series_id != booking.series_id:
        raise ValueError("A booking moves within its series")
    _refuse_late(booking, by_organiser)
    if not slot.series.published:
        raise WindowClosedError
    refuse_slot(slot)
    seat, left = take_seat(slot), booking.slot
    note(booking, StepKind.MOVED_BY_ORGANISER if by_organiser else StepKind.MOVED)
    # What was noted of who came belongs to the time that it leaves.
    booking.slot, booking.seat, booking.attendance = slot, seat, ""
    changed(booking, "slot", "seat", "attendance")
    promote(left)
    take_back_reminders(booking)
    mails.tell_moved(booking, left, by_organiser=by_organiser)
    booking_moved.send(sender=Booking, booking=booking, left=left)
    return booking


def _cancel(booking: Booking, by_organiser: bool) -> Booking:
    booking, _slots = queued(booking)
    give_up(booking)
    if booking.state != BookingState.BOOKED:
        return booking
    _refuse_late(booking, by_organiser)
    end_booking(booking, by_organiser=by_organiser)
    promote(booking.slot)
    mails.tell_cancelled(booking)
    return booking


def end_booking(booking: Booking, *, by_organiser: bool) -> None:
    """Cancel a booking whose slot is touched; whoever calls tells the booker."""
    booking.state = BookingState.CANCELLED
    booking.cancelled_at = clock.now()
    booking.cancelled_by_organiser = by_organiser
    changed(booking, "state", "cancelled_at", "cancelled_by_organiser")
    note(booking, StepKind.CANCELLED_BY_ORGANISER if by_organiser else StepKind.CANCELLED)
    take_back_reminders(booking)
    booking_cancelled.send(sender=Booking, booking=booking)


def _refuse_late(booking: Booking, by_organiser: bool) -> None:
    until = change_until(booking.slot.starts, booking.series.change_until_hours)
    if not by_organiser and clock.now() >= until:
        raise ChangeClosedError


def take_back_reminders(booking: Booking) -> None:
    """No reminder goes out of what is not true any more."""
    withdraw(OutboxMail.objects.filter(about=f"booking:{booking.pk}", kind__startswith="booking/reminder"))
