"""Invitations, as other makers' programs read them; the nights when clocks are changed."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import icalendar
import ics
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keino_academy.booking import actions
from keino_academy.booking.errors import BookingError
from keino_academy.booking.models import Booking, Slot
from keino_academy.booking.plan import Plan, times
from keino_academy.core.models import OutboxMail
from tests.booking.test_book import times as times_address
from tests.factories.booking import HELSINKI, make_booking, make_series

#: In the night to 29 October 2023 clocks show 3.30 twice; in that to 26 March never.
NIGHTS = [
    (datetime(2023, 10, 29, 3, 30, tzinfo=HELSINKI), datetime(2023, 10, 29, 0, 30, tzinfo=UTC)),
    (datetime(2023, 10, 29, 3, 30, tzinfo=HELSINKI, fold=1), datetime(2023, 10, 29, 1, 30, tzinfo=UTC)),
    (datetime(2024, 3, 31, 2, 30, tzinfo=HELSINKI), datetime(2024, 3, 31, 0, 30, tzinfo=UTC)),
    (datetime(2024, 3, 31, 4, 0, tzinfo=HELSINKI), datetime(2024, 3, 31, 1, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("local", "instant"), NIGHTS)
def test_every_program_reads_the_same_instants(academy, local, instant):
    slot = make_series(academy, slots=[local], minutes=45).slots.get()
    booking = make_booking(slot)
    text = OutboxMail.objects.get(kind="booking/booked").calendar
    ends = instant + timedelta(minutes=45)
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (instant, ends)
    other = vobject.readOne(text).vevent
    assert (other.dtstart.value, other.dtend.value) == (instant, ends)
    third = next(iter(ics.Calendar(text).events))
    assert (third.begin.datetime, third.end.datetime) == (instant, ends)
    assert text.count("BEGIN:VEVENT") == text.count("ATTENDEE") == text.count("ORGANIZER") == 1
    assert f"UID:{booking.uid}" in text
    assert "METHOD:REQUEST" in text
    assert "SEQUENCE:0" in text


def test_the_night_s_times_are_told_apart(client, academy, frozen):
    starts = [local for local, _instant in NIGHTS[:2]]
    series = make_series(academy, slots=starts, minutes=30)
    rows = [row for part in client.get(times_address(series, starts[0].date())).context["parts"]
            for row in part["rows"]]  # fmt: skip
    labels = [row["label"].replace("\u2060", "").replace("\xa0", " ") for row in rows]
    assert labels == ["3.30–3.00 (UTC+3 → UTC+2)", "3.30–4.00 (UTC+2)"]


def test_a_plan_leaves_out_what_the_clock_skips():
    night = Plan(
        first=datetime(2024, 3, 31).date(),
        last=datetime(2024, 3, 31).date(),
        weekdays=[6],
        opens=datetime(2024, 3, 31, 2).time(),
        closes=datetime(2024, 3, 31, 5).time(),
        minutes=60,
    )
    found = [(starts.astimezone(UTC), ends - starts) for starts, ends in times(night, "Europe/Helsinki")]
    assert [starts.hour for starts, _length in found] == [0, 1]
    assert all(
        ends.timestamp() - starts.timestamp() == 3600 for starts, ends in times(night, "Europe/Helsinki")
    )


STEPS = st.lists(
    st.tuples(st.sampled_from(["book", "again", "cancel", "organiser"]), st.integers(0, 5)), max_size=14
)


@given(steps=STEPS, seats=st.integers(1, 3))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_seats_hold_and_sequences_rise(academy, steps, seats):
    # Hypothesis seeds chance, and so the Message-IDs of each example.
    OutboxMail.objects.all().delete()
    slot = make_series(academy, slots=1, seats=seats).slots.get()
    seen: dict[int, int] = {}
    for number, (step, who) in enumerate(steps):
        with suppress(BookingError):
            do(step, slot, who, number)
        check(slot, seats, seen)


def do(step: str, slot: Slot, who: int, number: int) -> None:
    if step in {"book", "again"}:
        nonce = f"{slot.pk}-{who}" if step == "again" else f"{slot.pk}-{who}-{number}"
        make_booking(slot, key=f"holder:{who}", nonce=nonce)
        return
    for booking in Booking.objects.filter(slot=slot, holder=f"holder:{who}"):
        actions.cancel(booking, by_organiser=step == "organiser")


def check(slot: Slot, seats: int, seen: dict[int, int]) -> None:
    live = list(slot.bookings.filter(state="booked").values_list("seat", "holder"))
    assert len(live) <= seats
    assert len({seat for seat, _who in live}) == len({who for _seat, who in live}) == len(live)
    for pk, sequence, state in slot.bookings.values_list("pk", "sequence", "state"):
        assert sequence >= seen.get(pk, 0)
        assert sequence == (1 if state == "cancelled" else 0)
        seen[pk] = sequence
