"""Booking as it should be, in plain Python: what the verbs are compared with.

A verb that refuses changes nothing. Names of errors, states and mails are those of the room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

HOLD = timedelta(minutes=10)


class RefusedError(Exception):
    """Why a verb did nothing: the name of the error."""


@dataclass
class Person:
    who: str
    one: str

    def same(self, who: str, one: str) -> bool:
        return who == self.who or one == self.one


@dataclass
class Time:
    starts: datetime
    seats: int
    cancelled: bool = False


@dataclass(eq=False)
class Place:
    who: str
    one: str
    day: date | None
    state: str = "waiting"
    passed: set[int] = field(default_factory=set)


@dataclass(eq=False)
class Entry:
    nonce: str
    slot: int
    seat: int
    who: str
    key: str
    state: str
    until: datetime | None = None
    extended: bool = False
    place: Place | None = None
    sequence: int = 0


@dataclass
class Model:
    times: list[Time]
    one: bool
    offer_hours: int
    change_until_hours: int
    closes: datetime
    now: datetime
    entries: list[Entry] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    mails: Counter[str] = field(default_factory=Counter)

    def hold(self, slot: int, visitor: str, nonce: str) -> Entry:
        own = [e for e in self.entries if e.nonce == nonce or (e.state == "held" and e.key == visitor)]
        again = next((e for e in own if e.nonce == nonce), None)
        if again and self.stands(again):
            return again
        self.refuse(slot)
        kept = [e for e in own if e.state == "held"]
        for entry in kept:
            if entry.slot == slot and self.stands(entry):
                return entry
        left = {entry.slot for entry in kept if self.end(entry)} - {slot}
        seat = self.take(slot)
        if again is None:
            again = Entry(nonce, slot, seat, visitor, visitor, "held")
            self.entries.append(again)
        again.slot, again.seat, again.who, again.key, again.state = slot, seat, visitor, visitor, "held"
        again.until, again.extended = self.until(slot, HOLD), False
        self.promote_all(left)
        return again

    def extend(self, entry: Entry) -> None:
        if entry.state != "held" or self.over(entry):
            raise RefusedError("HoldOverError")
        if entry.extended or entry.place:
            raise RefusedError("HoldExtendedError")
        entry.until, entry.extended = self.until(entry.slot, HOLD), True

    def confirm(self, entry: Entry, person: Person) -> None:
        if entry.state == "booked":
            return
        if entry.state == "cancelled":
            raise RefusedError("NotBookedError")
        offers = [offer for offer in self.offers_to(person, entry.place) if offer is not entry]
        if self.stands(entry):
            self.refuse_time(entry.slot)
            self.answer(offers)
        else:
            if entry.state == "held":
                entry.state = "expired"
            self.refuse(entry.slot)
            entry.seat = self.seat_for(entry.slot, offers, "HoldOverError")
        self.booked(entry, person)
        self.promote_all({offer.slot for offer in offers} - {entry.slot})

    def book(self, slot: int, person: Person, nonce: str) -> Entry:
        for entry in self.entries:
            if entry.nonce == nonce:
                return entry
        offers = self.offers_to(person)
        self.refuse(slot)
        entry = Entry(nonce, slot, self.seat_for(slot, offers, "SlotFullError"), "", "", "")
        self.entries.append(entry)
        self.booked(entry, person)
        self.promote_all({offer.slot for offer in offers} - {slot})
        return entry

    def move(self, entry: Entry, slot: int, *, by_organiser: bool) -> None:
        if entry.state != "booked":
            raise RefusedError("NotBookedError")
        if entry.slot == slot:
            return
        self.refuse_late(entry, by_organiser)
        self.refuse_time(slot)
        entry.seat, entry.slot, left = self.take(slot), slot, entry.slot
        entry.sequence += 1
        self.mails["booking/moved"] += 1
        self.promote(left)

    def cancel(self, entry: Entry, *, by_organiser: bool) -> None:
        self.give_up(entry)
        if entry.state != "booked":
            return
        self.refuse_late(entry, by_organiser)
        entry.state, entry.sequence = "cancelled", entry.sequence + 1
        self.mails["booking/slot_cancelled" if by_organiser else "booking/cancelled"] += 1
        self.promote(entry.slot)

    def cancel_slot(self, slot: int) -> None:
        if self.times[slot].cancelled:
            return
        self.times[slot].cancelled = True
        for entry in self.at(slot):
            if entry.state == "booked":
                entry.state, entry.sequence = "cancelled", entry.sequence + 1
                self.mails["booking/slot_cancelled"] += 1
            elif self.stands(entry):
                self.end(entry)
                self.mails["booking/offer_withdrawn"] += 1 if entry.place else 0

    def change_seats(self, slot: int, seats: int) -> None:
        if self.times[slot].cancelled:
            raise RefusedError("SlotCancelledError")
        if any(seat > seats for seat in self.expire(slot)):
            raise RefusedError("SeatsTakenError")
        self.times[slot].seats = seats
        self.promote(slot)

    def join(self, person: Person, day: date | None) -> None:
        self.refuse_window()
        if self.one and any(e.state == "booked" and person.same(e.who, e.key) for e in self.entries):
            raise RefusedError("AlreadyBookedError")
        if any(p.state in {"waiting", "offered"} and person.same(p.who, p.one) for p in self.places):
            raise RefusedError("AlreadyWaitingError")
        self.places.append(Place(person.who, person.one, day))
        self.mails["booking/waiting"] += 1
        self.pass_on()

    def leave(self, place: Place) -> None:
        if place.state == "waiting":
            place.state = "left"
        for entry in self.entries:
            if entry.place is place and self.end(entry, "left"):
                self.promote(entry.slot)

    def pass_offer(self, entry: Entry) -> None:
        if entry.state != "held" or entry.place is None or self.over(entry):
            raise RefusedError("OfferOverError")
        self.give_up(entry)
        self.pass_on()

    def pass_on(self) -> None:
        self.promote_all(range(len(self.times)))

    # What the verbs are made of.

    def refuse(self, slot: int) -> None:
        self.refuse_window()
        self.refuse_time(slot)

    def refuse_window(self) -> None:
        if self.now >= self.closes:
            raise RefusedError("WindowClosedError")

    def refuse_time(self, slot: int) -> None:
        if self.times[slot].cancelled:
            raise RefusedError("SlotCancelledError")
        if self.times[slot].starts <= self.now:
            raise RefusedError("SlotPastError")

    def refuse_late(self, entry: Entry, by_organiser: bool) -> None:
        until = self.times[entry.slot].starts - timedelta(hours=self.change_until_hours)
        if not by_organiser and self.now >= until:
            raise RefusedError("ChangeClosedError")

    def at(self, slot: int) -> list[Entry]:
        return [e for e in self.entries if e.slot == slot and e.state in {"held", "booked"}]

    def over(self, entry: Entry) -> bool:
        return entry.state == "held" and entry.until <= self.now

    def stands(self, entry: Entry) -> bool:
        return entry.state != "expired" and not self.over(entry)

    def until(self, slot: int, span: timedelta) -> datetime:
        return min(self.now + span, self.times[slot].starts)

    def end(self, entry: Entry, state: str = "waiting") -> bool:
        if entry.state != "held":
            return False
        entry.state = "expired"
        if entry.place:
            entry.place.state = state
        return True

    def give_up(self, entry: Entry) -> None:
        if self.end(entry):
            if entry.place:
                entry.place.passed.add(entry.slot)
            self.promote(entry.slot)

    def expire(self, slot: int) -> set[int]:
        for entry in self.at(slot):
            if self.over(entry):
                self.end(entry, "lapsed")
                self.mails["booking/offer_over"] += 1 if entry.place else 0
        return {entry.seat for entry in self.at(slot)}

    def free(self, slot: int) -> int | None:
        seats = set(range(1, self.times[slot].seats + 1)) - {entry.seat for entry in self.at(slot)}
        return min(seats, default=None)

    def take(self, slot: int, error: str = "SlotFullError") -> int:
        self.promote(slot)
        seat = self.free(slot)
        if seat is None:
            raise RefusedError(error)
        return seat

    def seat_for(self, slot: int, offers: list[Entry], error: str) -> int:
        here = [offer.seat for offer in offers if offer.slot == slot and not self.over(offer)]
        self.answer(offers)
        return here[0] if here else self.take(slot, error)

    def offers_to(self, person: Person, place: Place | None = None) -> list[Entry]:
        live = [e for e in self.entries if e.state in {"held", "booked"}]
        if not self.one:
            return [e for e in live if place and e.place is place and e.state == "held"]
        theirs = [entry for entry in live if person.same(entry.who, entry.key)]
        if any(entry.state == "booked" for entry in theirs):
            raise RefusedError("AlreadyBookedError")
        return theirs

    def answer(self, offers: Iterable[Entry]) -> None:
        for offer in offers:
            self.end(offer, "booked")

    def booked(self, entry: Entry, person: Person) -> None:
        entry.who, entry.key = person.who, person.one if self.one else f"booking:{entry.nonce}"
        entry.state, entry.until = "booked", None
        for place in self.places:
            theirs = self.one and person.same(place.who, place.one)
            if place.state in {"waiting", "offered"} and (place is entry.place or theirs):
                place.state = "booked"
        self.mails["booking/booked"] += 1

    def promote_all(self, slots: Iterable[int]) -> None:
        for slot in sorted(set(slots)):
            self.promote(slot)

    def promote(self, slot: int) -> None:
        self.expire(slot)
        time = self.times[slot]
        if time.cancelled or time.starts <= self.now:
            return
        for place in self.places:
            seat = self.free(slot)
            if seat is None:
                return
            if self.fits(place, slot):
                place.state = "offered"
                until = self.until(slot, timedelta(hours=self.offer_hours))
                self.entries.append(Entry("", slot, seat, place.who, place.one, "held", until, place=place))
                self.mails["booking/offered"] += 1

    def fits(self, place: Place, slot: int) -> bool:
        right = place.day in {None, self.times[slot].starts.date()} and slot not in place.passed
        return place.state == "waiting" and right
