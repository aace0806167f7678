"""When a calendar says that its owner is busy: whatever programs write, and what nobody should."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino_academy.booking.busy import CalendarError, busy_spans, in_days, merged
from tests.factories.booking import HELSINKI

SINCE, UNTIL = datetime(2023, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x\r\n"
TIMES = ("DTSTART;TZID=Europe/Helsinki:20230605T090000", "DTEND;TZID=Europe/Helsinki:20230605T100000")


def calendar(*parts: str) -> bytes:
    return (HEAD + "".join(parts) + "END:VCALENDAR\r\n").encode()


def event(*lines: str, uid: str = "one@x") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20230101T000000Z", *lines, "END:VEVENT", ""])


def read(*parts: str, zone: ZoneInfo = HELSINKI, **also: object) -> list[str]:
    """The spans as ``05.06 06:00-07:00``, in UTC."""
    return shown(busy_spans(calendar(*parts), SINCE, UNTIL, zone, **also))


def shown(spans: list) -> list[str]:
    return [f"{a:%d.%m %H:%M}-{b:%H:%M}" if a.date() == b.date() else f"{a:%d.%m %H:%M}-{b:%d.%m %H:%M}" for a, b in spans]  # fmt: skip


def code_of(content: bytes) -> str:
    with pytest.raises(CalendarError) as caught:
        busy_spans(content, SINCE, UNTIL, HELSINKI)
    return caught.value.code


@pytest.mark.parametrize(
    ("lines", "span"),
    [
        (TIMES, "05.06 06:00-07:00"),
        (("DTSTART:20230605T060000Z", "DTEND:20230605T070000Z"), "05.06 06:00-07:00"),
        (("DTSTART:20230605T060000Z", "DURATION:PT90M"), "05.06 06:00-07:30"),
        (("DTSTART:20230605T090000", "DTEND:20230605T100000"), "05.06 06:00-07:00"),
        (("DTSTART;TZID=FLE Standard Time:20230605T090000", "DURATION:PT1H"), "05.06 06:00-07:00"),
        (("DTSTART;TZID=Nowhere/Land:20230605T090000", "DURATION:PT1H"), "05.06 06:00-07:00"),
        (("DTSTART;VALUE=DATE:20230605", "DTEND;VALUE=DATE:20230606"), "04.06 21:00-05.06 21:00"),
        (("DTSTART;VALUE=DATE:20230605",), "04.06 21:00-05.06 21:00"),
        (("DTSTART;VALUE=DATE:20230605", "DTEND;VALUE=DATE:20230605"), "04.06 21:00-05.06 21:00"),
        (("DTSTART;VALUE=DATE:20230605", "DTEND;VALUE=DATE:20230608"), "04.06 21:00-07.06 21:00"),
        ((*TIMES, "STATUS:TENTATIVE"), "05.06 06:00-07:00"),
        ((*TIMES, "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), "05.06 06:00-07:00"),
    ],
)
def test_each_way_to_write_a_time(lines, span):
    assert read(event(*lines)) == [span]


@pytest.mark.parametrize(
    "lines",
    [
        (*TIMES, "TRANSP:TRANSPARENT"),
        (*TIMES, "STATUS:CANCELLED"),
        (*TIMES, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
        (*TIMES, "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"),
        ("DTSTART:20230605T060000Z",),
        ("SUMMARY:without a time",),
    ],
)
def test_what_takes_no_time(lines):
    assert read(event(*lines)) == []


def test_days_are_days_of_the_zone_over_both_clock_changes():
    days = ["DTSTART;VALUE=DATE:20230326", "DTSTART;VALUE=DATE:20231029"]
    assert read(*(event(day, uid=day) for day in days)) == ["25.03 22:00-26.03 21:00", "28.10 21:00-29.10 22:00"]  # fmt: skip
    assert read(event(days[0]), zone=ZoneInfo("Asia/Tokyo")) == ["25.03 15:00-26.03 15:00"]


@pytest.mark.parametrize(
    ("lines", "span"),
    [
        # 3.00 becomes 4.00: 1.00 to 5.00 are three hours, and 3.30 is a time that no clock shows.
        (("DTSTART;TZID=Europe/Helsinki:20230326T010000", "DTEND;TZID=Europe/Helsinki:20230326T050000"), "25.03 23:00-26.03 02:00"),
        (("DTSTART;TZID=Europe/Helsinki:20230326T033000", "DTEND;TZID=Europe/Helsinki:20230326T043000"), "26.03 01:30-01:30"),
        (("DTSTART;TZID=Europe/Helsinki:20230326T040000", "DTEND;TZID=Europe/Helsinki:20230326T043000"), "26.03 01:00-01:30"),
        # 4.00 becomes 3.00: 1.00 to 5.00 are five hours, and of 3.30 the first is meant.
        (("DTSTART;TZID=Europe/Helsinki:20231029T010000", "DTEND;TZID=Europe/Helsinki:20231029T050000"), "28.10 22:00-29.10 03:00"),
        (("DTSTART:20231029T033000", "DTEND:20231029T043000"), "29.10 00:30-02:30"),
        (("DTSTART:20231029T003000Z", "DTEND:20231029T013000Z"), "29.10 00:30-01:30"),
    ],
)  # fmt: skip
def test_the_nights_on_which_clocks_change(lines, span):
    expected = [] if span.endswith("01:30-01:30") else [span]
    assert read(event(*lines)) == expected


def test_a_weekly_meeting_stays_at_its_hour_when_clocks_change():
    spring = event(
        "DTSTART;TZID=Europe/Helsinki:20230320T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"
    )
    autumn = event(
        "DTSTART;TZID=Europe/Helsinki:20231023T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2", uid="two"
    )  # fmt: skip
    assert read(spring, autumn) == [
        "20.03 07:00-08:00", "27.03 06:00-07:00", "03.04 06:00-07:00", "23.10 06:00-07:00", "30.10 07:00-08:00",
    ]  # fmt: skip


def test_one_of_many_is_left_out_moved_or_made_free():
    start, zone = "DTSTART;TZID=Europe/Helsinki:20230605T090000", ";TZID=Europe/Helsinki:"
    series = event(start, "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=5", f"EXDATE{zone}20230606T090000")
    moved = event(f"RECURRENCE-ID{zone}20230607T090000", f"DTSTART{zone}20230607T140000", "DURATION:PT1H")
    free = event(f"RECURRENCE-ID{zone}20230608T090000", f"DTSTART{zone}20230608T090000", "DURATION:PT1H", "TRANSP:TRANSPARENT")  # fmt: skip
    off = event(f"RECURRENCE-ID{zone}20230609T090000", f"DTSTART{zone}20230609T090000", "DURATION:PT1H", "STATUS:CANCELLED")  # fmt: skip
    assert read(series, moved, free, off) == ["05.06 06:00-07:00", "07.06 11:00-12:00"]


def test_a_calendar_s_own_zone_is_believed_before_a_library_s():
    """Two calendars that call different zones by one name are each read by their own."""
    for summer, span in (("+0600", "05.06 03:00-04:00"), ("+0800", "05.06 01:00-02:00")):
        zone = (
            "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\n"
            f"BEGIN:STANDARD\r\nDTSTART:16010101T040000\r\nTZOFFSETFROM:{summer}\r\nTZOFFSETTO:+0500\r\n"
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
            f"BEGIN:DAYLIGHT\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:{summer}\r\n"
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
        )
        summers = event("DTSTART;TZID=Customized Time Zone:20230605T090000", "DURATION:PT1H")
        winters = event("DTSTART;TZID=Customized Time Zone:20231205T090000", "DURATION:PT1H", uid="two")
        assert read(zone, summers, winters) == [span, "05.12 04:00-05:00"]


def test_what_servers_tell_of_free_and_busy():
    said = (
        "FREEBUSY:20230501T100000Z/20230501T110000Z,20230502T100000Z/PT1H\r\n"
        "FREEBUSY;FBTYPE=FREE:20230503T100000Z/20230503T110000Z\r\n"
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20230504T100000Z/20230504T110000Z\r\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20230505T100000Z/20230505T110000Z\r\n"
    )
    part = f"BEGIN:VFREEBUSY\r\nUID:f\r\nDTSTAMP:20230101T000000Z\r\n{said}END:VFREEBUSY\r\n"
    assert read(part) == ["01.05 10:00-11:00", "02.05 10:00-11:00", "04.05 10:00-11:00", "05.05 10:00-11:00"]


def test_only_what_lies_in_the_span_is_taken():
    old = event("DTSTART:20221231T230000Z", "DTEND:20230101T010000Z")
    far = event("DTSTART:20231231T230000Z", "DTEND:20240101T010000Z", uid="far")
    gone = event("DTSTART:20220605T060000Z", "DURATION:PT1H", uid="gone")
    assert read(old, far, gone) == ["01.01 00:00-01:00", "31.12 23:00-01.01 00:00"]


def test_what_is_in_the_calendar_because_of_us_hides_nothing():
    own = (datetime(2023, 6, 5, 6, tzinfo=UTC), datetime(2023, 6, 5, 7, tzinfo=UTC))
    next_to_it = event("DTSTART:20230605T070000Z", "DURATION:PT1H", uid="next")
    assert read(event(*TIMES), next_to_it, own={own}) == ["05.06 07:00-08:00"]


def test_an_entry_that_makes_no_sense_spoils_no_others():
    wrong = [
        event("DTSTART:20230605T060000Z", "DURATION:PT1H", "RRULE:FREQ=NEVER", uid="a"),
        event("DTSTART:soon", uid="b"),
        event("DTSTART:20230605T060000Z", "DTEND;VALUE=DATE:20230605", "RRULE:FREQ=DAILY;UNTIL=x", uid="c"),
        event("DTSTART:00010101T000000Z", "DTEND:99991231T000000Z", "RRULE:FREQ=DAILY", uid="d"),
    ]
    good = event("DTSTART:20230701T060000Z", "DURATION:PT1H", uid="good")
    assert "01.07 06:00-07:00" in read(*wrong, good, "X-WR-TIMEZONE:../../etc/passwd\r\n")


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html><title>Sign in</title>", b"PK\x03\x04", b"\x00" * 100, b"BEGIN:VCARD\r\nEND:VCARD\r\n"],
)  # fmt: skip
def test_what_is_no_calendar(content):
    assert code_of(content) == "no-calendar"


def test_a_calendar_that_is_cut_short_is_not_taken_for_one_with_less_in_it():
    assert code_of(calendar(event(*TIMES))[:-10]) == "broken"


def test_bytes_that_are_no_text_are_read_as_far_as_they_go():
    content = calendar(event(*TIMES, "SUMMARY:K\x00\x0b")).replace(
        b"\x00\x0b", b"\xe4\xff\x00\x0b\xed\xa0\x80"
    )
    assert shown(busy_spans(b"\xef\xbb\xbf" + content, SINCE, UNTIL, HELSINKI)) == ["05.06 06:00-07:00"]


@pytest.mark.parametrize(
    "parts",
    [
        [event("DTSTART:20230101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")],
        [event("DTSTART:20230101T000000Z", "DURATION:PT1S", "RRULE:FREQ=MI\r\n NUTELY")],
        ["".join(event("DTSTART:20230101T000000Z", uid=str(n)) for n in range(100_000))],
    ],
    ids=["every second", "every minute, folded", "100,000 events"],
)
def test_what_is_far_too_much_is_told_at_once(parts):
    began = time.monotonic()
    assert code_of(calendar(*parts)) == "too-much"
    assert time.monotonic() - began < 2


MOMENTS = st.integers(0, 400).map(lambda hours: SINCE + timedelta(hours=hours))
SPANS = st.lists(st.tuples(MOMENTS, MOMENTS))


@given(SPANS)
def test_merged_spans_cover_the_same_moments_and_lie_apart(spans):
    found = merged(spans)
    assert all(a < b for a, b in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    for hour in range(401):
        moment = SINCE + timedelta(hours=hour)
        covers = [any(a <= moment < b for a, b in some) for some in (spans, found)]
        assert covers[0] == covers[1]


@given(SPANS)
def test_no_piece_is_longer_than_a_day_and_none_is_lost(spans):
    pieces = in_days(merged(spans))
    assert all(timedelta(0) < b - a <= timedelta(days=1) for a, b in pieces)
    assert merged(pieces) == merged(spans)
