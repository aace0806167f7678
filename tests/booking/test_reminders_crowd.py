"""Several processes that remind at once, and one that cancels meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from keino_academy.booking import actions
from keino_academy.booking.models import Booking, BookingStep
from keino_academy.core.models import OutboxMail
from tests.booking.test_crowd import crowd, modes
from tests.factories.announcement import make_academy
from tests.factories.booking import TIMES, make_booking, make_series
from tests.factories.site import make_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def stand(settings):
    """Let a clock that runs stand so long before the first time: processes wait for each other by it."""

    def at(before: timedelta) -> None:
        settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TIMES[0] - before - datetime.now(UTC)}

    at(timedelta(days=10))
    return at


def due_bookings(stand, number: int) -> list[Booking]:
    stand(timedelta(days=10))
    academy = make_academy(make_site())
    series = make_series(academy, slots=[TIMES[0]], seats=number)
    bookings = [make_booking(series.slots.get(), key=f"application:{n}") for n in range(number)]
    stand(timedelta(hours=20))
    return bookings


@pytest.mark.parametrize("mode", range(len(modes())))
def test_many_who_remind_at_once_remind_once(stand, mode):
    bookings = due_bookings(stand, 5)
    answers = crowd(6, lambda _n: str(actions.remind()), **modes()[mode])
    assert sum(int(answer) * times for answer, times in answers.items()) == 5
    mails = OutboxMail.objects.filter(kind="booking/reminder").values_list("about", flat=True)
    assert sorted(mails) == sorted(f"booking:{booking.pk}" for booking in bookings)
    assert BookingStep.objects.filter(kind="reminded").count() == 5


def test_nobody_is_reminded_of_what_is_cancelled_meanwhile(stand):
    bookings = due_bookings(stand, 6)

    def work(number: int) -> str:
        if number % 2:
            return f"{actions.remind()} reminded"
        actions.cancel(bookings[number], by_organiser=True)
        return "cancelled"

    answers = crowd(6, work)
    assert answers["cancelled"] == 3
    stand_by = {f"booking:{booking.pk}" for booking in bookings[1::2]}
    assert set(OutboxMail.objects.filter(kind="booking/reminder").values_list("about", flat=True)) == stand_by
