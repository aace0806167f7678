"""Bookings a second beside the bare correct touch-and-insert; the picker's pages with few and many times."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from bench.crowd import rates
from bench.measure import getting, medians, queries
from bench.rows import Row
from keino_academy.announcement.models import Academy
from keino_academy.booking import actions
from keino_academy.booking.enums import BookingState
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, Slot, SlotSeries
from keino_academy.booking.queries import live
from keino_academy.booking.seats import lowest_free
from keino_academy.core import clock
from keino_academy.core.models import OutboxMail
from tests.factories.announcement import make_academy
from tests.factories.booking import make_series
from tests.factories.site import make_site

OPEN = datetime(2023, 5, 10, 12, tzinfo=ZoneInfo("Europe/Helsinki"))
HOST = "localhost"
#: One academy's times, a larger one's, and those of an organiser who never takes any away.
SIZES = (60, 100, 10_000)
PROCESSES, EACH, ROUNDS = 4, 20, 6


def rows() -> Iterator[Row]:
    """Measure on the database that ``DATABASE_URL`` names, else on SQLite."""
    site = make_site(hostname=HOST)
    with clock.standing_at(OPEN):
        academy = make_academy(site)
        yield from booking(academy)
        yield from picking(academy, site)


def booking(academy: Academy) -> Iterator[Row]:
    """One slot that everybody wants, and as many as there are people."""
    on = connection.vendor
    for name, spread in (("one hot slot", 1), ("many slots", PROCESSES * EACH)):
        works = {"bare": bare, "mailed": mailed, "book": book, "hold and confirm": hold_and_confirm}
        found = rates(
            works,
            {name: [make_slots(academy, spread) for _round in range(ROUNDS)] for name in works},
            processes=PROCESSES,
            each=EACH,
        )
        floors = {
            "": (found.pop("bare"), "a second, bare touch-and-insert"),
            ", beside a mail": (found.pop("mailed"), "a second, touch-and-insert with one mail"),
        }
        for verb, rate in found.items():
            for beside, (peer, peer_name) in floors.items():
                floor = {"peer": peer, "peer_name": peer_name, "at_least": True}
                yield Row(f"{verb}, {name}, {on}{beside}", rate, "a second", 0.8, **floor)


def picking(academy: Academy, site: Any) -> Iterator[Row]:
    """The pages of days and of a day's times, with few and many slots."""
    client = Client(headers={"host": HOST})
    made = {number: make_series(academy, slots=number) for number in SIZES}
    pages = {
        f"{name} with {number} slots": getting(client, address(series))
        for number, series in made.items()
        for name, address in (("days", days_url), ("times", times_url))
    }
    taken = medians({"empty": getting(client, site.root_page.get_url()), **pages})
    floor = {"peer": taken.pop("empty"), "peer_name": "ms, empty Wagtail page"}
    for name, milliseconds in taken.items():
        yield Row(f"picker, {name}", milliseconds, "ms", 2.2, **floor)
    for name in ("days", "times"):
        small, large = (queries(pages[f"{name} with {number} slots"]) for number in (SIZES[0], SIZES[-1]))
        yield Row(f"picker, {name}, queries", small, "queries", 10)
        yield Row(f"picker, {name} with 10000 slots, queries", large, "queries", 1, small, "queries")


def make_slots(academy: Academy, number: int) -> list[Slot]:
    """As many slots of one new series, with a seat for everybody together."""
    series = make_series(academy, slots=number, seats=PROCESSES * EACH // number)
    return list(series.slots.select_related("series__academy"))


def bare(slots: list[Slot], number: int) -> None:
    """What is right and no more: touch, end dead holds, look, insert."""
    slot = slots[number % len(slots)]
    with transaction.atomic(durable=True):
        touch_and_insert(slot, number)


def mailed(slots: list[Slot], number: int) -> None:
    """The same with one ready mail in the same transaction: nobody is booked who isn't told."""
    slot = slots[number % len(slots)]
    with transaction.atomic(durable=True):
        touch_and_insert(slot, number)
        OutboxMail.objects.create(
            kind="booking/booked",
            to=f"aino{number}@koivuranta.example",
            language="fi",
            subject="Varattu",
            text="Aikasi on varattu.\n",
            message_id=f"<{uuid.uuid4().hex}@koivuranta.example>",
        )


def touch_and_insert(slot: Slot, number: int) -> None:
    now = clock.now()
    Slot.objects.filter(pk=slot.pk).update(lock_version=F("lock_version") + 1)
    dead = Booking.objects.filter(slot=slot, state=BookingState.HELD, held_until__lte=now)
    dead.update(state=BookingState.EXPIRED)
    taken = set(Booking.objects.filter(live(), slot=slot).values_list("seat", flat=True))
    seat = lowest_free(slot.seats, taken)
    assert seat is not None
    holder = f"bare:{slot.pk}-{number}"
    Booking.objects.create(
        slot=slot,
        series_id=slot.series_id,
        seat=seat,
        holder=holder,
        holder_key=holder,
        language="fi",
        uid=str(uuid.uuid4()),
        nonce=holder,
        booked_at=now,
    )


def book(slots: list[Slot], number: int) -> None:
    slot = slots[number % len(slots)]
    actions.book(slot, someone(slot, number), nonce=f"{slot.pk}-{number}", language="fi")


def hold_and_confirm(slots: list[Slot], number: int) -> None:
    slot = slots[number % len(slots)]
    visitor = f"{slot.pk}-{number}"
    kept = actions.hold(slot, visitor, nonce=visitor, language="fi")
    actions.confirm(kept, someone(slot, number), language="fi")


def someone(slot: Slot, number: int) -> Holder:
    return Holder(f"bench:{slot.pk}-{number}", "", "Aino Mäki", f"aino{number}@koivuranta.example")


def days_url(series: SlotSeries) -> str:
    return reverse("keino_academy:booking_days", kwargs={"language": "fi", "series": series.pk})


def times_url(series: SlotSeries) -> str:
    day = (OPEN + timedelta(days=26)).date()
    kwargs = {"language": "fi", "series": series.pk, "day": day}
    return reverse("keino_academy:booking_times", kwargs=kwargs)
