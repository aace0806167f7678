"""Dates as each of the three languages writes them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from keino_academy.core import dates

HELSINKI = ZoneInfo("Europe/Helsinki")
KICK_OFF = datetime(2023, 9, 12, 10, 0, tzinfo=HELSINKI)
CLOSES = datetime(2023, 5, 31, 23, 59, tzinfo=HELSINKI)


def plain(text: str) -> str:
    """Without what keeps lines together."""
    return text.replace("\u00a0", " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "12.9.2023 klo 10–16"), ("sv", "12.9.2023 kl. 10–16"), ("en", "12 September 2023, 10:00–16:00")],
)
def test_an_occasion_names_its_day_and_its_hours(language: str, expected: str) -> None:
    with override(language):
        assert plain(dates.occasion(KICK_OFF, KICK_OFF + timedelta(hours=6))) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "klo 9.00–11.30"), ("sv", "kl. 9.00–11.30"), ("en", "9:00–11:30")],
)
def test_hours_with_minutes(language: str, expected: str) -> None:
    with override(language):
        start = KICK_OFF.replace(hour=9)
        assert plain(dates.hours(start, start + timedelta(hours=2, minutes=30))) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "31.5.2023 klo 23.59"), ("sv", "31.5.2023 kl. 23.59"), ("en", "31 May 2023, 23:59")],
)
def test_a_moment(language: str, expected: str) -> None:
    with override(language):
        assert plain(dates.moment(CLOSES)) == expected


@pytest.mark.parametrize(
    ("language", "first", "last", "expected"),
    [
        ("fi", date(2023, 6, 1), date(2023, 6, 15), "1.–15.6.2023"),
        ("fi", date(2023, 6, 1), date(2023, 7, 2), "1.6.–2.7.2023"),
        ("fi", date(2023, 12, 1), date(2024, 1, 2), "1.12.2023–2.1.2024"),
        ("sv", date(2023, 6, 1), date(2023, 6, 15), "1–15.6.2023"),
        ("sv", date(2023, 6, 1), date(2023, 7, 2), "1.6–2.7.2023"),
        ("en", date(2023, 6, 1), date(2023, 6, 15), "1–15 June 2023"),
        ("en", date(2023, 6, 1), date(2023, 7, 2), "1 June – 2 July 2023"),
        ("en", date(2023, 12, 1), date(2024, 1, 2), "1 December 2023 – 2 January 2024"),
        ("fi", date(2023, 6, 1), date(2023, 6, 1), "1.6.2023"),
    ],
)
def test_a_range_of_days(language: str, first: date, last: date, expected: str) -> None:
    with override(language):
        assert plain(dates.days(first, last)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "marraskuu 2023 – tammikuu 2024"),
        ("sv", "november 2023 – januari 2024"),
        ("en", "November 2023 – January 2024"),
    ],
)
def test_a_range_of_months(language: str, expected: str) -> None:
    with override(language):
        assert plain(dates.months(date(2023, 11, 1), date(2024, 1, 31))) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("fi", "ke 31.5.2023"), ("sv", "on 31.5.2023"), ("en", "Wed 31 May 2023")]
)
def test_a_day_with_its_weekday(language: str, expected: str) -> None:
    with override(language):
        assert plain(dates.dated(CLOSES)).replace("ons", "on") == expected


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=21, hours=5), "21 days"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=2) - timedelta(minutes=1), "47 hours"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(hours=2) - timedelta(minutes=1), "119 minutes"),
        (timedelta(seconds=61), "2 minutes"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(seconds=1), "1 minute"),
        (timedelta(0), "0 minutes"),
        (timedelta(seconds=-5), "0 minutes"),
    ],
)
def test_what_is_left_is_never_more_than_the_truth_says(left: timedelta, expected: str) -> None:
    with override("en"):
        assert dates.left(left) == expected


def test_the_parts_of_a_date_stay_on_one_line() -> None:
    with override("fi"):
        assert dates.hours(KICK_OFF, KICK_OFF + timedelta(hours=6)) == "klo\u00a010–\u206016"


def test_the_zone_is_named() -> None:
    with override("en"):
        assert dates.zone_name(KICK_OFF, "Europe/Helsinki") == "Finnish time"
        stockholm = datetime(2023, 1, 1, tzinfo=ZoneInfo("Europe/Stockholm"))
        assert dates.zone_name(stockholm, "Europe/Stockholm") == "Stockholm, UTC+1"
        assert dates.zone_name(datetime(2023, 1, 1, tzinfo=UTC), "America/St_Johns") == "St Johns, UTC+0"
