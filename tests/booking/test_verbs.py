"""What two people's wishes for one seat leave behind, verb by verb."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keino_academy.booking import actions
from keino_academy.booking.errors import HoldOverError, NotBookedError
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, Slot, SlotSeries, Waiting
from keino_academy.core.models import OutboxMail
from tests.factories.booking import TIMES, make_booking, make_series


def holder(name: str) -> Holder:
    return Holder("", f"Kunta {name}", name, f"{name.lower()}@{name.lower()}.example")


def wait(series: SlotSeries, name: str, **more) -> Waiting:
    return actions.join(series, holder(name), nonce=f"wait-{name}", language="fi", **more)


def hold(slot: Slot, visitor: str) -> Booking:
    return actions.hold(slot, visitor, nonce=f"{visitor}-{slot.pk}", language="fi")


def offered() -> list[tuple[str, int]]:
    held = Booking.objects.filter(state="held", waiting__isnull=False).order_by("pk")
    return list(held.values_list("person", "slot"))


def mails(kind: str) -> int:
    return OutboxMail.objects.filter(kind=f"booking/{kind}").count()


@pytest.fixture
def two(academy) -> tuple[Slot, Slot]:
    """Two times of one seat on two days, both booked."""
    first, second = make_series(academy, slots=[TIMES[0], TIMES[3]]).slots.order_by("starts")
    make_booking(first, key="application:1")
    make_booking(second, key="application:2")
    return first, second


def test_a_hold_that_ran_out_unnoticed_stops_nobody_from_cancelling(academy, frozen):
    slot = make_series(academy, slots=[TIMES[0]], seats=2).slots.get()
    hold(slot, "gone")
    booking = make_booking(slot)
    wait(slot.series, "Aino")
    frozen.shift(timedelta(minutes=11))
    actions.cancel(booking)
    assert offered() == [("Aino", slot.pk)]


def test_a_hold_that_ran_out_unnoticed_stops_nobody_from_choosing(academy, frozen):
    first, second = make_series(academy, slots=TIMES[:2]).slots.order_by("starts")
    gone = hold(first, "gone")
    frozen.shift(timedelta(minutes=11))
    hold(first, "here")
    assert hold(second, "here").slot == second
    assert [b.state for b in Booking.objects.order_by("pk")] == ["expired", "expired", "held"]
    with pytest.raises(HoldOverError):
        actions.extend_hold(gone)


def test_a_cancelled_booking_is_not_booked_again_by_its_old_form(academy):
    slot = make_series(academy, slots=[TIMES[0]]).slots.get()
    kept = hold(slot, "here")
    booking = actions.confirm(kept, holder("Aino"), language="fi")
    actions.cancel(booking)
    make_booking(slot)
    with pytest.raises(NotBookedError):
        actions.confirm(kept, holder("Aino"), language="fi")
    assert Booking.objects.get(pk=kept.pk).state == "cancelled"


@pytest.mark.parametrize("by_form", [True, False])
def test_who_books_another_time_leaves_the_offered_one_to_the_next(two, by_form):
    first, second = two
    wait(first.series, "Aino")
    wait(first.series, "Bertta", day=first.starts.date())
    actions.cancel(first.bookings.get())
    assert offered() == [("Aino", first.pk)]
    Slot.objects.filter(pk=second.pk).update(seats=2)
    if by_form:
        booking = actions.confirm(hold(second, "aino"), holder("Aino"), language="fi")
    else:
        booking = actions.book(second, holder("Aino"), nonce="at once", language="fi")
    assert booking.slot_id == second.pk
    assert offered() == [("Bertta", first.pk)]
    assert list(Waiting.objects.order_by("pk").values_list("state", flat=True)) == ["booked", "offered"]


def test_the_offered_time_can_be_booked_through_the_front_door_too(two):
    first, _second = two
    wait(first.series, "Aino")
    wait(first.series, "Bertta")
    actions.cancel(first.bookings.get())
    booking = actions.book(first, holder("Aino"), nonce="at once", language="fi")
    assert (booking.slot, booking.seat, booking.state) == (first, 1, "booked")
    assert offered() == []


def test_an_offer_that_is_answered_a_little_late_is_not_called_over(two, frozen):
    first, _second = two
    wait(first.series, "Aino")
    actions.cancel(first.bookings.get())
    offer = Booking.objects.get(state="held")
    frozen.shift(timedelta(hours=25))
    booking = actions.confirm(offer, holder("Aino"), language="fi")
    assert (booking.state, booking.waiting.state) == ("booked", "offered")
    assert Waiting.objects.get().state == "booked"
    assert (mails("offer_over"), mails("booked")) == (0, 3)


def test_an_offer_that_is_answered_too_late_went_to_the_next(two, frozen):
    first, _second = two
    wait(first.series, "Aino")
    wait(first.series, "Bertta")
    actions.cancel(first.bookings.get())
    offer = Booking.objects.get(state="held")
    frozen.shift(timedelta(hours=25))
    with pytest.raises(HoldOverError):
        actions.confirm(offer, holder("Aino"), language="fi")
    assert mails("offer_over") == 0
    actions.pass_on(first.series)
    assert (mails("offer_over"), offered()) == (1, [("Bertta", first.pk)])


@pytest.mark.parametrize("verb", [actions.release_hold, actions.cancel, actions.pass_offer])
def test_an_offer_that_is_given_back_is_not_offered_to_the_same_again(two, verb):
    first, _second = two
    wait(first.series, "Aino")
    actions.cancel(first.bookings.get())
    verb(Booking.objects.get(state="held"))
    assert offered() == []
    assert Waiting.objects.get().state == "waiting"
    assert mails("offered") == 1


def test_who_passes_is_offered_another_time_that_is_free_already(two):
    first, second = two
    wait(first.series, "Aino")
    actions.cancel(first.bookings.get())
    actions.cancel(second.bookings.get())
    assert offered() == [("Aino", first.pk)]
    actions.pass_offer(Booking.objects.get(state="held"))
    assert offered() == [("Aino", second.pk)]


def test_seats_are_taken_away_that_only_a_hold_that_ran_out_has(academy, frozen):
    slot = make_series(academy, slots=[TIMES[0]], seats=2).slots.get()
    make_booking(slot)
    hold(slot, "gone")
    frozen.shift(timedelta(minutes=11))
    slot.seats = 1
    actions.change_slot(slot)
    assert list(Booking.objects.order_by("seat").values_list("seat", "state")) == [
        (1, "booked"),
        (2, "expired"),
    ]


def test_a_stranger_s_place_never_stops_who_cancels(two):
    """Somebody may be booked and wait, where two transactions could not see each other."""
    first, _second = two
    wait(first.series, "Aino")
    place = wait(first.series, "Bertta")
    Waiting.objects.filter(person="Aino").update(holder_key="application:2")
    actions.cancel(first.bookings.get())
    assert offered() == [(place.person, first.pk)]


@pytest.mark.parametrize("number", [2, 40])
def test_nobody_queues_for_times_that_nobody_waits_for(academy, number):
    series = make_series(academy, slots=number)
    booked = series.slots.order_by("starts").last()
    for slot in series.slots.filter(starts__date=booked.starts.date()):
        make_booking(slot)
    wait(series, "Aino", day=booked.starts.date())
    before = list(series.slots.order_by("pk").values_list("lock_version", flat=True))
    with CaptureQueriesContext(connection) as captured:
        assert actions.pass_on(series) == 0
    assert len(captured) == 5
    assert list(series.slots.order_by("pk").values_list("lock_version", flat=True)) == before


@pytest.mark.parametrize("number", [1, 30])
def test_a_booking_asks_as_much_when_many_sit_there(academy, number):
    slot = make_series(academy, slots=[TIMES[0]], seats=number + 1).slots.get()
    for _turn in range(number):
        make_booking(slot)
    with CaptureQueriesContext(connection) as captured:
        actions.book(slot, holder("Aino"), nonce="last", language="fi")
    # A savepoint's two in this test, and two for each of the two mails.
    assert len(captured) == 17
