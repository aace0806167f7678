"""Making many times together, and taking them away together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from keino_academy.booking.actions.hosting import Sitting
from keino_academy.booking.actions.queueing import touched
from keino_academy.booking.actions.seating import expire
from keino_academy.booking.actions.slots import insert, missing
from keino_academy.booking.contention import alone_or_inside
from keino_academy.booking.enums import BookingState
from keino_academy.booking.errors import BatchBookedError
from keino_academy.booking.models import Booking, Slot, SlotBatch
from keino_academy.booking.queries import live
from keino_academy.core import clock


@dataclass(frozen=True)
class Made:
    """How many times were made, in which batch, and how many were there already."""

    batch: SlotBatch | None
    made: int
    there: int


@dataclass(frozen=True)
class TakenAway:
    """How many times were deleted, and how many only cancelled since somebody had booked them once."""

    deleted: int
    cancelled: int


def make_batch(sittings: Collection[Sitting], *, by: Any) -> Made:
    """Make the times of one series that aren't there yet, all or none, as one batch of the user ``by``.

    Raises :class:`HostTwiceError`, and makes none, when a host would sit in two at once.
    """
    if not sittings:
        return Made(None, 0, 0)
    return alone_or_inside(lambda: _make_batch(sittings, by))


def take_away(batch: SlotBatch) -> TakenAway:
    """Take away all times of the batch, or none; what was taken away stays so.

    A time that nobody ever booked is deleted, one whose bookings have ended is cancelled, since
    they point to it. Raises :class:`BatchBookedError` when a time is booked, offered or held.
    """
    return alone_or_inside(lambda: _take_away(batch.pk))


def _make_batch(sittings: Collection[Sitting], by: Any) -> Made:
    new = missing(sittings)
    if not new:
        return Made(None, 0, len(sittings))
    series = new[0][0].series
    batch = SlotBatch.objects.create(series=series, made_by=by, made_at=clock.now())
    for slot, _who in new:
        slot.batch = batch
    insert(new)
    return Made(batch, len(new), len(sittings) - len(new))


def _take_away(pk: int) -> TakenAway:
    if not SlotBatch.objects.filter(pk=pk, undone_at=None).update(undone_at=clock.now()):
        return TakenAway(0, 0)
    own = Slot.objects.filter(batch=pk)
    slots = touched(*own.values_list("pk", flat=True))
    if Booking.objects.filter(live(), slot__batch=pk).exists():
        raise BatchBookedError
    for slot in own.filter(bookings__state=BookingState.HELD).distinct():
        expire(slots[slot.pk])
    known = Booking.objects.filter(slot=OuterRef("pk"))
    cancelled = own.filter(Exists(known), cancelled_at=None).update(cancelled_at=clock.now())
    _all, by_table = own.filter(~Exists(known)).delete()
    return TakenAway(by_table.get(Slot._meta.label, 0), cancelled)
