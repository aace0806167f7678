"""When booking is open, and what the pages say when it is not."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.announcement.call import CallDates
from keino_academy.booking.seats import free_seats, lowest_free
from keino_academy.booking.windows import WindowState, booking_window, change_until
from tests.booking.test_book import days, times
from tests.factories.booking import HELSINKI, TIMES, make_booking, make_series

ZONE = "Europe/Helsinki"
CALL = CallDates(
    opens=datetime(2023, 5, 1, 8, tzinfo=HELSINKI),
    closes=datetime(2023, 6, 1, tzinfo=HELSINKI),
    grace=timedelta(minutes=10),
)


@pytest.mark.parametrize(
    ("first", "last", "at", "state"),
    [
        (None, None, datetime(2023, 5, 1, 7, 59, 59, tzinfo=HELSINKI), WindowState.NOT_YET),
        (None, None, datetime(2023, 5, 1, 8, tzinfo=HELSINKI), WindowState.OPEN),
        (None, None, datetime(2023, 6, 1, 0, 9, 59, tzinfo=HELSINKI), WindowState.OPEN),
        (None, None, datetime(2023, 6, 1, 0, 10, tzinfo=HELSINKI), WindowState.CLOSED),
        (
            date(2023, 5, 3),
            date(2023, 5, 4),
            datetime(2023, 5, 2, 23, 59, tzinfo=HELSINKI),
            WindowState.NOT_YET,
        ),
        (
            date(2023, 5, 3),
            date(2023, 5, 4),
            datetime(2023, 5, 4, 23, 59, 59, tzinfo=HELSINKI),
            WindowState.OPEN,
        ),
        (date(2023, 5, 3), date(2023, 5, 4), datetime(2023, 5, 5, tzinfo=HELSINKI), WindowState.CLOSED),
    ],
)
def test_the_window_is_the_call_s_unless_the_series_has_days(first, last, at, state):
    assert booking_window(first, last, CALL, ZONE).state(at) is state


def test_an_unpublished_call_opens_nothing_of_its_own():
    at = datetime(2023, 5, 10, tzinfo=HELSINKI)
    withdrawn = CallDates(opens=CALL.opens, closes=CALL.closes, published=False)
    assert booking_window(None, None, withdrawn, ZONE).state(at) is WindowState.NOT_YET
    assert booking_window(date(2023, 5, 1), None, withdrawn, ZONE).state(at) is WindowState.OPEN


def test_hours_before_are_real_hours():
    starts = datetime(2023, 3, 26, 12, tzinfo=HELSINKI)
    assert change_until(starts, 24).astimezone(HELSINKI) in {
        datetime(2023, 3, 25, 12, tzinfo=HELSINKI),
        datetime(2023, 3, 25, 11, tzinfo=HELSINKI),
    }


@given(st.integers(0, 20), st.sets(st.integers(1, 25)))
def test_the_lowest_free_seat(seats, taken):
    seat = lowest_free(seats, taken)
    free = [n for n in range(1, seats + 1) if n not in taken]
    assert seat == (free[0] if free else None)
    assert free_seats(seats, len(taken)) == max(0, seats - len(taken))


def test_pages_explain_why_nothing_can_be_booked(client, series, frozen):
    for moment, reason in (
        (datetime(2022, 12, 1, tzinfo=HELSINKI), "not_yet"),
        (datetime(2023, 6, 1, 12, tzinfo=HELSINKI), "closed"),
    ):
        frozen.move_to(moment)
        for address in (days(series), times(series)):
            page = client.get(address)
            assert (page.status_code, page.context["reason"]) == (200, reason)


def test_no_days_a_full_series_and_a_day_without_times(client, academy):
    empty = make_series(academy, slots=[])
    assert client.get(days(empty)).context["reason"] == "no_days"
    full = make_series(academy, slots=[TIMES[0]])
    make_booking(full.slots.get())
    assert client.get(days(full)).context["reason"] == "full"
    page = client.get(times(full, date(2023, 6, 6)))
    assert (page.status_code, page.context["reason"]) == (404, "no_times")


def test_a_withdrawn_session_is_gone(client, series):
    series.published = False
    series.save()
    assert client.get(days(series)).status_code == 404


def test_a_past_time_is_not_shown(client, academy, frozen):
    series = make_series(academy, books_from=date(2023, 5, 1), books_until=date(2023, 6, 30))
    frozen.move_to(TIMES[0])
    rows = [row for part in client.get(times(series)).context["parts"] for row in part["rows"]]
    assert [row["label"].replace("\u2060", "") for row in rows] == ["10.00–10.45", "13.00–13.45"]


@pytest.mark.parametrize("number", [10, 1000])
def test_days_ask_as_often_for_ten_times_as_for_a_thousand(
    client, academy, number, django_assert_num_queries
):
    series = make_series(academy, slots=number)
    client.get(days(series))
    with django_assert_num_queries(5):
        assert client.get(days(series)).status_code == 200


@pytest.mark.parametrize("number", [10, 1000])
def test_times_ask_as_often_for_ten_times_as_for_a_thousand(
    client, academy, number, django_assert_num_queries
):
    series = make_series(academy, slots=number)
    client.get(times(series))
    with django_assert_num_queries(5):
        assert client.get(times(series)).status_code == 200
