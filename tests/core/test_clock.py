"""The one clock."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import override_settings

from keino_academy.core import clock

REAL = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def two_hours() -> timedelta:
    return timedelta(hours=2)


@time_machine.travel(REAL, tick=False)
def test_it_is_the_real_time_where_nothing_is_set() -> None:
    assert clock.now() == REAL


@time_machine.travel(REAL, tick=False)
def test_an_offset_may_be_a_timedelta_or_the_path_of_a_callable() -> None:
    with override_settings(KEINO_ACADEMY={"CLOCK_OFFSET": timedelta(days=-1)}):
        assert clock.now() == REAL - timedelta(days=1)
    with override_settings(KEINO_ACADEMY={"CLOCK_OFFSET": "tests.core.test_clock.two_hours"}):
        assert clock.now() == REAL + timedelta(hours=2)


def test_it_runs_from_where_it_stands_and_returns_afterwards() -> None:
    moment = datetime(2023, 5, 10, 9, 0, tzinfo=UTC)
    with time_machine.travel(REAL, tick=False) as traveller:
        with clock.standing_at(moment):
            traveller.shift(timedelta(minutes=5))
            assert clock.now() == moment + timedelta(minutes=5)
        assert clock.now() == REAL + timedelta(minutes=5)
