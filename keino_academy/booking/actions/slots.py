"""Adding, changing and taking away times."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC

from django.db.models import F

from keino_academy.booking import mails, waiting_mails
from keino_academy.booking.actions.changing import end_booking, take_back_reminders
from keino_academy.booking.actions.hosting import Sitting, queue_for_hosts, refuse_twice
from keino_academy.booking.actions.queueing import touched
from keino_academy.booking.actions.seating import changed, end_hold, expire, live_of, note, promote
from keino_academy.booking.contention import alone_or_inside
from keino_academy.booking.enums import BookingState, StepKind
from keino_academy.booking.errors import SeatsTakenError, SlotCancelledError
from keino_academy.booking.models import Booking, Host, Slot, SlotSeries
from keino_academy.core import clock

#: What a booker is told of when it changes.
_TOLD = ("starts", "ends", "place", "join_link")


def change_slot(slot: Slot, *, hosts: Sequence[Host] | None = None) -> Slot:
    """Save what was changed in the slot; those who booked are told of what concerns them.

    Raises :class:`SeatsTakenError` when fewer seats are left than are booked, :class:`SlotCancelledError`
    when it was cancelled meanwhile, :class:`HostTwiceError` when a host would sit in two times at once.
    """
    return alone_or_inside(lambda: _change_slot(slot, hosts))


def cancel_slot(slot: Slot) -> list[Booking]:
    """Take the slot away; everybody who booked it is told. Returns their bookings."""
    return alone_or_inside(lambda: _cancel_slot(slot.pk))


def add_slots(slots: Sequence[Slot], hosts: Sequence[Host] = ()) -> int:
    """Add the slots of one series that aren't there yet, all or none; returns how many.

    Raises :class:`HostTwiceError` when a host would sit in two times at once.
    """
    if not slots:
        return 0
    return alone_or_inside(lambda: _add_slots(slots, hosts))


def _change_slot(slot: Slot, hosts: Sequence[Host] | None) -> Slot:
    queue_for_hosts(host.pk for host in (slot.hosts.all() if hosts is None else hosts))
    before = touched(slot.pk)[slot.pk]
    if before.cancelled_at is not None:
        raise SlotCancelledError
    _refuse_twice_anew(before, slot, hosts)
    expire(before)
    taken = list(live_of(before).select_related("slot", "series__academy", "waiting").order_by("seat"))
    if any(booking.seat > slot.seats for booking in taken):
        raise SeatsTakenError
    slot.save(update_fields=[*_TOLD, "seats"])
    if hosts is not None:
        slot.hosts.set(hosts)
    if any(getattr(before, name) != getattr(slot, name) for name in _TOLD):
        for booking in taken:
            _tell_of_change(booking, slot)
    promote(slot)
    return slot


def _refuse_twice_anew(before: Slot, slot: Slot, hosts: Sequence[Host] | None) -> None:
    """Ask only when hour or hosts change: what stood before is no reason against fewer seats."""
    seated = frozenset(before.hosts.values_list("pk", flat=True))
    who = seated if hosts is None else frozenset(host.pk for host in hosts)
    if who != seated or (before.starts, before.ends) != (slot.starts, slot.ends):
        refuse_twice([(slot, who)])


def _tell_of_change(booking: Booking, slot: Slot) -> None:
    if booking.state == BookingState.BOOKED:
        note(booking, StepKind.CHANGED)
        booking.slot = slot
        changed(booking)
        take_back_reminders(booking)
        mails.tell_changed(booking)
    elif booking.waiting:
        booking.slot = slot
        waiting_mails.tell_offered(booking)


def _cancel_slot(pk: int) -> list[Booking]:
    slot = touched(pk)[pk]
    if slot.cancelled_at is not None:
        return []
    slot.cancelled_at = clock.now()
    slot.save(update_fields=["cancelled_at"])
    taken = list(live_of(slot).select_related("slot", "series__academy", "waiting").order_by("seat"))
    for booking in taken:
        if booking.state == BookingState.BOOKED:
            end_booking(booking, by_organiser=True)
            mails.tell_slot_cancelled(booking)
            continue
        end_hold(booking)
        if booking.waiting:
            waiting_mails.tell_offer_withdrawn(booking)
    return [booking for booking in taken if booking.state == BookingState.CANCELLED]


def missing(sittings: Collection[Sitting]) -> list[Sitting]:
    """Those of one series that aren't there yet.

    The series' row is the queue here, so that the same form sent twice adds once; then the
    hosts'. Raises :class:`HostTwiceError` when a host would sit in two at once.
    """
    slots = [slot for slot, _who in sittings]
    for slot in slots:
        # A turn that collided left keys, which may be another's by now.
        slot.pk = None
    series = slots[0].series
    SlotSeries.objects.filter(pk=series.pk).update(published=F("published"))
    queue_for_hosts(host for _slot, who in sittings for host in who)
    times = [slot.starts for slot in slots]
    old = Slot.objects.filter(
        series=series, cancelled_at=None, starts__gte=min(times), starts__lte=max(times)
    )
    there = {
        (slot.starts, frozenset(host.pk for host in slot.hosts.all()))
        for slot in old.prefetch_related("hosts")
    }
    # In UTC, since a time that a clock shows twice equals none of another zone.
    found = [(slot, who) for slot, who in sittings if (slot.starts.astimezone(UTC), who) not in there]
    refuse_twice(found)
    return found


def insert(sittings: Collection[Sitting]) -> list[Slot]:
    """Write new slots of one series with their hosts, and offer them to those who wait."""
    made = Slot.objects.bulk_create(slot for slot, _who in sittings)
    through = Slot.hosts.through
    through._default_manager.bulk_create(
        through(slot_id=slot.pk, host_id=host) for slot, who in sittings for host in who
    )
    if made and made[0].series.waiting.exists():
        for slot in made:
            promote(slot)
    return made


def _add_slots(slots: Sequence[Slot], hosts: Sequence[Host]) -> int:
    who = frozenset(host.pk for host in hosts)
    return len(insert(missing([(slot, who) for slot in slots])))
