"""Standing in the queue of a slot.

Whoever holds, books, moves, cancels or closes a slot touches its row first. So all who want
the same slot stand in one queue, at every isolation level of PostgreSQL and in both modes
of SQLite, and what is counted afterwards is true until the end of the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from keino_academy.booking.errors import SlotCancelledError
from keino_academy.booking.models import Booking, Slot


def touched(*pks: int) -> dict[int, Slot]:
    """Queue up for the slots, always in the order of their keys, then read them.

    Raises :class:`SlotCancelledError` when one was deleted with its batch meanwhile.
    """
    for pk in sorted(set(pks)):
        if not Slot.objects.filter(pk=pk).update(lock_version=F("lock_version") + 1):
            raise SlotCancelledError
    return Slot.objects.select_related("series__academy").in_bulk(set(pks))


def queued(booking: Booking, *more: int) -> tuple[Booking, dict[int, Slot]]:
    """The booking as it is now, with its slot and others touched; one that was just moved is followed.

    Where it was when the caller read it is only a hint: so the first statement writes, and no
    transaction begins with a look at what is old when its turn comes.
    """
    at = booking.slot_id
    while True:
        slots = touched(at, *more)
        found = Booking.objects.select_related("waiting").get(pk=booking.pk)
        if found.slot_id in slots:
            found.slot = slots[found.slot_id]
            found.series = found.slot.series
            return found, slots
        at = found.slot_id


def queue_too(bookings: Iterable[Booking], slots: dict[int, Slot]) -> bool:
    """Queue up for the bookings' slots as well; whether any was new, so that all must be read again."""
    new = {booking.slot_id for booking in bookings} - slots.keys()
    slots.update(touched(*new) if new else {})
    return bool(new)
