"""Many processes at once: a plan is made once, and a host sits in one time at once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from keino_academy.booking import actions
from keino_academy.booking.models import Booking, Host, Slot, SlotBatch
from tests.booking.test_crowd import academy, book, crowd, modes  # noqa: F401 - a fixture
from tests.factories.booking import make_booking, make_series

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

FIRST = datetime(2023, 6, 12, 6, tzinfo=UTC)


def sittings(series, hosts, number: int) -> list:
    """So many times of 45 minutes, an hour apart, with all the hosts in each."""
    who = frozenset(host.pk for host in hosts)
    starts = [FIRST + timedelta(hours=n) for n in range(number)]
    return [(Slot(series=series, starts=at, ends=at + timedelta(minutes=45)), who) for at in starts]


def make_hosts(academy, number: int) -> list[Host]:  # noqa: F811 - the fixture's value
    return [
        Host.objects.create(academy=academy, name=f"Host {n}", email=f"{n}@example.org")
        for n in range(number)
    ]


def test_one_plan_eight_times(academy):  # noqa: F811
    hosts = make_hosts(academy, 3)
    for mode in modes():
        series = make_series(academy, slots=[])

        def work(number: int, series=series) -> str:
            made = actions.make_batch(sittings(series, hosts, 30), by=None)
            return f"{made.made} made, {made.there} there"

        answers = crowd(8, work, **mode)
        assert answers == {"30 made, 0 there": 1, "0 made, 30 there": 7}
        assert series.slots.count() == SlotBatch.objects.get(series=series).slots.count() == 30
        actions.take_away(series.batches.get())


def test_one_host_in_two_times_at_once(academy):  # noqa: F811
    for mode in modes():
        first, second = make_hosts(academy, 2)
        many = [make_series(academy, slots=[]) for _n in range(4)]

        def work(number: int, many=many, hosts=(first, second)) -> str:
            """Each another half hour; the hosts are named in either order."""
            starts = FIRST + timedelta(minutes=5 * number)
            slot = Slot(series=many[number % 4], starts=starts, ends=starts + timedelta(minutes=45))
            return f"{actions.add_slots([slot], hosts if number % 2 else hosts[::-1])} added"

        answers = crowd(8, work, **mode)
        assert answers == {"1 added": 1, "HostTwiceError": 7}
        assert first.slots.count() == second.slots.count() == 1


def test_two_times_are_moved_to_one_host_at_once(academy):  # noqa: F811
    for mode in modes():
        (host,) = make_hosts(academy, 1)
        slots = list(
            make_series(academy, slots=[FIRST + timedelta(minutes=20 * n) for n in range(4)]).slots.all()
        )

        def work(number: int, slots=slots, host=host) -> str:
            actions.change_slot(slots[number], hosts=[host])
            return "changed"

        # Times of 45 minutes, 20 apart: the first and the last may both be the host's.
        answers = crowd(4, work, **mode)
        theirs = list(host.slots.order_by("starts"))
        assert answers["changed"] == len(theirs) >= 1
        assert answers["HostTwiceError"] == 4 - len(theirs)
        assert all(one.ends <= other.starts for one, other in pairwise(theirs))


def test_a_batch_is_taken_away_while_it_is_booked(academy):  # noqa: F811
    for mode in modes():
        series = make_series(academy, slots=[], one_per_holder=False)
        batch = actions.make_batch(sittings(series, [], 8), by=None).batch
        slots = list(batch.slots.all())
        # Half of them were booked once, so that they would be cancelled, the others deleted.
        for slot in slots[::2]:
            actions.cancel(make_booking(slot), by_organiser=True)

        def work(number: int, batch=batch, slots=slots) -> str:
            if number < 2:
                gone = actions.take_away(batch)
                return f"{gone.deleted} deleted, {gone.cancelled} cancelled"
            return book(slots[number - 2], nonce=f"{slots[number - 2].pk}", key=f"application:{number}")

        answers = crowd(10, work, **mode)
        booked = Booking.objects.filter(series=series, state="booked")
        assert answers["booked"] == booked.count()
        if booked:
            assert answers["BatchBookedError"] == 2
            assert series.slots.filter(cancelled_at=None).count() == 8
        else:
            ways = {"4 deleted, 4 cancelled": 1, "0 deleted, 0 cancelled": 1, "SlotCancelledError": 8}
            assert answers == ways
            assert series.slots.filter(cancelled_at=None).count() == 0
