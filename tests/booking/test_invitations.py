"""Invitations on their way: what an SMTP server is given when people book, move and cancel."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import icalendar
import pytest

from keino_academy.booking import actions
from keino_academy.booking.models import Booking
from keino_academy.core import outbox
from tests.core.test_outbox import smtp_server
from tests.factories.booking import make_booking, make_series

AINO, EINO = "aino@koivuranta.example", "eino@hiekka.example"
ORGANISER = "organiser@osaamiskeskus.example"


@pytest.fixture
def slots(academy):
    return list(make_series(academy, slots=3, seats=2).slots.order_by("starts"))


@pytest.fixture
def bookings(slots):
    """Two who share a slot."""
    return [
        make_booking(slots[0], email=AINO, person="Aino Aalto", organisation="Koivuranta"),
        make_booking(slots[0], email=EINO, person="Eino Eloranta", organisation="Hiekka"),
    ]


def sent() -> dict[str, list[EmailMessage]]:
    """What the server got, by address, in its order."""
    with smtp_server() as mailbox:
        outbox.drain()
    found: dict[str, list[EmailMessage]] = {}
    for letter in mailbox.letters:
        (to,) = letter.rcpt_tos
        found.setdefault(to, []).append(message_from_bytes(letter.content, policy=policy.default))
    return found


def invited(letters: list[EmailMessage], to: str, method: str, booking: Booking, sequence: int) -> str:
    """The one invitation among the letters is right in every part; its text."""
    (letter,) = letters
    assert letter.get_content_type() == "multipart/alternative"
    plain, calendar = letter.iter_parts()
    assert (plain.get_content_type(), calendar.get_content_type()) == ("text/plain", "text/calendar")
    assert (calendar.get_param("method"), calendar.get_content_charset()) == (method, "utf-8")
    assert calendar.get_content_disposition() is None
    text = calendar.get_payload(decode=True).decode()
    assert text.count("BEGIN:VEVENT") == text.count("\r\nATTENDEE") == text.count("\r\nORGANIZER") == 1
    parsed = icalendar.Calendar.from_ical(text)
    (event,) = parsed.walk("VEVENT")
    assert (parsed["method"], str(event["attendee"])) == (method, f"mailto:{to}")
    assert str(event["organizer"]) == f"mailto:{ORGANISER}"
    assert (event["uid"], event["sequence"]) == (booking.uid, sequence)
    assert event["status"] == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
    booking.refresh_from_db()
    assert event["dtstart"].dt == booking.slot.starts
    return text + plain.get_content() + letter["Subject"]


def nothing_of(words: list[str], text: str) -> None:
    assert [word for word in words if word in text.replace("\r\n ", "")] == []


def test_request_update_and_cancel_reach_each_booker_alone(bookings, slots):
    aino, eino = bookings
    first = sent()
    text = invited(first[AINO], AINO, "REQUEST", aino, 0)
    nothing_of([EINO, "Eloranta", "Hiekka", eino.secret, eino.uid], text)
    text = invited(first[EINO], EINO, "REQUEST", eino, 0)
    nothing_of([AINO, "Aalto", "Koivuranta", aino.secret, aino.uid], text)

    actions.move(aino, slots[1])
    moved = sent()
    nothing_of([EINO, "Eloranta"], invited(moved[AINO], AINO, "REQUEST", aino, 1))
    assert set(moved) == {AINO, ORGANISER}

    slots[1].refresh_from_db()
    slots[1].place = "Helsinki"
    actions.change_slot(slots[1])
    changed = sent()
    invited(changed[AINO], AINO, "REQUEST", aino, 2)
    assert set(changed) == {AINO}

    actions.cancel(aino)
    cancelled = sent()
    nothing_of([EINO, "Eloranta"], invited(cancelled[AINO], AINO, "CANCEL", aino, 3))
    assert set(cancelled) == {AINO, ORGANISER}


def test_a_slot_that_is_taken_away_is_cancelled_for_each_alone(bookings, slots):
    aino, eino = bookings
    sent()
    actions.cancel_slot(slots[0])
    letters = sent()
    assert set(letters) == {AINO, EINO}
    nothing_of([EINO, "Eloranta", eino.uid], invited(letters[AINO], AINO, "CANCEL", aino, 1))
    nothing_of([AINO, "Aalto", aino.uid], invited(letters[EINO], EINO, "CANCEL", eino, 1))


def test_the_organiser_s_mail_invites_nobody(bookings, slots):
    letters = sent()[ORGANISER]
    actions.cancel(bookings[0])
    letters += sent()[ORGANISER]
    assert len(letters) == 3
    assert {letter.get_content_type() for letter in letters} == {"text/plain"}
