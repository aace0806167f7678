"""Reading booking: what can be booked, which times are free, who has booked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import letterhead
from keino_academy.booking.enums import Audience, BookingState, WaitingState
from keino_academy.booking.holders import Holder
from keino_academy.booking.host_queries import busy_elsewhere
from keino_academy.booking.models import BookableSession, Booking, Slot, SlotSeries, Waiting
from keino_academy.booking.seats import free_seats
from keino_academy.booking.shown import FreeDay, FreeTime
from keino_academy.booking.signals import holder_asked
from keino_academy.booking.windows import Window, WindowState, booking_window
from keino_academy.core import clock
from keino_academy.core.zones import day_end, day_start

#: How far one list of days reaches, in days and in times.
DAYS_SHOWN = 4 * 7
MOST_SHOWN = 250


def live() -> Q:
    """Bookings that take a seat: booked ones, and holds that have not run out."""
    return Q(state=BookingState.BOOKED) | Q(state=BookingState.HELD, held_until__gt=clock.now())


def find_series(pk: int) -> SlotSeries | None:
    """A published series with its academy."""
    return SlotSeries.objects.filter(pk=pk, published=True).select_related("academy").first()


def series_of(session: BookableSession) -> SlotSeries | None:
    """The published series behind a session, in whatever language the session is."""
    found = SlotSeries.objects.filter(translation_key=session.translation_key, published=True)
    return found.select_related("academy").first()


def bookable_series(academy: Academy) -> QuerySet[SlotSeries]:
    """The academy's published series, with the academy."""
    return SlotSeries.objects.filter(academy=academy, published=True).select_related("academy").order_by("pk")


def window_of(series: SlotSeries) -> Window:
    """When the series takes bookings."""
    academy = series.academy
    return booking_window(series.books_from, series.books_until, academy.call_dates, academy.time_zone)


def is_open(series: SlotSeries) -> bool:
    """Whether the series takes bookings now."""
    return series.published and window_of(series).state(clock.now()) is WindowState.OPEN


def face_of(series: SlotSeries, language: str) -> BookableSession | None:
    """The session's live text in a language; the source's where that is missing."""
    faces = BookableSession.objects.filter(translation_key=series.translation_key, live=True)
    found = list(faces.select_related("locale").order_by("pk"))
    right = (face for face in found if face.locale.language_code == language)
    return next(right, found[0] if found else None)


def free_days(series: SlotSeries, since: date | None = None) -> tuple[list[FreeDay], date | None]:
    """The coming days that have times, from the first one on or after ``since``, full ones too.

    Ends with the range or the most times that one list shows, and always with a whole day. The
    second is the first day after them that has times.
    """
    coming = _offered(series)
    if since:
        coming = coming.filter(starts__gte=day_start(since, series.academy.time_zone))
    found, whole = _days(series, with_booked(coming), MOST_SHOWN)
    shown = [day for day in found[:whole] if day.day < found[0].day + timedelta(days=DAYS_SHOWN)]
    return shown, found[len(shown)].day if len(shown) < len(found) else None


def first_free_days(series: SlotSeries, number: int) -> list[FreeDay]:
    """The first days that have a free time, with their free times only."""
    most = number * 20
    slots: QuerySet[Any] = with_booked(_offered(series))
    found, whole = _days(series, slots.filter(booked__lt=F("seats")), most)
    return found[: min(number, whole)]


def has_times(series: SlotSeries) -> bool:
    """Whether there are coming times, free or full."""
    return _offered(series).exists()


def free_times(series: SlotSeries, day: date) -> list[FreeTime]:
    """The coming times of a day, full ones too, in order."""
    zone = series.academy.time_zone
    return _times(
        series, _offered(series).filter(starts__gte=day_start(day, zone), starts__lt=day_end(day, zone))
    )


def free_seats_in(series: SlotSeries) -> int:
    """How many seats of the series' coming times are free."""
    times: QuerySet[Any] = with_booked(_offered(series))
    return sum(free_seats(seats, booked) for seats, booked in times.values_list("seats", "booked"))


def find_slot(series: SlotSeries, pk: int) -> Slot | None:
    """A slot of the series."""
    return Slot.objects.filter(series=series, pk=pk).first()


def bookings_of(holder: str) -> QuerySet[Booking]:
    """Every booking of a holder (``application:17``), the live ones first; with slot, series, academy."""
    there = (BookingState.BOOKED, BookingState.CANCELLED)
    found = Booking.objects.filter(holder=holder, state__in=there)
    order = (F("cancelled_at").asc(nulls_first=True), "slot__starts", "pk")
    return found.select_related("slot", "series__academy").order_by(*order)


def live_bookings_of(holder: str, series: SlotSeries | None = None) -> QuerySet[Booking]:
    """The holder's live bookings, of one series or all."""
    found = bookings_of(holder).filter(state=BookingState.BOOKED)
    return found.filter(series=series) if series else found


def booked_keys(academy: Academy, keys: Iterable[str]) -> dict[str, datetime]:
    """Which of the holders have a live booking in the academy, and when their first one is. One query."""
    booked = {"state": BookingState.BOOKED, "series__academy": academy}
    found = Booking.objects.filter(**booked, holder__in=list(keys))
    rows = found.order_by("-slot__starts").values_list("holder", "slot__starts")
    return {holder: academy.local(starts) for holder, starts in rows}


def with_booked(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """The slots with the number of their live bookings as ``booked``."""
    taken = Booking.objects.filter(live(), slot=OuterRef("pk")).order_by().values("slot")
    number = Subquery(taken.annotate(number=Count("pk")).values("number"))
    return slots.annotate(booked=Coalesce(number, 0))


def find_booking(**by: str) -> Booking | None:
    """A booking by ``reference`` or ``secret``, with slot, series and academy."""
    found = Booking.objects.filter(**by).select_related("slot", "series__academy")
    return found.filter(state__in=[BookingState.BOOKED, BookingState.CANCELLED]).first()


def find_hold(reference: str) -> Booking | None:
    """A hold, run out or not, or what became of it; with slot, series, academy and place in the list."""
    return (
        Booking.objects.filter(reference=reference)
        .select_related("slot", "series__academy", "waiting")
        .first()
    )


def find_waiting(**by: str) -> Waiting | None:
    """A place in a waiting list by ``reference`` or ``secret``, with series and academy."""
    return Waiting.objects.filter(**by).select_related("series__academy").first()


def offer_of(waiting: Waiting) -> Booking | None:
    """The time that is offered to a place in the list now."""
    offers = waiting.offers.filter(live(), state=BookingState.HELD)
    return offers.select_related("slot", "series__academy", "waiting").first()


def place_in_line(waiting: Waiting) -> int:
    """How many wait who came before, and this one: 1 is next."""
    before = Waiting.objects.filter(series=waiting.series, state=WaitingState.WAITING, pk__lt=waiting.pk)
    return before.count() + 1


def holder_of(token: str, series: SlotSeries) -> Holder | None:
    """Whom a token of another room names; None where no room knows it."""
    if not token:
        return None
    for _receiver, answer in holder_asked.send(sender=SlotSeries, token=token, series=series):
        holder: object = answer
        if isinstance(holder, Holder):
            return holder
    return None


def days_url(series: SlotSeries, language: str, token: str = "") -> str:
    """Where the days of a series are chosen from; ``token`` names the holder."""
    address = reverse("keino_academy:booking_days", kwargs={"language": language, "series": series.pk})
    return f"{address}?{urlencode({'for': token})}" if token else address


def booking_url(booking: Booking, language: str = "") -> str:
    """The address that opens a booking: it holds the secret, so show it to the booker only."""
    return reverse(
        "keino_academy:booking_open",
        kwargs={"language": language or booking.language, "secret": booking.secret},
    )


def waiting_url(waiting: Waiting, language: str = "") -> str:
    """The address that opens a place in the waiting list: it holds the secret."""
    return reverse(
        "keino_academy:waiting_open",
        kwargs={"language": language or waiting.language, "secret": waiting.secret},
    )


def book_url(academy: Academy, language: str, token: str = "") -> str:
    """Where a time of the academy is booked, when anybody or the token's holder may; else nothing."""
    for series in bookable_series(academy):
        if is_open(series) and (token or series.audience == Audience.ANYONE):
            return days_url(series, language, token)
    return ""


def site_root(academy: Academy, language: str) -> str:
    """The root of the site on which the academy stands: ``https://example.org``."""
    return letterhead(academy, language)[1]


def coming_slots(series: SlotSeries) -> QuerySet[Slot]:
    """The times of a series that stand and have not begun."""
    return Slot.objects.filter(series=series, cancelled_at=None, starts__gt=clock.now())


def _offered(series: SlotSeries) -> QuerySet[Slot]:
    """Coming times, without those at which a host is busy elsewhere."""
    return coming_slots(series).exclude(busy_elsewhere())


def _days(series: SlotSeries, slots: QuerySet[Any], most: int) -> tuple[list[FreeDay], int]:
    """The slots by day, and how many of the days are whole: the last is not where there are more than most.

    One query, which reads no more than a day is drawn from.
    """
    rows = slots.order_by("starts", "pk").values_list("starts", "seats", "booked")[: most + 1]
    zone = series.academy.zone
    times = [(starts.astimezone(zone).date(), booked < seats) for starts, seats, booked in rows]
    days = groupby(times, itemgetter(0))
    found = [FreeDay(day, tuple(free for _day, free in group)) for day, group in days]
    return found, len(found) - (len(times) > most and len(found) > 1)


def _times(series: SlotSeries, slots: QuerySet[Slot]) -> list[FreeTime]:
    """The slots with their free seats, in order."""
    rows: QuerySet[Any] = with_booked(slots).order_by("starts", "pk")
    shown = rows.values_list("pk", "starts", "ends", "seats", "booked")
    zone = series.academy.zone
    return [
        FreeTime(pk, starts.astimezone(zone), ends.astimezone(zone), seats, free_seats(seats, gone))
        for pk, starts, ends, seats, gone in shown
    ]
