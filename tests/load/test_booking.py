"""Crowds that book over HTTP."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from django.db import connection, connections

from keino_academy.booking.models import Booking, Slot, SlotSeries
from keino_academy.core.models import OutboxMail
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.booking import TIMES, make_series
from tests.factories.site import make_site
from tests.load.people import Person, all_at_once
from tests.load.serving import workers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.xdist_group("crowds")]


@pytest.fixture
def series(settings) -> SlotSeries:
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TODAY - datetime.now(UTC)}
    return make_series(make_academy(make_site()), slots=[])


def add(series: SlotSeries, slots: int, seats: int) -> None:
    """Times of the series, a quarter of an hour apart, twenty a day."""
    starts = [TIMES[0] + timedelta(days=n // 20, minutes=15 * (n % 20)) for n in range(slots)]
    Slot.objects.bulk_create(
        Slot(series=series, starts=at, ends=at + timedelta(minutes=15), seats=seats) for at in starts
    )


def crowd(series: SlotSeries, number: int, *, processes: int, at_once: int) -> tuple[Counter, list[Person]]:
    """What became of so many people."""
    days = f"/academy/fi/book/{series.pk}/"
    with workers(processes, TODAY) as address:
        people = [Person(n, address) for n in range(number)]
        became = all_at_once(people, lambda person: person.book(days), at_once)
    connections.close_all()
    return Counter(became.values()), people


def test_fifty_book_ten_seats_over_http(series):
    add(series, 1, seats=10)
    became, people = crowd(series, 50, processes=4, at_once=50)
    assert became == {"booked": 10, "offered the waiting list": 40}
    booked = Booking.objects.filter(state="booked")
    assert sorted(booked.values_list("seat", flat=True)) == list(range(1, 11))
    assert OutboxMail.objects.filter(kind="booking/booked").count() == 10
    assert {status for person in people for status, _time in person.answers} <= {200, 303, 409}


@pytest.mark.postgres
def test_a_rush_of_three_hundred_for_sixty_times(series, record_property):
    add(series, 60, seats=1)
    became, people = crowd(series, 300, processes=4, at_once=60)
    answers = [answer for person in people for answer in person.answers]
    times = [seconds for _status, seconds in answers]
    record_property(
        "measured",
        f"A rush of {len(people)} for 60 times on {connection.vendor}: {len(answers)} answers, "
        f"median {median(times) * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms",
    )
    assert became == {"booked": 60, "offered the waiting list": 240}
    assert {status for status, _time in answers} <= {200, 303, 409}
    booked = Booking.objects.filter(state="booked")
    assert booked.count() == booked.values("slot").distinct().count() == 60
    assert OutboxMail.objects.filter(kind="booking/booked").count() == 60
