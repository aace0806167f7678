"""The waiting list of a series: joining, leaving, and passing free times on."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from keino_academy.booking import waiting_mails
from keino_academy.booking.actions.holding import existing_of
from keino_academy.booking.actions.queueing import queued, touched
from keino_academy.booking.actions.seating import end_hold, give_up, promote, refuse_series, run_out, same
from keino_academy.booking.contention import alone
from keino_academy.booking.enums import WAITS, BookingState, WaitingState
from keino_academy.booking.errors import (
    AlreadyBookedError,
    AlreadyWaitingError,
    NoWaitingListError,
    OfferOverError,
    SlotCancelledError,
)
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, Slot, SlotSeries, Waiting
from keino_academy.booking.queries import with_booked
from keino_academy.core import clock
from keino_academy.core.due import due


def join(
    series: SlotSeries,
    holder: Holder,
    *,
    nonce: str,
    language: str,
    note: str = "",
    day: date | None = None,
) -> Waiting:
    """Take a place at the end of the list; the same nonce gives the same place.

    ``day`` limits it to the times of one day. Raises a
    :class:`keino_academy.booking.errors.BookingError` when nothing was written.
    """
    waiting = alone(lambda: _join(series.pk, holder, nonce, language, note, day))
    # A time may have become free while the list was being joined: nobody else would notice.
    pass_on(series)
    return waiting


def leave(waiting: Waiting) -> Waiting:
    """Leave the list; a time that was offered goes to the next."""
    place = Waiting.objects.filter(pk=waiting.pk, state=WaitingState.WAITING)
    # A time may be offered in the very moment in which somebody leaves.
    while not alone(lambda: place.update(state=WaitingState.LEFT)):
        offers = list(waiting.offers.filter(state=BookingState.HELD))
        if not offers:
            break
        for offer in offers:
            alone(lambda offer=offer: _give_back(offer))  # type: ignore[misc]
    waiting.refresh_from_db()
    return waiting


def pass_offer(booking: Booking) -> Booking:
    """Turn down the time that is offered and keep the place; it is not offered again.

    Raises :class:`OfferOverError` when it is not offered any more.
    """
    booking = alone(lambda: _pass_offer(booking))
    # Another time may be free that this place was not offered while it had the first one.
    pass_on(booking.series)
    return booking


@transaction.atomic
def send_place_again(waiting: Waiting) -> None:
    """Mail the link of the place in the list to its own address."""
    waiting_mails.tell_waiting(waiting)


def pass_on(series: SlotSeries | None = None) -> int:
    """End holds that ran out and offer free times to those who wait; the number of slots looked at.

    Safe to run at any time: it is also what mends things after a process died.
    """
    _strike_out(series)
    waits, looked_at = _who_waits(series), 0
    over = _run_out(series)
    slots = {slot.pk: slot for slot in (*over, *(_free(waits) if waits else ()))}
    for slot in sorted(slots.values(), key=lambda slot: (slot.starts, slot.pk)):
        if slot in over or any(_fits(slot, waiting) for waiting in waits):
            # A time that was taken away with its batch meanwhile has nothing to pass on.
            with suppress(SlotCancelledError):
                alone(lambda slot=slot: promote(touched(slot.pk)[slot.pk]))  # type: ignore[misc]
            waits, looked_at = _who_waits(series), looked_at + 1
    return looked_at


@due("booking.waiting_list")
def pass_all_on() -> int:
    """Do that for every series, and forget yesterday's holds, which name nobody."""
    old = {"state": BookingState.EXPIRED, "waiting": None, "person": ""}
    Booking.objects.filter(**old, held_until__lt=clock.now() - timedelta(days=1)).delete()
    return pass_on()


def _join(pk: int, holder: Holder, nonce: str, language: str, text: str, day: date | None) -> Waiting:
    # The series' row is the queue here, so that places are given in the order of asking.
    SlotSeries.objects.filter(pk=pk).update(published=F("published"))
    series = SlotSeries.objects.select_related("academy").get(pk=pk)
    again = Waiting.objects.filter(nonce=nonce).select_related("series__academy").first()
    if again is not None:
        return again
    refuse_series(series)
    if not series.waiting_list:
        raise NoWaitingListError
    _refuse_twice(series, holder)
    waiting = Waiting.objects.create(
        series=series,
        day=day,
        holder=holder.who,
        holder_key=holder.one,
        organisation=holder.organisation,
        person=holder.person,
        email=holder.email,
        language=language,
        note=text,
        nonce=nonce,
        joined_at=clock.now(),
    )
    waiting_mails.tell_waiting(waiting)
    return waiting


def _refuse_twice(series: SlotSeries, holder: Holder) -> None:
    existing = existing_of(series, holder)
    if existing is not None:
        raise AlreadyBookedError(existing)
    waits = Waiting.objects.filter(same(holder), series=series, state__in=WAITS)
    waiting = waits.select_related("series__academy").first()
    if waiting is not None:
        raise AlreadyWaitingError(waiting)


def _give_back(offer: Booking) -> None:
    offer, _slots = queued(offer)
    if end_hold(offer, WaitingState.LEFT):
        promote(offer.slot)


def _pass_offer(booking: Booking) -> Booking:
    booking, _slots = queued(booking)
    if booking.state != BookingState.HELD or booking.waiting is None or run_out(booking):
        raise OfferOverError
    give_up(booking)
    return booking


def _run_out(series: SlotSeries | None) -> list[Slot]:
    """Slots with holds that ran out."""
    over = Booking.objects.filter(state=BookingState.HELD, held_until__lte=clock.now())
    over = over.filter(series=series) if series else over
    return list(Slot.objects.filter(pk__in=over.values("slot")))


def _strike_out(series: SlotSeries | None) -> None:
    """Whoever booked in the moment in which they joined waits no more: neither saw the other."""
    theirs = Q(holder_key=OuterRef("holder_key")) | Q(holder=OuterRef("holder"))
    booked = Booking.objects.filter(theirs, series=OuterRef("series"), state=BookingState.BOOKED)
    waits = Waiting.objects.filter(Exists(booked), state=WaitingState.WAITING, series__one_per_holder=True)
    waits = waits.filter(series=series) if series else waits
    if found := list(waits.values_list("pk", flat=True)):
        alone(lambda: waits.filter(pk__in=found).update(state=WaitingState.BOOKED))


def _who_waits(series: SlotSeries | None) -> list[Waiting]:
    waits = Waiting.objects.filter(state=WaitingState.WAITING)
    waits = waits.filter(series=series) if series else waits
    return list(waits.select_related("series__academy").prefetch_related("passed"))


def _free(waits: Sequence[Waiting]) -> list[Slot]:
    """Coming slots with a free seat in the series for which somebody waits."""
    coming = Slot.objects.filter(cancelled_at=None, starts__gt=clock.now())
    wanted: QuerySet[Any] = with_booked(coming.filter(series__in={waiting.series_id for waiting in waits}))
    return list(wanted.filter(booked__lt=F("seats")))


def _fits(slot: Slot, waiting: Waiting) -> bool:
    """Whether the slot may be offered to the place; so nobody queues for slots that nobody wants."""
    day = waiting.series.academy.local(slot.starts).date()
    right = slot.series_id == waiting.series_id and waiting.day in {None, day}
    return right and slot not in waiting.passed.all()
