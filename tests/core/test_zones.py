"""Moments in the academy's zone, on ordinary days and on the nights that change the clock."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from keino_academy.core.zones import closing_moment, day_end, last_minute, moment, validate_zone

HELSINKI = "Europe/Helsinki"


def test_the_last_minute_of_a_day_counts_whole() -> None:
    closes = closing_moment(date(2023, 5, 31), time(23, 59), HELSINKI)
    assert closes.astimezone(UTC) == datetime(2023, 5, 31, 21, 0, tzinfo=UTC)
    assert last_minute(closes).replace(tzinfo=None) == datetime(2023, 5, 31, 23, 59)


def test_noon_means_noon() -> None:
    closes = closing_moment(date(2023, 5, 31), time(12, 0), HELSINKI)
    assert closes.astimezone(UTC) == datetime(2023, 5, 31, 9, 0, tzinfo=UTC)
    assert last_minute(closes) == closes


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        # Spring: 03.30 does not exist on 26 March 2023 and means 04.30.
        (date(2023, 3, 26), time(3, 30), datetime(2023, 3, 26, 1, 30, tzinfo=UTC)),
        (date(2023, 3, 26), time(2, 59), datetime(2023, 3, 26, 0, 59, tzinfo=UTC)),
        # Autumn: 03.30 comes twice on 29 October 2023 and means the first.
        (date(2023, 10, 29), time(3, 30), datetime(2023, 10, 29, 0, 30, tzinfo=UTC)),
        (date(2023, 10, 29), time(4, 0), datetime(2023, 10, 29, 2, 0, tzinfo=UTC)),
    ],
)
def test_moments_on_the_nights_of_clock_change(day: date, at: time, utc: datetime) -> None:
    assert moment(day, at, HELSINKI).astimezone(UTC) == utc


def test_a_day_of_clock_change_ends_at_its_own_midnight() -> None:
    assert day_end(date(2023, 10, 29), HELSINKI).astimezone(UTC) == datetime(2023, 10, 29, 22, tzinfo=UTC)
    assert day_end(date(2023, 3, 26), HELSINKI).astimezone(UTC) == datetime(2023, 3, 26, 21, tzinfo=UTC)


def test_an_unknown_zone_is_told() -> None:
    validate_zone(HELSINKI)
    with pytest.raises(ValidationError):
        validate_zone("Helsinki")
