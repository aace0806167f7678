"""Many processes at once, on a real database: no seat is sold twice and nobody is lost."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from keino_academy.booking import actions
from keino_academy.booking.errors import BookingError
from keino_academy.booking.models import Booking, Slot
from keino_academy.core.models import OutboxMail
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.booking import TIMES, make_booking, make_series
from tests.factories.site import make_site

FORK = multiprocessing.get_context("fork")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def academy(settings):
    # A clock that runs: processes wait for each other by it.
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TODAY - datetime.now(UTC)}
    return make_academy(make_site())


def _one(work, number, gate, answers, options):
    connections.close_all()
    connection.settings_dict["OPTIONS"].update(options)
    connection.ensure_connection()
    gate.wait()
    try:
        answer = work(number)
    except BookingError as error:
        answer = type(error).__name__
    except Exception as error:  # noqa: BLE001 - whatever it is, the test is told
        answer = f"{type(error).__name__}: {error}"
    connections.close_all()
    answers.put(answer)


def crowd(number: int, work: Callable[[int], str], **options) -> Counter:
    """What so many processes were answered that did the work at the same moment."""
    connections.close_all()
    gate, answers = FORK.Barrier(number), FORK.Queue()
    people = [FORK.Process(target=_one, args=(work, n, gate, answers, options)) for n in range(number)]
    for person in people:
        person.start()
    found = Counter(answers.get(timeout=120) for _ in people)
    for person in people:
        person.join()
    return found


def book(slot: Slot, **fields) -> str:
    make_booking(slot, **fields)
    return "booked"


def modes() -> list[dict]:
    """How a host may have set its database up."""
    if connection.vendor == "sqlite":
        return [{}, {"transaction_mode": "DEFERRED"}]
    from django.db.backends.postgresql.psycopg_any import IsolationLevel

    return [{"isolation_level": level} for level in IsolationLevel if level.name != "READ_UNCOMMITTED"]


def test_fifty_for_ten_seats(academy):
    for mode in modes():
        slot = make_series(academy, slots=1, seats=10).slots.get()
        answers = crowd(
            50, lambda n, slot=slot: book(slot, nonce=f"{slot.pk}-{n}", key=f"application:{n}"), **mode
        )
        assert answers == {"booked": 10, "SlotFullError": 40}
        assert sorted(slot.bookings.values_list("seat", flat=True)) == list(range(1, 11))
        assert OutboxMail.objects.filter(kind="booking/booked").count() == Booking.objects.count()


def test_one_holder_ten_times(academy):
    series = make_series(academy, slots=10)
    slots = list(series.slots.all())
    answers = crowd(10, lambda n: book(slots[n], nonce=f"n{n}", key="application:1"))
    assert answers == {"booked": 1, "AlreadyBookedError": 9}
    assert Booking.objects.count() == 1


def test_one_form_ten_times(academy):
    series = make_series(academy, slots=10)
    slots = list(series.slots.all())
    answers = crowd(10, lambda n: book(slots[n % 2], nonce="one form", key="application:1"))
    assert answers == {"booked": 10}
    assert Booking.objects.count() == 1
    assert OutboxMail.objects.filter(kind="booking/booked").count() == 1


def test_a_slot_that_is_cancelled_while_it_is_booked(academy):
    slot = make_series(academy, slots=[TIMES[0]], seats=20).slots.get()

    def work(number: int) -> str:
        if number == 0:
            return f"told {len(actions.cancel_slot(slot))}"
        return book(slot, nonce=f"n{number}", key=f"application:{number}")

    answers = crowd(12, work)
    booked = answers["booked"]
    assert answers[f"told {booked}"] == 1
    assert answers["SlotCancelledError"] == 11 - booked
    assert set(Booking.objects.values_list("state", flat=True)) <= {"cancelled"}
    assert OutboxMail.objects.filter(kind="booking/slot_cancelled").count() == booked


def test_seats_that_are_cancelled_and_booked_again(academy):
    slot = make_series(academy, slots=[TIMES[0]], seats=5).slots.get()
    first = [make_booking(slot, key=f"first:{n}") for n in range(5)]

    def work(number: int) -> str:
        if number < 5:
            actions.cancel(first[number])
            return "cancelled"
        return book(slot, nonce=f"n{number}", key=f"application:{number}")

    answers = crowd(20, work)
    assert answers["cancelled"] == 5
    assert answers["booked"] + answers["SlotFullError"] == 15
    live = Booking.objects.filter(state="booked").values_list("seat", flat=True)
    assert len(live) == len(set(live)) == answers["booked"] <= 5
