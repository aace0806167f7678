"""Holding a time while a form is filled in, and booking it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from keino_academy.booking import mails
from keino_academy.booking.actions.queueing import queue_too, queued, touched
from keino_academy.booking.actions.seating import (
    end_hold,
    give_up,
    note,
    promote,
    refuse_series,
    refuse_slot,
    run_out,
    same,
    take_seat,
)
from keino_academy.booking.contention import alone
from keino_academy.booking.enums import LIVE, WAITS, BookingState, StepKind, WaitingState
from keino_academy.booking.errors import (
    AlreadyBookedError,
    HoldExtendedError,
    HoldOverError,
    NotBookedError,
    SlotFullError,
)
from keino_academy.booking.holders import Holder, visitor_key
from keino_academy.booking.models import Booking, Slot, SlotSeries, Waiting
from keino_academy.booking.signals import booking_made
from keino_academy.conf import academy_settings
from keino_academy.core import clock


def hold(slot: Slot, visitor: str, *, holder: Holder | None = None, nonce: str, language: str) -> Booking:
    """Keep a seat for a visitor while they fill in the form; they keep one of a series at a time.

    ``visitor`` is any secret that tells one browser from another. The same nonce, and the
    same visitor's wish for the same slot, give the same hold. Runs in a transaction of its
    own. Raises a :class:`keino_academy.booking.errors.BookingError` when nothing is kept.
    """
    key = visitor_key(visitor)
    near = list(_own(slot, key, nonce).values_list("slot_id", flat=True))
    return alone(lambda: _hold(slot.pk, near, key, holder, nonce, language))


def extend_hold(booking: Booking) -> Booking:
    """Keep the seat as long once more, from now on; once.

    Raises :class:`HoldExtendedError`, and :class:`HoldOverError` when it is kept no more.
    """
    return alone(lambda: _extend(booking))


def release_hold(booking: Booking) -> Booking:
    """Give back a seat that was kept; a booked one stays booked."""
    return alone(lambda: _release(booking))


def confirm(booking: Booking, holder: Holder, *, language: str, note: str = "") -> Booking:
    """Book the seat that was kept or offered; once it is booked it stays as it is.

    A hold that ran out is booked all the same when its seat is still free. Raises a
    :class:`keino_academy.booking.errors.BookingError` when it wrote nothing.
    """
    return alone(lambda: _confirm(booking, holder, language, note))


def book(slot: Slot, holder: Holder, *, nonce: str, language: str, note: str = "") -> Booking:
    """Book a seat at once; the same nonce gives the same booking, whatever happened since.

    ``holder.key`` may be empty: then the organisation, or the e-mail, tells one holder from
    another. Runs in a transaction of its own, so never inside another. Raises a
    :class:`keino_academy.booking.errors.BookingError` when it wrote nothing.
    """
    return alone(lambda: _book(slot.pk, holder, nonce, language, note))


def existing_of(series: SlotSeries, holder: Holder) -> Booking | None:
    """The booking that stands in the way of another by the holder."""
    if not series.one_per_holder:
        return None
    booked = Booking.objects.filter(same(holder), series=series, state=BookingState.BOOKED)
    return booked.select_related("slot", "series__academy").first()


def _own(slot: Slot, key: str, nonce: str) -> QuerySet[Booking]:
    """What the form made before, and what the visitor keeps in the series."""
    kept = Q(series=slot.series_id, holder_key=key, state=BookingState.HELD)
    return Booking.objects.filter(kept | Q(nonce=nonce))


def _hold(
    pk: int, near: Iterable[int], key: str, holder: Holder | None, nonce: str, language: str
) -> Booking:
    slots = touched(pk, *near)
    slot = slots[pk]
    own = _own(slot, key, nonce).select_related("slot", "series__academy")
    while queue_too(found := list(own), slots):
        pass
    again = next((booking for booking in found if booking.nonce == nonce), None)
    if again is not None and _stands(again):
        return again
    refuse_series(slot.series)
    refuse_slot(slot)
    existing = existing_of(slot.series, holder) if holder else None
    if existing is not None:
        raise AlreadyBookedError(existing)
    kept = [booking for booking in found if booking.state == BookingState.HELD]
    here = next((booking for booking in kept if booking.slot_id == pk and not run_out(booking)), None)
    if here is not None:
        return here
    left = {booking.slot_id for booking in kept if end_hold(booking)} - {pk}
    booking = _held(again or Booking(nonce=nonce, uid=str(uuid.uuid4())), slot, key, language)
    for other in sorted(left):
        promote(slots[other])
    return booking


def _held(booking: Booking, slot: Slot, key: str, language: str) -> Booking:
    booking.slot, booking.series, booking.seat = slot, slot.series, take_seat(slot)
    booking.holder = booking.holder_key = key
    booking.state, booking.hold_extended, booking.language = BookingState.HELD, False, language
    booking.held_until = _held_until(slot)
    booking.save()
    return booking


def _held_until(slot: Slot) -> datetime:
    return min(clock.now() + timedelta(seconds=academy_settings.HOLD_SECONDS), slot.starts)


def _stands(booking: Booking) -> bool:
    """Whether it is kept or was booked; what ran out does not stand."""
    return booking.state != BookingState.EXPIRED and not run_out(booking)


def _extend(booking: Booking) -> Booking:
    booking, _slots = queued(booking)
    if booking.state != BookingState.HELD or run_out(booking):
        raise HoldOverError
    if booking.hold_extended or booking.waiting_id:
        raise HoldExtendedError
    booking.hold_extended, booking.held_until = True, _held_until(booking.slot)
    booking.save(update_fields=["hold_extended", "held_until"])
    return booking


def _release(booking: Booking) -> Booking:
    booking, _slots = queued(booking)
    give_up(booking)
    return booking


def _confirm(booking: Booking, holder: Holder, language: str, text: str) -> Booking:
    booking, slots = queued(booking)
    if booking.state == BookingState.BOOKED:
        return booking
    if booking.state == BookingState.CANCELLED:
        raise NotBookedError
    offers = _offers_to(holder, booking.series, slots, booking.waiting_id)
    offers = [offer for offer in offers if offer.pk != booking.pk]
    if _stands(booking):
        refuse_slot(booking.slot)
        _answer(offers)
    else:
        _take_again(booking, holder, offers)
    _booked(booking, holder, language, text)
    _pass_rest_on(booking, offers, slots)
    return booking


def _take_again(booking: Booking, holder: Holder, offers: list[Booking]) -> None:
    """Take a seat for a hold that ran out, if one is left."""
    # Quietly: whoever answers an offer a little late isn't told that it is over, and books.
    end_hold(booking, WaitingState.OFFERED)
    try:
        booking.seat = _take(booking.slot, holder, offers)
    except SlotFullError as error:
        raise HoldOverError from error


def _offers_to(
    holder: Holder, series: SlotSeries, slots: dict[int, Slot], waiting: int | None = None
) -> list[Booking]:
    """What the waiting list offers the holder, or that place in it, with its slots touched.

    Raises :class:`AlreadyBookedError` when they have the one booking that they may have.
    """
    if not series.one_per_holder and waiting is None:
        return []
    whose = same(holder) if series.one_per_holder else Q(waiting=waiting, state=BookingState.HELD)
    theirs = Booking.objects.filter(whose, series=series, state__in=LIVE)
    while queue_too(found := list(theirs.select_related("waiting").order_by("pk")), slots):
        pass
    for booking in found:
        if booking.state == BookingState.BOOKED:
            raise AlreadyBookedError(booking)
    return found


def _take(slot: Slot, holder: Holder, offers: list[Booking]) -> int:
    """The seat that the waiting list offers here, or the lowest free one."""
    refuse_series(slot.series)
    refuse_slot(slot)
    here = [offer.seat for offer in offers if offer.slot_id == slot.pk and not run_out(offer)]
    _answer(offers)
    return here[0] if here else take_seat(slot, holder if slot.series.one_per_holder else None)


def _answer(offers: Iterable[Booking]) -> None:
    """End offers whose holder books: they wait no more."""
    for offer in offers:
        end_hold(offer, WaitingState.BOOKED)


def _pass_rest_on(booking: Booking, offers: Iterable[Booking], slots: dict[int, Slot]) -> None:
    for pk in sorted({offer.slot_id for offer in offers} - {booking.slot_id}):
        promote(slots[pk])


def _booked(booking: Booking, holder: Holder, language: str, text: str) -> None:
    one = booking.series.one_per_holder
    booking.holder, booking.holder_key = holder.who, holder.one if one else f"booking:{booking.nonce}"
    booking.organisation, booking.person, booking.email = holder.organisation, holder.person, holder.email
    booking.language, booking.note = language, text
    booking.state, booking.held_until, booking.booked_at = BookingState.BOOKED, None, clock.now()
    booking.changed_at = timezone.now()
    booking.save()
    # After the booking is written: whoever joins the list meanwhile waits for that row's end.
    answered = Q(pk=booking.waiting_id) if booking.waiting_id else Q(pk__in=[])
    if one:
        answered |= Q(same(holder), series=booking.series_id)
    Waiting.objects.filter(answered, state__in=WAITS).update(state=WaitingState.BOOKED)
    note(booking, StepKind.BOOKED)
    mails.tell_booked(booking)
    booking_made.send(sender=Booking, booking=booking)


def _book(pk: int, holder: Holder, nonce: str, language: str, text: str) -> Booking:
    slots = touched(pk)
    slot = slots[pk]
    again = Booking.objects.filter(nonce=nonce).order_by("pk").first()
    if again is not None:
        return again
    offers = _offers_to(holder, slot.series, slots)
    seat = _take(slot, holder, offers)
    booking = Booking(slot=slot, series=slot.series, seat=seat, nonce=nonce, uid=str(uuid.uuid4()))
    _booked(booking, holder, language, text)
    _pass_rest_on(booking, offers, slots)
    return booking
