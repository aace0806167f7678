"""Calendar files, read back by parsers of other makers."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import ics
import pytest
import vobject

from keino_academy.core.calendars import Entry, Party, feed, invitation

HELSINKI = ZoneInfo("Europe/Helsinki")
STAMP = datetime(2023, 5, 1, tzinfo=UTC)
ORGANISER, GUEST = (
    Party("akatemia@osaamiskeskus.example", "Akatemia"),
    Party("aino@koivuranta.example", "Aino; Mäki"),
)


def entry(starts: datetime, ends: datetime, sequence: int = 0) -> Entry:
    return Entry(
        "one@example", "Työpaja, 1; alku", starts, ends, STAMP, sequence, "Rivi 1\nRivi 2", "Helsinki"
    )


NIGHTS = [
    (datetime(2023, 9, 12, 10, tzinfo=HELSINKI), datetime(2023, 9, 12, 16, tzinfo=HELSINKI)),
    (datetime(2023, 3, 26, 2, 30, tzinfo=HELSINKI), datetime(2023, 3, 26, 5, 0, tzinfo=HELSINKI)),
    (datetime(2023, 10, 29, 2, 30, tzinfo=HELSINKI), datetime(2023, 10, 29, 5, 0, tzinfo=HELSINKI)),
]


@pytest.mark.parametrize(("starts", "ends"), NIGHTS)
def test_three_parsers_read_the_same_instants(starts: datetime, ends: datetime) -> None:
    text = invitation(entry(starts, ends), ORGANISER, GUEST)
    ours = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    theirs = vobject.readOne(text).vevent
    third = next(iter(ics.Calendar(text).events))
    assert ours.decoded("dtstart") == theirs.dtstart.value == third.begin.datetime == starts.astimezone(UTC)
    assert ours.decoded("dtend") == theirs.dtend.value == third.end.datetime == ends.astimezone(UTC)
    assert str(ours["summary"]) == theirs.summary.value == third.name == "Työpaja, 1; alku"


def test_an_invitation_names_one_guest_and_its_method() -> None:
    calendar = icalendar.Calendar.from_ical(invitation(entry(*NIGHTS[0]), ORGANISER, GUEST))
    event = calendar.walk("VEVENT")[0]
    assert calendar["method"] == "REQUEST"
    assert str(event["attendee"]) == "mailto:aino@koivuranta.example"
    assert str(event["organizer"]) == "mailto:akatemia@osaamiskeskus.example"
    assert event["status"] == "CONFIRMED"


def test_a_cancellation_has_the_same_uid_and_a_higher_sequence() -> None:
    calendar = icalendar.Calendar.from_ical(
        invitation(entry(*NIGHTS[0], sequence=1), ORGANISER, GUEST, cancelled=True)
    )
    event = calendar.walk("VEVENT")[0]
    assert (calendar["method"], event["status"], event["uid"], event["sequence"]) == (
        "CANCEL",
        "CANCELLED",
        "one@example",
        1,
    )


def test_a_period_blocks_nobodys_days() -> None:
    period = Entry("two@example", "Sparraus", date(2023, 11, 1), date(2024, 2, 1), STAMP)
    text = feed("Akatemia", [period], "feed@example")
    assert "DTSTART;VALUE=DATE:20231101" in text
    assert "DTEND;VALUE=DATE:20240201" in text
    assert "TRANSP:TRANSPARENT" in text
    assert "METHOD" not in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text


def test_a_feed_of_the_same_entries_is_the_same_text() -> None:
    entries = [entry(*NIGHTS[0])]
    assert feed("Akatemia", entries, "feed@example") == feed("Akatemia", entries, "feed@example")


def test_a_line_break_in_a_title_makes_no_new_line_of_the_file() -> None:
    nasty = Entry("x@example", "A\r\nATTENDEE:mailto:x@evil.example", *NIGHTS[0], STAMP)
    assert "\r\nATTENDEE" not in feed("Akatemia", [nasty], "feed@example")
