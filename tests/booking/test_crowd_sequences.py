"""Eight processes at once, on a real database, in an order that nobody chose: what always holds, still holds."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest

from keino_academy.booking import actions
from keino_academy.booking.errors import BookingError
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, Slot, SlotSeries, Waiting
from keino_academy.core.models import OutboxMail
from tests.booking.invariants import Look, broken, left_over
from tests.booking.test_crowd import FORK, academy, crowd, modes  # noqa: F401 - a fixture
from tests.factories.booking import TIMES, make_booking, make_series

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PROCESSES = 8
HAPPENS = {"booking/booked", "booking/moved", "booking/cancelled", "booking/offered"}
STEPS = 15
PEOPLE = [Holder(f"application:{n}", "", f"Varaaja {n}", f"varaaja{n}@koivuranta.example") for n in range(10)]


@pytest.fixture
def hasty(settings, academy):  # noqa: F811
    """An academy whose holds run out within a second, so that some do meanwhile."""
    settings.KEINO_ACADEMY = {**settings.KEINO_ACADEMY, "HOLD_SECONDS": 1}
    return academy


class Someone:
    """One process: does what it draws, to what all share, and counts what it is told."""

    def __init__(self, series: SlotSeries, number: int) -> None:
        self.series, self.number, self.forms = series, number, 0
        self.chance = random.Random(number)
        self.slots = list(series.slots.order_by("starts"))

    def go(self) -> str:
        verbs = [self.hold] * 4 + [self.book] * 3 + [self.confirm] * 3 + [self.join] * 3
        verbs += [self.move] * 3 + [self.cancel] * 3 + [self.accept] * 2 + [self.turn_down, self.leave]
        verbs += [self.pass_on, self.change_seats, self.wait]
        for _step in range(STEPS):
            with suppress(BookingError):
                self.chance.choice(verbs)()
        return "done"

    def form(self) -> str:
        self.forms += 1
        return f"{self.number}-{self.forms}"

    def slot(self) -> Slot:
        return self.chance.choice(self.slots)

    def person(self) -> Holder:
        return self.chance.choice(PEOPLE)

    def any_of(self, rows):
        return self.chance.choice(list(rows) or [None])

    def hold(self) -> None:
        # Two browsers for three processes: they get in each other's way.
        visitor = f"visitor-{self.chance.randrange(5)}"
        actions.hold(self.slot(), visitor, nonce=self.form(), language="fi")

    def confirm(self) -> None:
        kept = self.any_of(Booking.objects.filter(series=self.series, waiting=None))
        if kept:
            actions.confirm(kept, self.person(), language="fi")

    def book(self) -> None:
        actions.book(self.slot(), self.person(), nonce=self.form(), language="fi")

    def move(self) -> None:
        booking = self.any_of(Booking.objects.filter(series=self.series, state="booked"))
        if booking:
            actions.move(booking, self.slot())

    def cancel(self) -> None:
        booking = self.any_of(Booking.objects.filter(series=self.series, state__in=["booked", "held"]))
        if booking:
            actions.cancel(booking)

    def join(self) -> None:
        actions.join(self.series, self.person(), nonce=self.form(), language="fi")

    def offer(self) -> Booking | None:
        return self.any_of(Booking.objects.filter(series=self.series, waiting__isnull=False, state="held"))

    def accept(self) -> None:
        offer = self.offer()
        if offer:
            person = next(one for one in PEOPLE if one.who == offer.holder)
            actions.confirm(offer, person, language="fi")

    def turn_down(self) -> None:
        offer = self.offer()
        if offer:
            actions.pass_offer(offer)

    def leave(self) -> None:
        place = self.any_of(Waiting.objects.filter(series=self.series))
        if place:
            actions.leave(place)

    def pass_on(self) -> None:
        actions.pass_on(self.series)

    def change_seats(self) -> None:
        slot = Slot.objects.select_related("series__academy").get(pk=self.slot().pk)
        slot.seats = self.chance.randrange(1, 4)
        actions.change_slot(slot)

    def wait(self) -> None:
        time.sleep(0.3)


def check(series: SlotSeries) -> None:
    actions.pass_on(series)
    look = Look(series)
    assert broken(look, {}) == []
    assert list(left_over(look)) == []


def rounds(number: int, work: Callable[[int, int], object], times: int) -> list[Counter]:
    """What so many processes were answered in each of the rounds, which they begin together."""
    gate = FORK.Barrier(number)
    told: multiprocessing.Queue = FORK.Queue()

    def one(n: int) -> str:
        for turn in range(times):
            gate.wait(60)
            try:
                told.put((turn, work(n, turn) or "done"))
            except BookingError as error:
                told.put((turn, type(error).__name__))
        return "done"

    assert crowd(number, one) == {"done": number}
    found = [Counter() for _turn in range(times)]
    for _answer in range(number * times):
        turn, answer = told.get(timeout=10)
        found[turn][answer] += 1
    return found


@pytest.mark.parametrize("one", [True, False])
def test_whatever_eight_do_at_once(hasty, one):
    for mode in modes() if one else [{}]:
        series = make_series(hasty, slots=4, seats=2, one_per_holder=one, change_until_hours=0)
        # Which of what they try succeeds is chance: they come again until all of it has happened.
        for turn in range(6):
            first = turn * PROCESSES

            def go(n, series=series, first=first):
                return Someone(series, first + n).go()

            assert crowd(PROCESSES, go, **mode) == {"done": 8}
            check(series)
            if set(OutboxMail.objects.values_list("kind", flat=True)) >= HAPPENS:
                break
        else:
            pytest.fail("not everything has happened")


def test_moves_crosswise_neither_block_nor_lose_each_other(academy):  # noqa: F811
    series = make_series(academy, slots=2, seats=5)
    left, right = series.slots.order_by("pk")
    bookings = [make_booking(left if n % 2 else right, key=f"application:{n}") for n in range(PROCESSES)]

    def work(n: int, _turn: int) -> None:
        booking = Booking.objects.get(pk=bookings[n].pk)
        actions.move(booking, left if booking.slot_id == right.pk else right)

    answers = sum(rounds(PROCESSES, work, 4), Counter())
    assert set(answers) <= {"done", "SlotFullError"}
    assert answers["done"] >= 16
    moved = Booking.objects.filter(series=series)
    assert (
        sum(moved.values_list("sequence", flat=True))
        == OutboxMail.objects.filter(kind="booking/moved").count()
    )
    check(series)


def test_a_time_is_taken_away_while_holds_of_it_are_confirmed(academy):  # noqa: F811
    slot = make_series(academy, slots=[TIMES[0]], seats=20).slots.get()
    kept = [actions.hold(slot, f"v{n}", nonce=f"n{n}", language="fi") for n in range(PROCESSES)]

    def work(n: int) -> str:
        if n == PROCESSES:
            return f"told {len(actions.cancel_slot(slot))}"
        actions.confirm(kept[n], PEOPLE[n], language="fi")
        return "booked"

    answers = crowd(PROCESSES + 1, work)
    booked = answers["booked"]
    assert answers[f"told {booked}"] == 1
    assert answers["SlotCancelledError"] == PROCESSES - booked
    assert not Booking.objects.filter(state__in=["held", "booked"]).exists()
    assert OutboxMail.objects.filter(kind="booking/slot_cancelled").count() == booked


def test_two_times_that_become_free_at_once_are_offered_to_different_people(academy):  # noqa: F811
    series = make_series(academy, slots=20)
    slots = list(series.slots.order_by("pk"))
    bookings = [make_booking(slot, key=f"first:{slot.pk}") for slot in slots]
    places = [actions.join(series, PEOPLE[n], nonce=f"w{n}", language="fi") for n in range(10)]
    # In each round one waits, and two times become free.
    Waiting.objects.exclude(pk=places[0].pk).update(state="left")
    gate = FORK.Barrier(2)

    def work(n: int, turn: int) -> None:
        gate.wait(60)
        actions.cancel(bookings[2 * turn + n])
        gate.wait(60)
        if n == 0 and turn < 9:
            Waiting.objects.filter(pk=places[turn + 1].pk).update(state="waiting")

    rounds(2, work, 10)
    offers = Booking.objects.filter(series=series, state="held").order_by("pk")
    assert sorted(offers.values_list("waiting", flat=True)) == [place.pk for place in places]
    assert OutboxMail.objects.filter(kind="booking/offered").count() == 10


def test_a_hold_that_ran_out_is_confirmed_while_another_takes_the_seat(hasty):
    series = make_series(hasty, slots=10)
    slots = list(series.slots.order_by("pk"))
    kept = [actions.hold(slot, f"v{slot.pk}", nonce=f"h{slot.pk}", language="fi") for slot in slots]
    time.sleep(1.1)

    def work(n: int, turn: int) -> str:
        holder = Holder(f"application:{turn}-{n}", "", "Varaaja", "varaaja@koivuranta.example")
        if n == 0:
            actions.confirm(kept[turn], holder, language="fi")
        elif n == 1:
            actions.book(slots[turn], holder, nonce=f"b{turn}", language="fi")
        else:
            actions.hold(slots[turn], f"third-{turn}", nonce=f"t{turn}", language="fi")
        return "has it"

    for answers in rounds(3, work, 10):
        assert answers["has it"] == 1
        assert answers["SlotFullError"] + answers["HoldOverError"] == 2
    assert broken(Look(series), {}) == []


def test_one_visitor_who_chooses_ten_times_at_once_keeps_one(academy):  # noqa: F811
    series = make_series(academy, slots=10)
    slots = list(series.slots.all())

    def work(n: int) -> str:
        actions.hold(slots[n], "one browser", nonce=f"n{n}", language="fi")
        return "kept"

    assert crowd(10, work) == {"kept": 10}
    assert Booking.objects.filter(state="held").count() == 1


def test_nobody_joins_the_list_in_the_moment_in_which_they_book(academy):  # noqa: F811
    series = make_series(academy, slots=10)
    slots = list(series.slots.order_by("pk"))

    def work(n: int, turn: int) -> str:
        if n == 0:
            actions.book(slots[turn], PEOPLE[turn], nonce=f"b{turn}", language="fi")
            return "booked"
        actions.join(series, PEOPLE[turn], nonce=f"w{turn}", language="fi")
        return "waits"

    rounds(2, work, 10)
    check(series)


def test_whoever_leaves_in_the_moment_of_an_offer_keeps_no_seat(academy):  # noqa: F811
    series = make_series(academy, slots=10)
    bookings = [make_booking(slot, key=f"first:{slot.pk}") for slot in series.slots.order_by("pk")]
    places = [actions.join(series, PEOPLE[n], nonce=f"w{n}", language="fi") for n in range(10)]

    def work(n: int, turn: int) -> None:
        if n == 0:
            actions.cancel(bookings[turn])
        else:
            actions.leave(places[turn])

    rounds(2, work, 10)
    assert not Booking.objects.filter(series=series, state="held").exists()
    check(series)
