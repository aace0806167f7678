"""What is done with seats of a slot that is touched: counting, giving, freeing, offering."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from keino_academy.booking import waiting_mails
from keino_academy.booking.enums import LIVE, BookingState, StepKind, WaitingState
from keino_academy.booking.errors import (
    HostBusyError,
    SlotCancelledError,
    SlotFullError,
    SlotPastError,
    WindowClosedError,
    WindowNotOpenError,
)
from keino_academy.booking.holders import Holder
from keino_academy.booking.host_queries import hosts_busy
from keino_academy.booking.models import Booking, BookingStep, Slot, SlotSeries, Waiting
from keino_academy.booking.queries import live, window_of
from keino_academy.booking.seats import lowest_free
from keino_academy.booking.windows import WindowState
from keino_academy.core import clock


def live_of(slot: Slot) -> QuerySet[Booking]:
    """The bookings that take a seat of the slot."""
    return Booking.objects.filter(live(), slot=slot)


def take_seat(slot: Slot, holder: Holder | None = None) -> int:
    """The lowest seat that is free when those who wait have been offered theirs; raises :class:`SlotFullError`.

    A holder who waits themselves, and books now, is left the seat that their turn gives them.
    """
    seat = lowest_free(slot.seats, promote(slot, holder))
    if seat is None:
        raise SlotFullError
    return seat


def same(holder: Holder) -> Q:
    """What belongs to the holder, or to whom they share one booking with."""
    return Q(holder_key=holder.one) | Q(holder=holder.who)


def refuse_series(series: SlotSeries) -> None:
    """Raise why the series takes no bookings now."""
    state = window_of(series).state(clock.now())
    if state is WindowState.NOT_YET:
        raise WindowNotOpenError
    if state is WindowState.CLOSED or not series.published:
        raise WindowClosedError


def refuse_slot(slot: Slot) -> None:
    """Raise why nobody can have this time."""
    if slot.cancelled_at is not None:
        raise SlotCancelledError
    if slot.starts <= clock.now():
        raise SlotPastError
    if hosts_busy(slot):
        raise HostBusyError


def note(booking: Booking, kind: StepKind) -> None:
    """Note what happened to the booking."""
    BookingStep.objects.create(booking=booking, kind=kind, at=clock.now(), starts=booking.slot.starts)


def changed(booking: Booking, *fields: str) -> None:
    """Save the fields as a new version of the calendar entry."""
    booking.sequence += 1
    booking.changed_at = timezone.now()
    booking.save(update_fields=[*fields, "sequence", "changed_at"])


def expire(slot: Slot) -> set[int]:
    """End the slot's holds that have run out: an index can't know the time. Returns the seats still taken."""
    here = Booking.objects.filter(slot=slot, state__in=LIVE).order_by("seat")
    rows = list(here.values_list("seat", "state", "held_until"))
    now = clock.now()
    over = {seat for seat, state, until in rows if state == BookingState.HELD and until and until <= now}
    for booking in here.filter(seat__in=over).select_related("waiting") if over else ():
        booking.slot, booking.series = slot, slot.series
        if end_hold(booking, WaitingState.LAPSED) and booking.waiting:
            waiting_mails.tell_offer_over(booking)
    return {seat for seat, _state, _until in rows} - over


def run_out(booking: Booking) -> bool:
    """Whether it is a hold whose time is over."""
    over = booking.held_until is not None and booking.held_until <= clock.now()
    return booking.state == BookingState.HELD and over


def end_hold(booking: Booking, waiting: WaitingState = WaitingState.WAITING) -> bool:
    """Free the seat of a hold; a place in the waiting list that was offered it gets the state.

    False, and nothing is done, when somebody ended or booked it first.
    """
    held = Booking.objects.filter(pk=booking.pk, state=BookingState.HELD)
    if not held.update(state=BookingState.EXPIRED):
        return False
    booking.state = BookingState.EXPIRED
    if booking.waiting:
        Waiting.objects.filter(pk=booking.waiting.pk, state=WaitingState.OFFERED).update(state=waiting)
        booking.waiting.state = waiting
    return True


def give_up(booking: Booking) -> None:
    """End a hold by its holder's wish; a time that was offered isn't offered to them again."""
    if end_hold(booking):
        if booking.waiting:
            booking.waiting.passed.add(booking.slot)
        promote(booking.slot)


def promote(slot: Slot, booker: Holder | None = None) -> set[int]:
    """Offer the slot's free seats to those who wait, first come first served.

    Whoever takes or frees a seat asks for it. Holds that ran out end first: else a dead one
    would block the seat that it had. Returns the seats that are taken then. One whose turn
    is that of ``booker`` stays free: they are booking it, and need no offer.
    """
    taken = expire(slot)
    kept: set[int] = set()
    if lowest_free(slot.seats, taken) is None or not _can_be_offered(slot):
        return taken
    while (seat := lowest_free(slot.seats, taken | kept)) is not None:
        waiting = _next(slot)
        if waiting is None:
            break
        if booker and (waiting.holder_key == booker.one or waiting.holder == booker.who):
            kept.add(seat)
            continue
        _offer(slot, seat, waiting)
        taken.add(seat)
    return taken


def _can_be_offered(slot: Slot) -> bool:
    series = slot.series
    if not (series.published and series.waiting_list):
        return False
    if slot.cancelled_at is not None or slot.starts <= clock.now():
        return False
    # Nobody waits, most of the time, and that is asked quickly.
    waits = Waiting.objects.filter(series=slot.series_id, state=WaitingState.WAITING)
    return waits.exists() and not hosts_busy(slot)


def _waiting_for(slot: Slot) -> QuerySet[Waiting]:
    """Those whom the slot fits, in order; nobody whose seat in the series another one would double."""
    day = slot.series.academy.local(slot.starts).date()
    waits = Waiting.objects.filter(Q(day=None) | Q(day=day), series=slot.series, state=WaitingState.WAITING)
    doubled = Booking.objects.filter(
        state__in=LIVE, series=OuterRef("series"), holder_key=OuterRef("holder_key")
    )
    return waits.exclude(passed=slot).exclude(Exists(doubled)).order_by("pk")


def _next(slot: Slot) -> Waiting | None:
    """Claim the first who waits: two slots that become free at once never offer to the same one."""
    for pk in list(_waiting_for(slot).values_list("pk", flat=True)):
        claimed = Waiting.objects.filter(pk=pk, state=WaitingState.WAITING)
        if claimed.update(state=WaitingState.OFFERED):
            return Waiting.objects.get(pk=pk)
    return None


def _offer(slot: Slot, seat: int, waiting: Waiting) -> None:
    booking = Booking.objects.create(
        slot=slot,
        series=slot.series,
        seat=seat,
        state=BookingState.HELD,
        held_until=min(clock.now() + timedelta(hours=slot.series.offer_hours), slot.starts),
        waiting=waiting,
        holder=waiting.holder,
        holder_key=waiting.holder_key,
        organisation=waiting.organisation,
        person=waiting.person,
        email=waiting.email,
        language=waiting.language,
        note=waiting.note,
        uid=str(uuid.uuid4()),
        nonce=f"offer:{uuid.uuid4().hex}",
    )
    waiting_mails.tell_offered(booking)
