"""Reading for times that are made together: what stands around a plan, and how many of a batch are booked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from keino_academy.booking.enums import BookingState
from keino_academy.booking.holidays import public_holidays
from keino_academy.booking.models import Booking, Host, HostBusy, Slot, SlotBatch, SlotSeries
from keino_academy.booking.proposals import Known, Wanted
from keino_academy.booking.queries import live, window_of
from keino_academy.booking.spans import Spans
from keino_academy.booking.windows import WindowState
from keino_academy.core import clock


def known_around(series: SlotSeries, wanted: Sequence[Wanted], hosts: Collection[Host]) -> Known:
    """What is to be known before the times are made; as many queries for one as for a thousand."""
    first, last = wanted[0].starts, wanted[-1].ends
    slots = list(_slots_around(series, hosts, first, last))
    sits = [(host.pk, slot.starts, slot.ends) for slot in slots for host in slot.hosts.all()]
    busy = HostBusy.objects.filter(host__in=hosts, starts__lt=last, ends__gt=first)
    clipped = (
        (host, max(starts, first), min(ends, last))
        for host, starts, ends in busy.values_list("host_id", "starts", "ends")
    )
    opens = window_of(series).opens
    return Known(
        now=clock.now().astimezone(UTC),
        opens=opens.astimezone(UTC) if opens else None,
        there=frozenset(_there(series, slots)),
        sits=Spans(sits),
        busy=Spans(clipped),
        names={host.pk: host.name for host in hosts},
        holidays=public_holidays(first.date(), last.date()),
    )


def has_closed(series: SlotSeries) -> bool:
    """Whether the series takes no more bookings, so that new times would wait for nobody."""
    return window_of(series).state(clock.now()) is WindowState.CLOSED


def with_numbers(batches: QuerySet[SlotBatch]) -> QuerySet[SlotBatch]:
    """The batches with ``times``, how many of theirs stand, and ``booked``, how many bookings they have."""
    slots = Slot.objects.filter(batch=OuterRef("pk"), cancelled_at=None).order_by().values("batch")
    booked = Booking.objects.filter(slot__batch=OuterRef("pk"), state=BookingState.BOOKED)
    return batches.annotate(
        times=_number(slots), booked=_number(booked.order_by().values("slot__batch"))
    ).select_related("series__academy", "made_by")


def in_the_way(batch: SlotBatch) -> list[Booking]:
    """The live bookings for which the batch can't be taken away, in order."""
    found = Booking.objects.filter(live(), slot__batch=batch).select_related("slot__series__academy")
    return list(found.order_by("slot__starts", "slot", "seat"))


def _slots_around(
    series: SlotSeries, hosts: Collection[Host], first: datetime, last: datetime
) -> QuerySet[Slot]:
    """Standing times of the series, and of the hosts in any series, that touch the range."""
    theirs = Slot.hosts.through._default_manager.filter(host__in=hosts).values("slot")
    return Slot.objects.filter(
        Q(series=series) | Q(pk__in=theirs), cancelled_at=None, starts__lt=last, ends__gt=first
    ).prefetch_related(Prefetch("hosts", Host.objects.only("pk")))


def _there(series: SlotSeries, slots: Iterable[Slot]) -> Iterable[tuple[datetime, frozenset[int]]]:
    for slot in slots:
        if slot.series_id == series.pk:
            yield slot.starts, frozenset(host.pk for host in slot.hosts.all())


def _number(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
