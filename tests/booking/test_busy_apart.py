"""A stranger's calendar is read in time, or not at all; nothing that it does reaches us."""

import sys
import time
from pathlib import Path

import pytest

from keino_academy.booking import busy_apart
from keino_academy.booking.busy import CalendarError, busy_spans
from keino_academy.booking.busy_apart import read_apart
from tests.booking.test_busy import SINCE, TIMES, UNTIL, calendar, event
from tests.factories.booking import HELSINKI


def code_of(*parts: str) -> str:
    with pytest.raises(CalendarError) as caught:
        read_apart(calendar(*parts), SINCE, UNTIL, HELSINKI)
    return caught.value.code


def test_it_is_read_as_it_is_here():
    content = calendar(event(*TIMES), event("DTSTART;VALUE=DATE:20230326", "SUMMARY:Päivä\x00", uid="two"))
    found = read_apart(content, SINCE, UNTIL, HELSINKI)
    assert found == busy_spans(content, SINCE, UNTIL, HELSINKI)
    assert len(found) == 2
    assert read_apart(content, SINCE, UNTIL, HELSINKI, own=found[:1]) == found[1:]


@pytest.mark.parametrize(
    "parts",
    [
        [
            event("DTSTART:20230101T000000Z", "DURATION:PT1S", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid=str(n))
            for n in range(500)
        ],
        [event("DTSTART:00010101T000000Z", "DURATION:PT1S", "RRULE:FREQ=HOURLY")],
        ["X-A" + ";B=c" * 400_000 + ":1\r\n"],
    ],
    ids=["never comes true", "since the year 1", "parameters"],
)  # fmt: skip
def test_what_would_go_on_for_ever_ends_in_time(parts, monkeypatch):
    monkeypatch.setattr(busy_apart, "SECONDS", 1.5)
    began = time.monotonic()
    assert code_of(*parts) == "too-much"
    assert time.monotonic() - began < 5


def test_what_asks_for_more_memory_than_there_is_is_too_much(monkeypatch, tmp_path):
    """The limit is the module's own: a process that never ends up with it would be ended by the system."""
    (tmp_path / "keino_academy_hungry.py").write_text(
        "from keino_academy.booking import busy_apart\nbusy_apart._limit_memory()\nbytearray(busy_apart.MEMORY)\n"
    )
    monkeypatch.setattr(busy_apart, "__name__", "keino_academy_hungry")
    monkeypatch.syspath_prepend(tmp_path)
    assert code_of(event(*TIMES)) == "too-much"


def test_what_is_no_calendar_is_said_so():
    with pytest.raises(CalendarError, match="no-calendar"):
        read_apart(b"<html>", SINCE, UNTIL, HELSINKI)


def test_the_process_needs_no_django(monkeypatch, tmp_path):
    (tmp_path / "django.py").write_text("raise ImportError('Django is not for here')")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert len(read_apart(calendar(event(*TIMES)), SINCE, UNTIL, HELSINKI)) == 1
    assert Path(busy_apart.__file__).is_file()
