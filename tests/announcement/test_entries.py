from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given

from keino_academy.announcement.countdown import Until, count
from keino_academy.announcement.drawing import choose_drawing
from keino_academy.announcement.entries import Entry, Kind, Tense, in_order
from keino_academy.announcement.programme import programme
from tests.announcement.timelines import ACADEMY, CLOSES, IN_MAY, OPENS, at, moment, moments, timelines

KICK_OFF = next(entry for entry in ACADEMY if entry.id == "kick-off")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("now", "tense"),
    [
        (KICK_OFF.starts - MINUTE, Tense.COMING),
        (KICK_OFF.starts, Tense.CURRENT),
        (KICK_OFF.ends - MINUTE, Tense.CURRENT),
        (KICK_OFF.ends, Tense.PAST),
    ],
)
def test_a_moment_is_current_from_its_start_until_its_end(now, tense):
    assert KICK_OFF.tense(now) is tense


def test_a_deadline_is_to_come_until_it_binds():
    chosen = ACADEMY[2]
    assert chosen.tense(chosen.starts) is Tense.COMING
    assert chosen.tense(chosen.ends - MINUTE) is Tense.COMING
    assert chosen.tense(chosen.ends) is Tense.PAST


def test_what_is_over_first_comes_first():
    assert in_order(reversed(ACADEMY)) == ACADEMY


def test_the_last_day_is_the_one_before_an_end_at_midnight():
    assert ACADEMY[0].last_day == date(2023, 5, 31)
    assert ACADEMY[1].last_day == date(2023, 6, 15)
    assert KICK_OFF.last_day == date(2023, 9, 12)
    assert ACADEMY[6].days == 92


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 10, 27), date(2024, 2, 29)])
def test_the_days_of_a_clock_change_and_a_leap_day_are_one_day(day):
    start = at(day.year, day.month, day.day)
    after = start.replace(tzinfo=None) + timedelta(days=1)
    whole = Entry("day", Kind.PERIOD, "Day", start, after.replace(tzinfo=start.tzinfo))
    assert (whole.first_day, whole.last_day, whole.days) == (day, day, 1)


@given(timelines(), moments)
def test_every_entry_is_in_one_tense_and_never_goes_back(entries, now):
    order = [Tense.COMING, Tense.CURRENT, Tense.PAST]
    for entry in entries:
        assert order.index(entry.tense(now)) <= order.index(entry.tense(now + timedelta(days=30)))
        assert entry.days >= 1


@pytest.mark.parametrize(
    ("now", "until", "number", "unit"),
    [
        (at(2023, 4, 1, 9), Until.OPENS, 16, "days"),
        (IN_MAY, Until.CLOSES, 21, "days"),
        (at(2023, 5, 31, 22), Until.CLOSES, 2, "hours"),
        (at(2023, 5, 31, 23, 59), Until.CLOSES, 1, "minutes"),
        (CLOSES, Until.NEXT, 103, "days"),
        (at(2023, 9, 12, 7), Until.NEXT, 3, "hours"),
        (at(2023, 9, 12, 11), Until.NEXT, 28, "days"),
    ],
)
def test_the_number_counts_to_the_opening_the_deadline_then_the_next_day_that_is_known(
    now, until, number, unit
):
    counted = count(ACADEMY, now, OPENS, CLOSES)
    assert (counted.until, counted.number, counted.unit) == (until, number, unit)


def test_nothing_is_counted_when_no_exact_day_is_left():
    assert count(ACADEMY, at(2024, 3, 1), OPENS, CLOSES) is None
    assert count([], at(2024, 3, 1), None, None) is None


def test_the_wheel_is_chosen_where_it_holds_and_the_line_elsewhere():
    assert choose_drawing(ACADEMY) == "wheel"
    assert choose_drawing([]) == "wheel"
    assert choose_drawing(ACADEMY[3:4]) == "wheel"
    assert choose_drawing([*ACADEMY, moment(at(2025, 1, 1, 9))]) == "line"
    weeks = [moment(at(2023, 1, 9, 9) + timedelta(weeks=4 * week)) for week in range(13)]
    assert choose_drawing(weeks[:12]) == "wheel"
    assert choose_drawing(weeks) == "line"
    nine_days = [moment(at(2023, 8, 14 + day, 9)) for day in range(9)]
    assert choose_drawing(nine_days) == "line"


def test_entries_are_told_in_the_words_of_each_language():
    items = programme(ACADEMY, IN_MAY)
    with override("fi"):
        items = programme(ACADEMY, IN_MAY)
        assert [item.brief.replace("\u00a0", " ").replace("\u2060", "") for item in items[:4]] == [
            "31.5.2023",
            "1.–15.6.2023",
            "before Midsummer",
            "12.9.2023",
        ]
        assert items[3].day == "ti\u00a012.9.2023"
        assert items[3].hours == "klo\u00a010–\u206016"
    with override("en"):
        items = programme(ACADEMY, IN_MAY)
        assert items[0].hours == "by 23:59"
        assert items[3].brief == "12\u00a0Sep\u00a02023"
        assert items[6].brief == "November 2023\u00a0– January 2024"


def test_the_machine_reads_moments_days_months_and_years_and_no_ranges():
    assert [item.machine for item in programme(ACADEMY, IN_MAY)] == [
        "2023-05-31T23:59+03:00",
        "",
        "",
        "2023-09-12T10:00+03:00",
        "2023-10-10T09:00+03:00",
        "2023-11-22T09:00+02:00",
        "",
        "2024-02-01T10:00+02:00",
        "2024",
    ]
    all_day = replace(KICK_OFF, all_day=True)
    assert programme([all_day], IN_MAY)[0].machine == "2023-09-12"
