"""Reading when hosts are busy elsewhere, and which of their calendars say so."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from keino_academy.booking.models import Host, HostBusy, HostCalendar, Slot
from keino_academy.core import clock

#: Busy times are counted so far ahead.
COUNTED = timedelta(weeks=8)


def hosts_busy(slot: Slot) -> bool:
    """Whether a host of the slot is busy elsewhere, as the host's own calendar says."""
    return HostBusy.objects.filter(host__slots=slot, starts__lt=slot.ends, ends__gt=slot.starts).exists()


def busy_elsewhere() -> Exists:
    """The same as :func:`hosts_busy`, as a condition for many slots.

    No row is longer than a day (:func:`keino_academy.booking.busy.in_days`), so that the index is
    read from a day before only.
    """
    sits = Slot.hosts.through.objects.filter(slot=OuterRef("pk"))
    over = {
        "host__busy__starts__gt": ExpressionWrapper(OuterRef("starts") - timedelta(days=1), DateTimeField()),
        "host__busy__starts__lt": OuterRef("ends"),
        "host__busy__ends__gt": OuterRef("starts"),
    }
    return Exists(sits.filter(**over))


def hidden_slots(host: Host) -> QuerySet[Slot]:
    """The host's coming times that nobody can book since a host is busy elsewhere."""
    coming = Slot.objects.filter(hosts=host, cancelled_at=None, starts__gt=clock.now())
    return coming.filter(busy_elsewhere())


def calendars_of(host: Host) -> QuerySet[HostCalendar]:
    """The host's own calendars, each with the number of its busy times that are ``coming`` soon."""
    now = clock.now()
    soon = Q(busy__ends__gt=now, busy__starts__lt=now + COUNTED)
    return HostCalendar.objects.filter(host=host).annotate(coming=Count("busy", filter=soon)).order_by("pk")
