"""Hosts' own calendars: adding one, reading it, taking it away.

A calendar is fetched and understood outside any transaction. One that can't be read hides
the times that it hid before, and is tried again later.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from keino_academy.booking.busy import CalendarError, in_days
from keino_academy.booking.busy_apart import read_apart
from keino_academy.booking.enums import BookingState
from keino_academy.booking.models import Host, HostBusy, HostCalendar, Slot
from keino_academy.booking.spans import Span
from keino_academy.core import clock, fetching
from keino_academy.core.due import due
from keino_academy.core.text import clean_line

#: How large a calendar may be, in bytes, and how long its server may take in all.
MOST_BYTES = 5 * 1024 * 1024
SECONDS = 20
#: How far ahead busy times are kept.
AHEAD = timedelta(days=366)
EVERY = timedelta(hours=1)
#: After a fault: so long, then each time twice as long.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=6)
#: How many calendars one round reads.
MOST_AT_ONCE = 50


def add_address(host: Host, url: str, *, seconds: float = SECONDS) -> HostCalendar:
    """Add a calendar by its address and read it; an address that the host has already is read again."""
    calendar, _new = HostCalendar.objects.get_or_create(host=host, url=url, file_name="")
    return read_calendar(calendar, seconds=seconds)


def add_file(host: Host, name: str, content: bytes) -> HostCalendar:
    """Add a calendar from a file, of which only the busy times are kept; one of the same name is replaced.

    Raises :class:`keino_academy.booking.busy.CalendarError`.
    """
    spans = _spans(host, content)
    with transaction.atomic():
        calendar, _new = HostCalendar.objects.get_or_create(
            host=host, url="", file_name=clean_line(name)[-120:] or "ics"
        )
        _write(calendar, spans)
    return calendar


def remove_calendar(calendar: HostCalendar) -> None:
    """Take a calendar and its busy times away."""
    calendar.delete()


def read_calendar(calendar: HostCalendar, *, seconds: float = SECONDS) -> HostCalendar:
    """Read a calendar at its address, and keep what is busy in place of what was.

    A fault is noted in ``failure`` and changes no busy time. Never inside a transaction:
    it waits for a server. Returns the calendar as it now is.
    """
    try:
        content = fetching.fetch(calendar.url, most_bytes=MOST_BYTES, seconds=seconds)
        spans = _spans(calendar.host, content)
    except (fetching.FetchError, CalendarError) as error:
        _note_failure(calendar, error.code)
    else:
        with transaction.atomic():
            _write(calendar, spans)
    return calendar


@due("booking.hosts_calendars")
def read_due_calendars() -> int:
    """Read the calendars whose turn has come; returns how many were read well.

    A calendar is claimed by moving its next turn, so that two rounds don't read it at once.
    Those of archived academies rest.
    """
    HostBusy.objects.filter(ends__lt=clock.now() - timedelta(days=1)).delete()
    now = timezone.now()
    turn = Q(next_read_at=None) | Q(next_read_at__lte=now)
    runs = Q(host__academy__archived_from=None) | Q(host__academy__archived_from__gt=clock.now())
    waiting = HostCalendar.objects.filter(turn, runs).exclude(url="").select_related("host__academy")
    read = 0
    for calendar in waiting.order_by("next_read_at", "pk")[:MOST_AT_ONCE]:
        same = HostCalendar.objects.filter(pk=calendar.pk, next_read_at=calendar.next_read_at)
        if same.update(next_read_at=now + FIRST_WAIT):
            read += not read_calendar(calendar).failure
    return read


def _spans(host: Host, content: bytes) -> list[Span]:
    """When the host is busy, by a calendar's content."""
    if len(content) > MOST_BYTES:
        raise CalendarError("too-much")
    since = clock.now() - timedelta(days=1)
    return in_days(read_apart(content, since, since + AHEAD, host.academy.zone, own=_own(host, since)))


def _own(host: Host, since: datetime) -> Collection[Span]:
    """The host's booked times: in their calendar they stand for what is booked here, and hide nothing."""
    booked = Slot.objects.filter(hosts=host, ends__gt=since, bookings__state=BookingState.BOOKED)
    return set(booked.values_list("starts", "ends"))


def _write(calendar: HostCalendar, spans: list[Span]) -> None:
    """Keep these busy times, unless the calendar was taken away meanwhile; whoever reads it too waits."""
    if HostCalendar.objects.select_for_update().filter(pk=calendar.pk).first() is None:
        return
    there = list(calendar.busy.order_by("starts").values_list("starts", "ends"))
    if there != spans:
        calendar.busy.all().delete()
        HostBusy.objects.bulk_create(
            (HostBusy(calendar=calendar, host_id=calendar.host_id, starts=a, ends=b) for a, b in spans),
            batch_size=1000,
        )
    _note(calendar, failure="", failures=0, read_at=timezone.now(), wait=EVERY)


def _note_failure(calendar: HostCalendar, code: str) -> None:
    wait = min(FIRST_WAIT * 2 ** min(calendar.failures, 10), LONGEST_WAIT)
    _note(calendar, failure=code, failures=calendar.failures + 1, read_at=calendar.read_at, wait=wait)


def _note(
    calendar: HostCalendar, *, failure: str, failures: int, read_at: datetime | None, wait: timedelta
) -> None:
    calendar.failure, calendar.failures, calendar.read_at = failure, min(failures, 1000), read_at
    calendar.next_read_at = timezone.now() + wait if calendar.url else None
    noted = HostCalendar.objects.filter(pk=calendar.pk)
    noted.update(
        failure=calendar.failure,
        failures=calendar.failures,
        read_at=calendar.read_at,
        next_read_at=calendar.next_read_at,
    )
