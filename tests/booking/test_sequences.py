"""Whatever is done one after the other: the verbs do what a model in plain Python says."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keino_academy.booking import actions
from keino_academy.booking.errors import BookingError
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, Slot, SlotSeries, Waiting
from keino_academy.core import clock
from tests.booking.invariants import Look, broken, left_over, out_of_turn
from tests.booking.model import Entry, Model, Person, RefusedError, Time
from tests.conftest import TODAY
from tests.factories.booking import HELSINKI, make_series

#: This evening, and two times of tomorrow; booking closes at midnight.
STARTS = [
    datetime(2023, 5, 10, 18, tzinfo=HELSINKI),
    datetime(2023, 5, 11, 9, tzinfo=HELSINKI),
    datetime(2023, 5, 11, 13, tzinfo=HELSINKI),
]
SEATS = [1, 2, 1]
CLOSES = datetime(2023, 5, 11, tzinfo=HELSINKI)
#: Two people of one organisation; one person of two; one of none; one whom another room knows.
PEOPLE = [
    Holder("", "Koivuranta", "Aino", "aino@koivuranta.example"),
    Holder("", "koivuranta ", "Bo", "bo@koivuranta.example"),
    Holder("", "Lehtola", "Cai", "cai@yhteinen.example"),
    Holder("", "Saarela", "Cai", "cai@yhteinen.example"),
    Holder("", "", "Dora", "dora@koivuranta.example"),
    Holder("application:7", "Niemi", "Eero", "eero@niemi.example"),
]
TOLD = (
    "booked",
    "moved",
    "cancelled",
    "slot_cancelled",
    "waiting",
    "offered",
    "offer_over",
    "offer_withdrawn",
)


class Sequence:
    """Does the same to the room and to the model; every verb takes two small numbers."""

    def __init__(self, series: SlotSeries, frozen: time_machine.Traveller, *, one: bool) -> None:
        SlotSeries.objects.filter(pk=series.pk).update(one_per_holder=one)
        self.series, self.frozen = series, frozen
        self.slots = list(series.slots.order_by("starts"))
        self.number = {slot.pk: n for n, slot in enumerate(self.slots)}
        self.seen: dict[int, tuple[str, int]] = {}
        self.forms = 0
        times = [Time(starts, seats) for starts, seats in zip(STARTS, SEATS, strict=True)]
        hours = (series.offer_hours, series.change_until_hours)
        self.model = Model(times, one, *hours, CLOSES, clock.now())

    def hold(self, a: int, b: int) -> None:
        slot, visitor = a % 3, f"visitor-{b % 3}"
        nonce = f"{visitor}-form-{(a + b) // 3 % 3}"
        self.both(
            lambda: actions.hold(self.slots[slot], visitor, nonce=nonce, language="fi"),
            lambda: self.model.hold(slot, f"visitor:{visitor}", nonce),
        )

    def confirm(self, a: int, b: int) -> None:
        """The last hold, or any booking."""
        person = PEOPLE[b % 6]
        self.on_one(
            lambda booking: actions.confirm(booking, person, language="fi"),
            lambda entry: self.model.confirm(entry, known(person)),
            a if a % 3 else -1,
            waiting=None,
        )

    def accept(self, a: int, _b: int) -> None:
        """Whoever was offered a time books it, mostly the last one."""
        offers = list(Booking.objects.filter(waiting__isnull=False).order_by("pk"))
        if offers:
            offer = offers[a % len(offers) if a % 3 == 0 else -1]
            person = next(one for one in PEOPLE if one.who == offer.holder)
            entry = self.entries()[offer.pk]
            self.both(
                lambda: actions.confirm(offer, person, language="fi"),
                lambda: self.model.confirm(entry, known(person)),
            )

    def pass_offer(self, a: int, _b: int) -> None:
        offers = list(Booking.objects.filter(waiting__isnull=False).order_by("pk"))
        if offers:
            offer = offers[a % len(offers) if a % 3 == 0 else -1]
            entry = self.entries()[offer.pk]
            self.both(lambda: actions.pass_offer(offer), lambda: self.model.pass_offer(entry))

    def book(self, a: int, b: int) -> None:
        self.forms += a % 5 != 0
        nonce, person = f"book-{self.forms}", PEOPLE[b % 6]
        self.both(
            lambda: actions.book(self.slots[a % 3], person, nonce=nonce, language="fi"),
            lambda: self.model.book(a % 3, known(person), nonce),
        )

    def move(self, a: int, b: int) -> None:
        self.on_one(
            lambda booking: actions.move(booking, self.slots[b % 3], by_organiser=b > 14),
            lambda entry: self.model.move(entry, b % 3, by_organiser=b > 14),
            a,
            **({"state": "booked"} if a % 4 else {}),
        )

    def cancel(self, a: int, b: int) -> None:
        self.on_one(
            lambda booking: actions.cancel(booking, by_organiser=b > 14),
            lambda entry: self.model.cancel(entry, by_organiser=b > 14),
            a,
            **({"state": "booked"} if a % 4 else {}),
        )

    def extend(self, a: int, _b: int) -> None:
        self.on_one(actions.extend_hold, self.model.extend, a, state="held")

    def release(self, a: int, _b: int) -> None:
        self.on_one(actions.release_hold, self.model.give_up, a, **({"state": "held"} if a % 4 else {}))

    def cancel_slot(self, a: int, _b: int) -> None:
        self.both(lambda: actions.cancel_slot(self.slots[a % 3]), lambda: self.model.cancel_slot(a % 3))

    def change_seats(self, a: int, b: int) -> None:
        slot = Slot.objects.select_related("series__academy").get(pk=self.slots[a % 3].pk)
        slot.seats = b % 3 + 1
        self.both(lambda: actions.change_slot(slot), lambda: self.model.change_seats(a % 3, b % 3 + 1))

    def join(self, a: int, b: int) -> None:
        self.forms += 1
        nonce, person = f"join-{self.forms}", PEOPLE[b % 6]
        day = STARTS[a % 3].date() if a % 4 == 0 else None
        self.both(
            lambda: actions.join(self.series, person, nonce=nonce, language="fi", day=day),
            lambda: self.model.join(known(person), day),
        )

    def leave(self, a: int, _b: int) -> None:
        places = list(Waiting.objects.order_by("pk"))
        if places:
            number = a % len(places)
            self.both(
                lambda: actions.leave(places[number]),
                lambda: self.model.leave(self.model.places[number]),
            )

    def pass_on(self, _a: int, _b: int) -> None:
        self.both(lambda: actions.pass_on(self.series), self.model.pass_on)
        assert list(left_over(Look(self.series))) == []

    def let_it_run(self, a: int, _b: int) -> None:
        self.frozen.shift(timedelta(minutes=(4, 11, 11, 130, 5 * 60)[a % 5]))
        self.model.now = clock.now()

    def both(self, verb: Callable[[], object], said: Callable[[], object]) -> None:
        """Let the model and the verb do it; they agree on what is refused, and why."""
        before = copy.deepcopy(self.model.__dict__)
        expected = found = "done"
        try:
            said()
        except RefusedError as refused:
            expected = str(refused)
            self.model.__dict__.update(before)
        try:
            verb()
        except BookingError as error:
            found = type(error).__name__
        assert found == expected

    def on_one(
        self,
        verb: Callable[[Booking], object],
        said: Callable[[Entry], object],
        which: int,
        **which_of: object,
    ) -> None:
        """Choose one of the bookings, of a state or whatever became of it."""
        bookings = list(Booking.objects.filter(**which_of).order_by("pk"))
        if bookings:
            booking = bookings[which % len(bookings)]
            entry = self.entries()[booking.pk]
            self.both(lambda: verb(booking), lambda: said(entry))

    def entries(self) -> dict[int, Entry]:
        """The model's entry of each booking: both are in the order in which they were made."""
        pks = Booking.objects.order_by("pk").values_list("pk", flat=True)
        return dict(zip(pks, self.model.entries, strict=True))

    def check(self) -> None:
        """The room holds what the model holds, and what is true at every moment."""
        look = Look(self.series)
        assert list(out_of_turn(look, self.seen)) == []
        assert broken(look, self.seen) == []
        holders = {place.pk: place.holder for place in look.places}
        assert [
            (
                self.number[b.slot_id],
                b.seat,
                b.holder,
                b.state,
                b.sequence,
                b.held_until,
                holders.get(b.waiting_id),
            )
            for b in look.bookings
        ] == [
            (e.slot, e.seat, e.who, e.state, e.sequence, e.until, e.place.who if e.place else None)
            for e in self.model.entries
        ]
        assert [
            (place.holder, place.state, {self.number[slot.pk] for slot in place.passed.all()})
            for place in look.places
        ] == [(place.who, place.state, place.passed) for place in self.model.places]
        kinds = Counter(kind for kind, _about in look.mails.elements())
        assert {kind: kinds[f"booking/{kind}"] for kind in TOLD} == {
            kind: self.model.mails[f"booking/{kind}"] for kind in TOLD
        }


def known(holder: Holder) -> Person:
    return Person(holder.who, holder.one)


#: How often each verb comes up; the first is what a failing example is made shorter with.
WEIGHTS = {
    "pass_on": 2,
    "hold": 5,
    "confirm": 4,
    "book": 5,
    "join": 5,
    "accept": 2,
    "pass_offer": 2,
    "let_it_run": 4,
    "move": 3,
    "cancel": 3,
    "extend": 1,
    "release": 1,
    "change_seats": 2,
    "leave": 1,
    "cancel_slot": 1,
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from([verb for verb, often in WEIGHTS.items() for _time in range(often)]),
        st.integers(0, 29),
        st.integers(0, 29),
    ),
    min_size=20,
    max_size=40,
)


@pytest.fixture
def short(academy, monkeypatch) -> SlotSeries:
    """A series of three times, whose mails are written without their words: those have tests of their own."""
    monkeypatch.setattr("keino_academy.core.outbox.render_to_string", lambda name, _context: name)
    series = make_series(
        academy,
        slots=STARTS,
        offer_hours=2,
        change_until_hours=3,
        books_from=date(2023, 5, 1),
        books_until=date(2023, 5, 10),
    )
    for slot, seats in zip(series.slots.order_by("starts"), SEATS, strict=True):
        Slot.objects.filter(pk=slot.pk).update(seats=seats)
    return series


@given(steps=STEPS, one=st.booleans())
@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_sequence_does_what_the_model_says(short, frozen, steps, one):
    frozen.move_to(TODAY)
    example = transaction.atomic()
    # As the test's own transaction: verbs that want one of their own find none around them.
    example._from_testcase = True
    with example:
        sequence = Sequence(short, frozen, one=one)
        for verb, a, b in steps:
            getattr(sequence, verb)(a, b)
            sequence.check()
        transaction.set_rollback(True)
