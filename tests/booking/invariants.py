"""What holds of the bookings of a series at every moment, read from the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from keino_academy.booking.models import Booking, BookingStep, Slot, SlotSeries, Waiting
from keino_academy.core import clock
from keino_academy.core.models import OutboxMail

#: Each of these gives the calendar entry a new version.
CHANGES = ("moved", "moved_by_org", "changed", "cancelled", "cancelled_by_org")


@dataclass
class Look:
    """Everything that there is of one series, in few queries."""

    series: SlotSeries
    now: datetime = field(default_factory=clock.now)

    def __post_init__(self) -> None:
        self.one = SlotSeries.objects.values_list("one_per_holder", flat=True).get(pk=self.series.pk)
        self.slots = list(Slot.objects.filter(series=self.series))
        self.bookings = list(Booking.objects.filter(series=self.series).order_by("pk"))
        places = Waiting.objects.filter(series=self.series).order_by("pk")
        self.places = list(places.prefetch_related("passed"))
        steps = BookingStep.objects.filter(booking__series=self.series, kind__in=CHANGES)
        self.changes = Counter(steps.values_list("booking", flat=True))
        self.mails = Counter(OutboxMail.objects.values_list("kind", "about"))

    def live(self, slot: Slot) -> list[Booking]:
        """Who has a seat: holds that ran out have none."""
        return [b for b in self.bookings if b.slot_id == slot.pk and (b.state == "booked" or self.kept(b))]

    def kept(self, booking: Booking) -> bool:
        return booking.state == "held" and booking.held_until > self.now

    def fits(self, slot: Slot, place: Waiting) -> bool:
        """Whether the slot may be offered to the place."""
        day = self.series.academy.local(slot.starts).date()
        return place.day in {None, day} and slot not in place.passed.all()


def broken(look: Look, seen: dict[int, tuple[str, int]]) -> list[str]:
    """What does not hold; ``seen`` remembers each booking's UID and SEQUENCE from call to call."""
    return [*_seats(look), *_holders(look), *_line(look), *_entries(look, seen), *_mails(look)]


def out_of_turn(look: Look, seen: dict[int, tuple[str, int]]) -> Iterator[str]:
    """Who was offered a time, since ``seen`` was last written, that fits somebody who came earlier."""
    slots = {slot.pk: slot for slot in look.slots}
    waits = [place for place in look.places if place.state == "waiting"]
    for offer in look.bookings:
        if offer.pk not in seen and offer.waiting_id and look.kept(offer):
            earlier = [place for place in waits if place.pk < offer.waiting_id]
            slot = slots[offer.slot_id]
            yield from (
                f"{place.holder} came before {offer.holder}" for place in earlier if look.fits(slot, place)
            )


def left_over(look: Look) -> Iterator[str]:
    """Seats that are free while somebody waits for them, when free times have been passed on."""
    for slot in look.slots:
        free = slot.seats - len(look.live(slot))
        waits = [str(place) for place in look.places if place.state == "waiting" and look.fits(slot, place)]
        if free > 0 and waits and slot.cancelled_at is None and slot.starts > look.now:
            yield f"{slot} has {free} free while {waits} wait"


def _seats(look: Look) -> Iterator[str]:
    for slot in look.slots:
        seats = [booking.seat for booking in look.live(slot)]
        if len(set(seats)) != len(seats) or max(seats, default=0) > slot.seats:
            yield f"{slot} of {slot.seats} seats gave {sorted(seats)}"
        if seats and slot.cancelled_at:
            yield f"somebody sits in {slot}, which is cancelled"


def _holders(look: Look) -> Iterator[str]:
    """One live booking for each holder, where one is allowed; nobody both waits and is booked."""
    booked = [b for b in look.bookings if b.state == "booked"]
    if not look.one:
        return
    for names in ([b.holder for b in booked], [b.holder_key for b in booked]):
        yield from (f"{who} has {n} bookings" for who, n in Counter(names).items() if n > 1)
    for place in look.places:
        theirs = [b for b in booked if b.holder == place.holder or b.holder_key == place.holder_key]
        if theirs and place.state in {"waiting", "offered"}:
            yield f"{place.holder} waits and is booked"


def _line(look: Look) -> Iterator[str]:
    """Whoever is offered a time has one offer, whoever waits has none."""
    offers = Counter(b.waiting_id for b in look.bookings if b.state == "held")
    for place in look.places:
        if offers[place.pk] != (place.state == "offered"):
            yield f"{place.holder} is {place.state} with {offers[place.pk]} offers"


def _entries(look: Look, seen: dict[int, tuple[str, int]]) -> Iterator[str]:
    """A UID stays, a SEQUENCE only rises, by one with each change."""
    for booking in look.bookings:
        uid, sequence = seen.get(booking.pk, (booking.uid, 0))
        if booking.uid != uid or booking.sequence < sequence:
            yield f"{booking} was {uid} {sequence}, and is {booking.uid} {booking.sequence}"
        if booking.sequence != look.changes[booking.pk]:
            yield f"{booking} is version {booking.sequence} after {look.changes[booking.pk]} changes"
        seen[booking.pk] = (booking.uid, booking.sequence)


def _mails(look: Look) -> Iterator[str]:
    """Each offer was mailed once, each booking once when it was booked."""
    offers = Counter(booking.waiting_id for booking in look.bookings)
    for booking in look.bookings:
        told = look.mails["booking/booked", f"booking:{booking.pk}"]
        if told != (booking.state in {"booked", "cancelled"}):
            yield f"{booking} is {booking.state} and was mailed {told} times"
    for place in look.places:
        told = look.mails["booking/offered", f"waiting:{place.pk}"]
        if told != offers[place.pk]:
            yield f"{place} was offered {offers[place.pk]} times and told so {told} times"
