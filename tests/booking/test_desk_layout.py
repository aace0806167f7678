"""How times stand on the organiser's desk: every one once, none over another, in order."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.booking.desk import Guest, Sitter, Sitting, Sum, total
from keino_academy.booking.desk_layout import day_of, lanes, monday, week
from keino_academy.core.dates import DASH

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = date(2023, 6, 5)


def sitting(slot: int, start: datetime, minutes: int, **fields) -> Sitting:
    zone = fields.pop("zone", "Europe/Helsinki")
    ends = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    return Sitting(slot=slot, starts=start.astimezone(ZoneInfo(zone)), ends=ends, zone=zone, **fields)


@st.composite
def weeks(draw) -> list[Sitting]:
    """Times of one week, clock changes among them, in two zones."""
    first = draw(st.sampled_from([date(2023, 3, 20), date(2023, 6, 5), date(2023, 10, 23)]))
    midnight = datetime(first.year, first.month, first.day, 12, tzinfo=UTC)
    found = []
    for slot in range(draw(st.integers(0, 25))):
        start = midnight + timedelta(minutes=15 * draw(st.integers(0, 4 * 24 * 6)))
        hosts = tuple(draw(st.lists(st.sampled_from("AB"), max_size=1)))
        zone = draw(st.sampled_from(["Europe/Helsinki", "Europe/Stockholm"]))
        found.append(sitting(slot, start, draw(st.sampled_from([15, 45, 60, 120])), hosts=hosts, zone=zone))
    return found


def overlap(one: Sitting, other: Sitting) -> bool:
    (start, end), (since, until) = one.span, other.span
    return start < until and since < end


def most_at_once(times: list[Sitting]) -> int:
    return max((sum(s.span[0] <= t.span[0] < s.span[1] for s in times) for t in times), default=0)


@given(weeks())
def test_every_time_stands_once_on_its_own_day_in_order_and_none_over_another(times):
    for day in week(times, monday(times[0].day) if times else MONDAY):
        assert {one.day for one in day.sittings} <= {day.day}
        assert sorted(one.slot for one in day.sittings) == sorted(t.slot for t in times if t.day == day.day)
        spans = [row.placed[0].sitting.span for row in day.rows]
        assert spans == sorted(spans)
        placed = [placed for row in day.rows for placed in row.placed]
        for one in placed:
            for other in placed:
                if one.sitting.slot < other.sitting.slot and overlap(one.sitting, other.sitting):
                    assert one.lane != other.lane
        assert day.lanes == most_at_once(day.sittings)
        assert all(1 <= one.lane <= day.lanes for one in placed)


@given(weeks())
def test_a_row_holds_the_times_of_one_span_in_the_order_of_lanes(times):
    for row in day_of(times, MONDAY).rows:
        assert len({(one.sitting.span, one.sitting.zone) for one in row.placed}) == 1
        assert [one.lane for one in row.placed] == sorted(one.lane for one in row.placed)


def test_times_of_the_same_hosts_stand_below_each_other():
    at = datetime(2023, 6, 5, 9, tzinfo=HELSINKI)
    times = [
        sitting(1, at, 45, hosts=("A",)),
        sitting(2, at, 45, hosts=("B",)),
        sitting(3, at + timedelta(hours=1), 45, hosts=("B",)),
        sitting(4, at + timedelta(hours=2), 45, hosts=("C",)),
    ]
    assert lanes(times) == [1, 2, 2, 1]


def test_a_week_has_five_days_and_a_weekend_where_something_is_on_it():
    assert [day.day.isoweekday() for day in week([], MONDAY)] == [1, 2, 3, 4, 5]
    sunday = sitting(1, datetime(2023, 6, 11, 9, tzinfo=HELSINKI), 45)
    assert [day.day.isoweekday() for day in week([sunday], MONDAY)] == [1, 2, 3, 4, 5, 7]


@pytest.mark.parametrize("day", [date(2023, 6, 5), date(2023, 6, 11), date(2024, 1, 1), date(2023, 1, 1)])
def test_a_monday_is_the_first_day_of_its_week(day):
    first = monday(day)
    assert first.weekday() == 0
    assert first <= day < first + timedelta(days=7)
    assert first.isocalendar().week == day.isocalendar().week


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def labels(times: list[Sitting], day: date) -> list[str]:
    return [row.label.replace(DASH, "–").replace("\u00a0", " ") for row in day_of(times, day).rows]


def test_the_hour_that_comes_twice_stands_twice_with_its_offset():
    start = datetime(2023, 10, 29, 0, 0, tzinfo=UTC)
    times = [sitting(number, start + timedelta(hours=number), 45) for number in range(3)]
    assert labels(times, date(2023, 10, 29)) == [
        "3:00–3:45 (UTC+3)", "3:00–3:45 (UTC+2)", "4:00–4:45 (UTC+2)",
    ]  # fmt: skip


def test_the_hour_that_is_skipped_is_not_missed():
    start = datetime(2023, 3, 26, 0, 0, tzinfo=UTC)
    times = [sitting(number, start + timedelta(hours=number), 45) for number in range(2)]
    assert labels(times, date(2023, 3, 26)) == ["2:00–2:45 (UTC+2)", "4:00–4:45 (UTC+3)"]


def test_where_academies_keep_two_clocks_each_hour_says_whose_it_is():
    at = datetime(2023, 6, 5, 6, tzinfo=UTC)
    times = [sitting(1, at, 45), sitting(2, at, 45, zone="Europe/Stockholm")]
    assert labels(times, MONDAY) == ["9:00–9:45 (Helsinki, UTC+3)", "8:00–8:45 (Stockholm, UTC+2)"]


def test_the_sum_counts_seats_of_standing_times_and_free_ones_only_where_somebody_can_still_come():
    at = datetime(2023, 6, 5, 9, tzinfo=HELSINKI)
    booked, gone = Sitter(1, Guest.BOOKED, "A"), Sitter(2, Guest.CANCELLED, "B")
    kept = Sitter(3, Guest.FILLING)
    times = [
        sitting(1, at, 45, seats=4, sitters=(booked, gone, kept)),
        sitting(2, at, 45, seats=2, begun=True, sitters=(booked,)),
        sitting(3, at, 45, seats=3, cancelled=True, sitters=(gone,)),
    ]
    assert total(times) == Sum(times=2, booked=2, held=1, free=2, cancelled=1)
    assert str(total(times)) == "2 times: 2 seats booked, 1 kept for now, 2 free, 1 time cancelled"
    assert str(total([])) == "no times"
