"""Reading for those who manage bookings: the week, who can be marked, titles in the user's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from keino_academy.announcement.models import Academy
from keino_academy.booking.desk import Guest, Sitter, Sitting
from keino_academy.booking.enums import WAITS, BookingState, WaitingState
from keino_academy.booking.models import BookableSession, Booking, Host, Slot, SlotSeries, Waiting
from keino_academy.booking.queries import live, with_booked
from keino_academy.core import clock
from keino_academy.core.zones import day_end, day_start


def with_title(rows: QuerySet[Any], series: str = "") -> QuerySet[Any]:
    """The rows with their series' ``said`` title in the user's language, else the source's.

    ``series`` is the lookup from a row to its series, with ``__`` at its end.
    """
    faces = BookableSession.objects.filter(
        translation_key=OuterRef(f"{series}translation_key"),
        locale__language_code=get_language() or "",
        live=True,
    )
    return rows.annotate(said=Coalesce(Subquery(faces.values("title")[:1]), F(f"{series}title")))


def shown() -> Q:
    """Bookings that are of interest to people: not what was kept once and ran out."""
    return live() | Q(state=BookingState.CANCELLED)


def sittings(
    academies: Sequence[Academy],
    first: date,
    last: date,
    *,
    series: SlotSeries | None = None,
    host: Host | None = None,
) -> list[Sitting]:
    """The academies' times of the days from ``first`` to ``last``, each day in its academy's zone.

    As many queries for one time as for a thousand.
    """
    zones = {academy.time_zone for academy in academies}
    if not zones:
        return []
    slots = Slot.objects.filter(
        series__academy__in=academies,
        starts__gte=min(day_start(first, zone) for zone in zones),
        starts__lt=max(day_end(last, zone) for zone in zones),
    )
    if series:
        slots = slots.filter(series=series)
    if host:
        slots = slots.filter(hosts=host)
    bookings = Booking.objects.filter(shown()).order_by(F("cancelled_at").asc(nulls_first=True), "seat", "pk")
    rows = with_title(slots, "series__").select_related("series__academy").order_by("starts", "pk")
    rows = rows.prefetch_related("hosts", Prefetch("bookings", bookings, to_attr="sitters"))
    found = [_sitting(slot, len(academies) > 1) for slot in rows]
    return [sitting for sitting in found if first <= sitting.day <= last]


def nearest_day(academies: Sequence[Academy], first: date) -> date | None:
    """Where to look from a week that is empty: the day of the first time after it, else of the last before."""
    slots = Slot.objects.filter(series__academy__in=academies, cancelled_at=None)
    slots = slots.select_related("series__academy")
    midnight = day_start(first, "UTC")
    slot = slots.filter(starts__gte=midnight).order_by("starts").first() or slots.order_by("starts").last()
    return slot.series.academy.local(slot.starts).date() if slot else None


def waiting_in(academies: Sequence[Academy], series: SlotSeries | None = None) -> list[Waiting]:
    """Those who wait now, in their order."""
    waits = Waiting.objects.filter(series__academy__in=academies, state__in=WAITS)
    if series:
        waits = waits.filter(series=series)
    return list(with_title(waits, "series__").select_related("series__academy").order_by("series", "pk"))


def with_place(waits: QuerySet[Waiting]) -> QuerySet[Waiting]:
    """The places with their ``line``: how many wait before them in their series, and themselves."""
    before = Waiting.objects.filter(
        series=OuterRef("series"), state=WaitingState.WAITING, pk__lte=OuterRef("pk")
    )
    number = before.order_by().values("series").annotate(number=Count("pk")).values("number")
    return waits.annotate(line=Subquery(number, output_field=IntegerField()))


def to_mark(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Of these the valid ones whose time has begun, in order of their times."""
    begun = bookings.filter(state=BookingState.BOOKED, slot__starts__lte=clock.now())
    return begun.order_by("slot__starts", "slot", "seat")


def on_day(bookings: QuerySet[Booking], academies: Iterable[Academy], day: date) -> QuerySet[Booking]:
    """Those of one day, which begins and ends in each academy's zone."""
    here = Q(pk__in=[])
    for zone, keys in _by_zone(academies).items():
        span = {"slot__starts__gte": day_start(day, zone), "slot__starts__lt": day_end(day, zone)}
        here |= Q(series__academy__in=keys, **span)
    return bookings.filter(here)


def places_to_go(booking: Booking) -> list[Slot]:
    """The coming times of its series with a seat left and no host who is busy elsewhere, in order."""
    coming = Slot.objects.filter(series=booking.series_id, cancelled_at=None, starts__gt=clock.now())
    busy = coming.filter(hosts__busy__starts__lt=F("ends"), hosts__busy__ends__gt=F("starts"))
    found: QuerySet[Any] = with_booked(coming).exclude(Q(pk=booking.slot_id) | Q(pk__in=busy.values("pk")))
    return list(found.filter(booked__lt=F("seats")).prefetch_related("hosts").order_by("starts", "pk"))


def _by_zone(academies: Iterable[Academy]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for academy in academies:
        found.setdefault(academy.time_zone, []).append(academy.pk)
    return found


def _sitting(slot: Any, names_academy: bool) -> Sitting:
    academy = slot.series.academy
    return Sitting(
        slot=slot.pk,
        starts=academy.local(slot.starts),
        ends=academy.local(slot.ends),
        seats=slot.seats,
        title=slot.said,
        owner=academy.pk,
        academy=academy.title if names_academy else "",
        zone=academy.time_zone,
        hosts=tuple(sorted(host.name for host in slot.hosts.all())),
        place=slot.place,
        cancelled=slot.cancelled_at is not None,
        begun=slot.starts <= clock.now(),
        sitters=tuple(_sitter(booking, academy) for booking in slot.sitters),
    )


def _sitter(booking: Booking, academy: Academy) -> Sitter:
    """Whoever only holds a seat stays unnamed, as nobody is booked."""
    if booking.state == BookingState.HELD:
        guest = Guest.OFFERED if booking.waiting_id else Guest.FILLING
        until = booking.held_until
        return Sitter(booking.pk, guest, until=academy.local(until) if until else None)
    gone = booking.cancelled_at
    return Sitter(
        booking.pk,
        Guest.CANCELLED if booking.state == BookingState.CANCELLED else Guest.BOOKED,
        person=booking.person,
        organisation=booking.organisation,
        note=booking.note,
        attendance=booking.attendance,
        until=academy.local(gone) if gone else None,
    )
