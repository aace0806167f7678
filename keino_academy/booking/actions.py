"""The one module that writes bookings.

Whoever books, cancels or closes a slot touches its row first. So all who want the same
slot stand in one queue, at every isolation level of PostgreSQL and in both modes of
SQLite, and what is counted afterwards is true until the end of the transaction. Partial
unique indexes on (slot, seat) and (series, holder) hold the same once more.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q, QuerySet

from keino_academy.booking import mails
from keino_academy.booking.contention import alone, alone_or_inside
from keino_academy.booking.enums import BookingState
from keino_academy.booking.errors import (
    AlreadyBookedError,
    ChangeClosedError,
    SeatsTakenError,
    SlotCancelledError,
    SlotFullError,
    SlotPastError,
    WindowClosedError,
    WindowNotOpenError,
)
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import BookableSession, Booking, Host, SeriesFacts, Slot, SlotSeries
from keino_academy.booking.queries import live, window_of
from keino_academy.booking.seats import lowest_free
from keino_academy.booking.signals import booking_cancelled, booking_made
from keino_academy.booking.windows import WindowState, change_until
from keino_academy.core import clock
from keino_academy.core.fields import new_secret

#: What a booker is told of when it changes.
_TOLD = ("starts", "ends", "place", "join_link")


def book(slot: Slot, holder: Holder, *, nonce: str, language: str, note: str = "") -> Booking:
    """Book a seat of the slot; the same nonce gives the same booking, whatever happened since.

    ``holder.key`` may be empty: then the e-mail tells one person from another. Runs in a
    transaction of its own, so never inside another. Raises a
    :class:`keino_academy.booking.errors.BookingError` when it wrote nothing.
    """
    return alone(lambda: _book(slot.pk, holder, nonce, language, note))


def cancel(booking: Booking, *, by_organiser: bool = False) -> Booking:
    """Cancel the booking and tell both sides; a cancelled one stays as it is.

    Raises :class:`ChangeClosedError` when it is too late for its booker.
    """
    return alone_or_inside(lambda: _cancel(booking.pk, booking.slot_id, by_organiser))


def change_slot(slot: Slot, *, hosts: Sequence[Host] | None = None) -> Slot:
    """Save what was changed in the slot; those who booked are told of what concerns them.

    Raises :class:`SeatsTakenError` when fewer seats are left than are booked, :class:`SlotCancelledError`
    when it was cancelled meanwhile.
    """
    return alone_or_inside(lambda: _change_slot(slot, hosts))


def cancel_slot(slot: Slot) -> list[Booking]:
    """Take the slot away; everybody who booked it is told. Returns their bookings."""
    return alone_or_inside(lambda: _cancel_slot(slot.pk))


@transaction.atomic
def send_link_again(booking: Booking) -> None:
    """Mail the booking's link to its own address."""
    mails.tell_link_again(booking)


@transaction.atomic
def correct_bookers_address(holder: str, old: str, new: str) -> int:
    """Give coming bookings of a holder that were made from one address another, which is invited.

    Their links change, since the old ones may have gone to a stranger. Returns how many there were.
    """
    bookings = Booking.objects.select_for_update(of=("self",)).select_related("slot", "series__academy")
    coming = {"state": BookingState.BOOKED, "slot__ends__gt": clock.now()}
    found = list(bookings.filter(holder=holder, email__iexact=old, **coming).order_by("pk"))
    for booking in found:
        booking.email, booking.secret = new, new_secret()
        booking.sequence += 1
        booking.save(update_fields=["email", "secret", "sequence"])
        mails.tell_invited(booking)
    return len(found)


def add_slots(slots: Sequence[Slot], hosts: Sequence[Host] = ()) -> int:
    """Add the slots of one series that aren't there yet, all or none; returns how many."""
    if not slots:
        return 0
    return alone_or_inside(lambda: _add_slots(slots, hosts))


@transaction.atomic
def write_series(session: BookableSession) -> SlotSeries | None:
    """Write what the source session says into its series; translations change nothing."""
    family = type(session)._default_manager.filter(translation_key=session.translation_key)
    if family.order_by("pk").values_list("pk", flat=True).first() != session.pk:
        return None
    facts = {field.name: getattr(session, field.name) for field in SeriesFacts._meta.local_fields}
    series, _created = SlotSeries.objects.update_or_create(
        translation_key=session.translation_key,
        defaults={**facts, "title": session.title, "published": session.live},
    )
    return series


def _book(slot_pk: int, holder: Holder, nonce: str, language: str, note: str) -> Booking:
    slot = _touched(slot_pk)
    again = Booking.objects.filter(nonce=nonce).select_related("slot", "series__academy").first()
    if again is not None:
        return again
    who = holder.key or f"email:{holder.email.strip().lower()}"
    key = who if slot.series.one_per_holder else f"booking:{nonce}"
    _expire_holds(slot, key)
    _refuse(slot, key)
    seat = lowest_free(slot.seats, set(_live_of(slot).values_list("seat", flat=True)))
    if seat is None:
        raise SlotFullError
    booking = Booking.objects.create(
        slot=slot,
        series=slot.series,
        seat=seat,
        holder=who,
        holder_key=key,
        organisation=holder.organisation,
        person=holder.person,
        email=holder.email,
        language=language,
        note=note,
        uid=str(uuid.uuid4()),
        nonce=nonce,
        booked_at=clock.now(),
    )
    mails.tell_booked(booking)
    booking_made.send(sender=Booking, booking=booking)
    return booking


def _touched(slot_pk: int) -> Slot:
    """Queue up for the slot, then read it: what is read holds until the transaction ends."""
    Slot.objects.filter(pk=slot_pk).update(lock_version=F("lock_version") + 1)
    return Slot.objects.select_related("series__academy").get(pk=slot_pk)


def _live_of(slot: Slot) -> QuerySet[Booking]:
    return Booking.objects.filter(live(), slot=slot)


def _expire_holds(slot: Slot, key: str) -> None:
    """End run-out holds that stand in the way: an index can't know the time."""
    here = Q(slot=slot) | Q(series=slot.series, holder_key=key)
    over = Booking.objects.filter(here, state=BookingState.HELD, held_until__lte=clock.now())
    over.update(state=BookingState.EXPIRED)


def _refuse(slot: Slot, key: str) -> None:
    """Raise why the slot can't be booked at all, or by this holder."""
    booked = Booking.objects.filter(live(), series=slot.series, holder_key=key)
    existing = booked.select_related("slot", "series__academy").first()
    if existing is not None:
        raise AlreadyBookedError(existing)
    window = window_of(slot.series).state(clock.now())
    if window is WindowState.NOT_YET:
        raise WindowNotOpenError
    if window is WindowState.CLOSED or not slot.series.published:
        raise WindowClosedError
    if slot.cancelled_at is not None:
        raise SlotCancelledError
    if slot.starts <= clock.now():
        raise SlotPastError


def _cancel(pk: int, slot_pk: int, by_organiser: bool) -> Booking:
    slot = _touched(slot_pk)
    booking = Booking.objects.select_related("slot", "series__academy").get(pk=pk)
    if booking.state not in {BookingState.BOOKED, BookingState.HELD}:
        return booking
    if not by_organiser and clock.now() >= change_until(slot.starts, booking.series.change_until_hours):
        raise ChangeClosedError
    was_booked = booking.state == BookingState.BOOKED
    _end(booking, by_organiser)
    if was_booked:
        mails.tell_cancelled(booking)
    return booking


def _change_slot(slot: Slot, hosts: Sequence[Host] | None) -> Slot:
    before = _touched(slot.pk)
    if before.cancelled_at is not None:
        raise SlotCancelledError
    booked = list(_live_of(before).select_related("slot", "series__academy").order_by("seat"))
    if any(booking.seat > slot.seats for booking in booked):
        raise SeatsTakenError
    slot.save(update_fields=[*_TOLD, "seats"])
    if hosts is not None:
        slot.hosts.set(hosts)
    if any(getattr(before, name) != getattr(slot, name) for name in _TOLD):
        for booking in booked:
            booking.slot = slot
            booking.sequence += 1
            booking.save(update_fields=["sequence"])
            mails.tell_changed(booking)
    return slot


def _cancel_slot(slot_pk: int) -> list[Booking]:
    slot = _touched(slot_pk)
    if slot.cancelled_at is not None:
        return []
    slot.cancelled_at = clock.now()
    slot.save(update_fields=["cancelled_at"])
    found = list(_live_of(slot).select_related("slot", "series__academy").order_by("seat"))
    for booking in found:
        _end(booking, by_organiser=True)
        mails.tell_slot_cancelled(booking)
    return found


def _end(booking: Booking, by_organiser: bool) -> None:
    booking.state = BookingState.CANCELLED
    booking.cancelled_at = clock.now()
    booking.cancelled_by_organiser = by_organiser
    booking.sequence += 1
    booking.save(update_fields=["state", "cancelled_at", "cancelled_by_organiser", "sequence"])
    booking_cancelled.send(sender=Booking, booking=booking)


def _add_slots(slots: Sequence[Slot], hosts: Sequence[Host]) -> int:
    """The series' row is the queue here, so that the same form sent twice adds once."""
    series = slots[0].series
    SlotSeries.objects.filter(pk=series.pk).update(published=F("published"))
    who = frozenset(host.pk for host in hosts)
    times = {slot.starts for slot in slots}
    old = Slot.objects.filter(
        series=series, cancelled_at=None, starts__gte=min(times), starts__lte=max(times)
    )
    there = {
        slot.starts
        for slot in old.prefetch_related("hosts")
        if who == frozenset(host.pk for host in slot.hosts.all())
    }
    made = Slot.objects.bulk_create(slot for slot in slots if slot.starts not in there)
    through = Slot.hosts.through
    through.objects.bulk_create(through(slot_id=slot.pk, host_id=host) for slot in made for host in who)
    return len(made)
