"""Every kind of calendar file that the package makes, read by other makers' programs.

Two bookings and an entry stand on the night on which clocks skip the hour from 3 to 4, three on
that on which they show it twice; periods are whole days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from keino_academy.announcement.models import Academy
from keino_academy.booking import actions
from keino_academy.booking.feeds import feed_url
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import booking_url
from keino_academy.core.models import OutboxMail
from tests.booking.test_cancel import address
from tests.calendars.readers import PYTHON, Event, by_node, compiled, faults
from tests.conftest import HELSINKI
from tests.factories.academy_texts import timeline
from tests.factories.announcement import block_id, make_academy_page
from tests.factories.booking import make_booking, make_series
from tests.factories.learning import make_learning_pages, make_participation

#: Local starts, and the instants of start and end; each is an hour of real time.
SPRING = (datetime(2023, 3, 26, 2, 30, tzinfo=HELSINKI), "2023-03-26T00:30:00Z", "2023-03-26T01:30:00Z")
FIRST = (datetime(2023, 10, 29, 3, 15, tzinfo=HELSINKI), "2023-10-29T00:15:00Z", "2023-10-29T01:15:00Z")
SECOND = (
    datetime(2023, 10, 29, 3, 15, tzinfo=HELSINKI, fold=1),
    "2023-10-29T01:15:00Z",
    "2023-10-29T02:15:00Z",
)
EMAIL = "aino@koivuranta.example"


@dataclass
class Files:
    """Texts of calendar files, and what must be read in each."""

    texts: dict[str, str]
    events: dict[str, list[Event]]

    def add(self, name: str, text: str, events: list[Event]) -> None:
        self.texts[name], self.events[name] = text, sorted(events)


def on(name: str, day: str, starts: str, ends: str) -> dict[str, Any]:
    value = {"title": name, "date": day, "starts": starts, "ends": ends, "audience": "everyone"}
    return {"type": "moment", "id": block_id(name), "value": value}


def entries() -> list[dict[str, Any]]:
    """Moments on both nights, one that says no end, and three that take whole days."""
    coaching, after = (
        child for child in timeline() if child["id"] in {block_id("coaching"), block_id("after")}
    )
    day = {"type": "moment", "id": block_id("day"), "value": {"title": "Messut", "date": "2023-10-29"}}
    return [
        on("spring", "2023-03-26", "02:30:00", "04:30:00"),
        on("autumn", "2023-10-29", "03:15:00", "04:15:00"),
        on("endless", "2023-11-02", "12:00:00", ""),
        coaching,
        after,
        day,
    ]


def entry_events(academy: Academy, sequence: int) -> list[Event]:
    times = {
        "spring": ("2023-03-26T00:30:00Z", "2023-03-26T01:30:00Z"),
        # Of an hour that comes twice an editor means the first; 4.15 comes two hours later.
        "autumn": ("2023-10-29T00:15:00Z", "2023-10-29T02:15:00Z"),
        "endless": ("2023-11-02T10:00:00Z", "2023-11-02T10:00:00Z"),
        "coaching": ("2023-11-01", "2024-02-01"),
        "after": ("2024-01-01", "2025-01-01"),
        "day": ("2023-10-29", "2023-10-30"),
    }
    key = academy.translation_key
    return [(f"{block_id(name)}.{key}@keino-academy", *when, sequence) for name, when in times.items()]


def mailed(kind: str) -> str:
    return OutboxMail.objects.filter(kind=kind).latest("pk").calendar


@pytest.fixture
def files(site, frozen, client) -> Files:
    frozen.move_to(datetime(2023, 3, 1, 12, tzinfo=HELSINKI))
    page = make_academy_page(site, timeline=entries(), opens_on=date(2023, 2, 1), starts_on=date(2023, 3, 2))
    academy = Academy.objects.get(translation_key=page.translation_key)
    made = Files({}, {})
    published = int((datetime(2023, 3, 1, 10) - datetime(2020, 1, 1)).total_seconds())
    feed = reverse("keino_academy:feed", args=["fi", academy.code])
    made.add("academy feed", client.get(feed).content.decode(), entry_events(academy, published))
    add_bookings(made, client, academy)
    own = actions.make_feed(academy, f"email:{EMAIL}", "fi")
    held = Booking.objects.filter(state="booked").order_by("slot__starts")
    booked = [
        (one.uid, *when[1:], one.sequence) for one, when in zip(held, (SPRING, FIRST, SECOND), strict=True)
    ]
    text = client.get(feed_url(own).removeprefix("http://localhost")).content.decode()
    made.add("personal feed", text, [*booked, *entry_events(academy, published)])
    add_session(made, page, academy, frozen)
    return made


def add_bookings(made: Files, client: Any, academy: Academy) -> None:
    """The mails and the file of bookings that are made, moved and cancelled."""
    starts = [SPRING[0], FIRST[0], SECOND[0]]
    days = {"books_from": date(2023, 2, 1), "books_until": date(2023, 12, 31)}
    series = make_series(academy, slots=starts, minutes=60, seats=2, one_per_holder=False, **days)
    spring, first, second = series.slots.order_by("starts")
    for name, slot, when in (("spring", spring, SPRING), ("first", first, FIRST), ("second", second, SECOND)):
        booking = make_booking(slot, email=EMAIL)
        event = (booking.uid, *when[1:], 0)
        made.add(f"request {name}", mailed("booking/booked"), [event])
        client.get(booking_url(booking))
        file = client.get(address(booking, "booking_calendar")).content.decode()
        made.add(f"file {name}", file, [event])
    booking = make_booking(spring, email="eino@koivuranta.example")
    actions.move(booking, second, by_organiser=True)
    made.add("moved request", mailed("booking/moved"), [(booking.uid, *SECOND[1:], 1)])
    actions.cancel(booking, by_organiser=True)
    made.add("cancel", mailed("booking/slot_cancelled"), [(booking.uid, *SECOND[1:], 2)])
    client.get(booking_url(booking))
    file = client.get(address(booking, "booking_calendar")).content.decode()
    made.add("cancelled file", file, [(booking.uid, *SECOND[1:], 2)])


def add_session(made: Files, page: Any, academy: Academy, frozen: Any) -> None:
    """The mails of a session that moves to the doubled hour, and is then taken out."""
    make_learning_pages(page, sessions=1)
    make_participation(academy)
    uid = f"{block_id('spring')}.{academy.translation_key}@keino-academy"
    at = int((datetime(2023, 3, 1, 10) - datetime(2020, 1, 1)).total_seconds())
    for hours, changed, kind in (
        (1, [on("spring", "2023-10-29", "03:15:00", "03:45:00")], "session_moved"),
        (2, [on("other", "2023-10-29", "03:15:00", "03:45:00")], "session_cancelled"),
    ):
        frozen.shift(timedelta(hours=1))
        page.timeline = page.timeline.stream_block.to_python(changed)
        page.save_revision().publish()
        times = ("2023-10-29T00:15:00Z", "2023-10-29T00:45:00Z")
        made.add(kind, mailed(f"learning/{kind}"), [(uid, *times, at + 3600 * hours)])


def test_python_s_readers_see_the_same_instants(files):
    for name, text in files.texts.items():
        for reader, read in PYTHON.items():
            assert sorted(read(text)) == files.events[name], f"{reader} reads {name}"


def test_javascript_s_readers_see_the_same_instants(files, tmp_path):
    for zone in ("Europe/Helsinki", "America/St_Johns"):
        for reader, read in by_node(files.texts, tmp_path, zone).items():
            assert {name: sorted(events) for name, events in read.items()} == files.events, reader


@pytest.fixture(scope="session")
def checker(tmp_path_factory):
    found = compiled(tmp_path_factory.mktemp("libical"))
    if isinstance(found, str):
        pytest.skip(found)
    return found


def test_libical_finds_nothing_wrong_in_any_of_them(files, tmp_path, checker):
    assert faults(files.texts, tmp_path, checker) == []


#: Not found by it: a CANCEL whose STATUS is CONFIRMED. tests/core/test_calendars.py looks at that.
WRONG = {
    "a CANCEL without SEQUENCE": ("SEQUENCE:2\r\n", ""),
    "a cancel sent as REQUEST": ("METHOD:CANCEL", "METHOD:REQUEST"),
    "a CANCEL without ORGANIZER": ("ORGANIZER", "X-ORGANIZER"),
    "a CANCEL without UID": ("\r\nUID:", "\r\nX-UID:"),
    "a time that is none": ("DTSTART:2023", "DTSTART:2O23"),
    "no calendar": ("VCALENDAR", "VTODO"),
}


def test_libical_finds_what_is_made_wrong(files, tmp_path, checker):
    good = files.texts["cancel"]
    found = {}
    for fault, (right, wrong) in WRONG.items():
        assert right in good, fault
        found[fault] = bool(faults({"wrong": good.replace(right, wrong)}, tmp_path, checker))
    assert found == dict.fromkeys(WRONG, True)
    assert faults({"good": good}, tmp_path, checker) == []
