"""Reminding of booked times: once for each booking, kind and time, and of nothing that is cancelled.

A reminder's step is its memory; after a move the time is another one, and is reminded of. What
waits in the outbox is taken back by whoever moves or cancels.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from keino_academy.booking import mails
from keino_academy.booking.actions.queueing import queued
from keino_academy.booking.actions.seating import note
from keino_academy.booking.contention import alone
from keino_academy.booking.enums import BookingState, StepKind
from keino_academy.booking.models import Booking, BookingStep, SlotSeries
from keino_academy.booking.reminding import REMINDERS, notice
from keino_academy.core import clock
from keino_academy.core.due import due
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import withdraw

logger = logging.getLogger("keino_academy.booking")

#: Whatever of these happened, the booker was told the time by mail then.
_TOLD = (StepKind.BOOKED, StepKind.MOVED, StepKind.MOVED_BY_ORGANISER, StepKind.CHANGED)


@due("booking.reminders")
def remind() -> int:
    """Write every reminder that is due; how many were written. Safe to run at any time, and several at once.

    One that can't be written stops no other; its error is raised at the end.
    """
    take_back_late()
    written, faults = 0, []
    for booking, kind in list(_to_remind()):
        try:
            written += alone(lambda booking=booking, kind=kind: _remind(booking, kind))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are reminded
            logger.warning("Booking %s could not be reminded: %s", booking.pk, type(error).__name__)
            faults.append(error)
    if faults:
        raise faults[0]
    return written


def take_back_late() -> int:
    """Take back reminders that could not be sent before their time began."""
    waiting = OutboxMail.objects.filter(kind__startswith="booking/reminder", state=OutboxMail.State.WAITING)
    about = {int(about.partition(":")[2]): about for about in waiting.values_list("about", flat=True)}
    if not about:
        return 0
    begun = Booking.objects.filter(pk__in=about, slot__starts__lte=clock.now()).values_list("pk", flat=True)
    return withdraw(waiting.filter(about__in=[about[pk] for pk in begun]))


def _remind(booking: Booking, kind: StepKind) -> int:
    """Remind unless something happened meanwhile: whoever moves or cancels stands in the same queue."""
    booking, _slots = queued(booking)
    series, slot = booking.series, booking.slot
    rule = notice(kind, series.remind_hours, series.remind_soon_minutes)
    known = booking.steps.filter(kind=kind, starts=slot.starts)
    stands = booking.state == BookingState.BOOKED and slot.cancelled_at is None and booking.email
    if rule is None or not stands or known.exists():
        return 0
    told = booking.steps.filter(kind__in=_TOLD).aggregate(at=Max("at"))["at"]
    if told is None or not rule.holds(slot.starts, told, clock.now()):
        return 0
    note(booking, kind)
    mails.tell_reminder(booking, kind)
    return 1


def _to_remind() -> Iterator[tuple[Booking, StepKind]]:
    """Bookings that look due, and of which reminder; each is looked at once more in its transaction."""
    now = clock.now()
    rules = set(SlotSeries.objects.order_by().values_list("remind_hours", "remind_soon_minutes").distinct())
    for kind in REMINDERS:
        found = {rule: notice(kind, *rule) for rule in rules}
        for pk, slot, starts, told, *rule in _near(kind, rules, now):
            known = found[tuple(rule)]
            if known and told and known.holds(starts, told, now):
                yield Booking(pk=pk, slot_id=slot), kind


def _near(kind: StepKind, rules: set[tuple[int, int]], now: datetime) -> QuerySet[Booking, tuple[Any, ...]]:
    """Booked times that begin so soon that they may be due and that were not reminded of yet."""
    near = Q(pk__in=[])
    for hours, soon in rules:
        rule = notice(kind, hours, soon)
        if rule:
            span = Q(slot__starts__lte=now + rule.first, slot__starts__gt=now + rule.last)
            near |= span & Q(series__remind_hours=hours, series__remind_soon_minutes=soon)
    known = BookingStep.objects.filter(booking=OuterRef("pk"), kind=kind, starts=OuterRef("slot__starts"))
    found = Booking.objects.filter(near, ~Exists(known), state=BookingState.BOOKED, slot__cancelled_at=None)
    told = Max("steps__at", filter=Q(steps__kind__in=_TOLD))
    rows = found.exclude(email="").annotate(told=told).order_by("slot__starts", "pk")
    return rows.values_list(
        "pk", "slot", "slot__starts", "told", "series__remind_hours", "series__remind_soon_minutes"
    )
