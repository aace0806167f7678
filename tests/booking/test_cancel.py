"""A booking's own page: its link, its calendar file, cancelling."""

from datetime import timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from keino_academy.booking import actions
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import booking_url
from keino_academy.core.models import OutboxMail
from tests.factories.booking import make_booking


@pytest.fixture
def booking(series) -> Booking:
    slot = series.slots.first()
    slot.join_link = "https://teams.example/k/7m4q"
    slot.save()
    return make_booking(slot, email="aino@koivuranta.example")


@pytest.fixture
def guest(client, booking) -> Client:
    """A browser that came by the booking's link."""
    client.get(booking_url(booking))
    return client


def address(booking, name="booking", language="fi"):
    return reverse(f"keino_academy:{name}", kwargs={"language": language, "reference": booking.reference})


def test_the_link_leads_to_the_page_without_the_secret(client, booking):
    answer = client.get(booking_url(booking))
    assert (answer.status_code, answer["Location"]) == (302, address(booking))
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert booking.secret not in page.content.decode()
    assert "https://teams.example/k/7m4q" in page.content.decode()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("private, no-store", "strict-origin")


@pytest.mark.parametrize("name", ["booking", "booking_cancel", "booking_calendar"])
def test_without_the_link_there_is_nothing(client, booking, name):
    wrong = client.get(booking_url(Booking(secret=booking.secret[::-1], language="fi")))
    assert wrong.status_code == 404
    answer = client.get(address(booking, name))
    assert answer.status_code == 404
    other = client.get(address(Booking(reference="7M4Q-KR3X"), name))
    assert answer.content == other.content.replace(b"7M4Q-KR3X", booking.reference.encode())
    assert client.post(address(booking, "booking_cancel")).status_code == 404
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_only_a_post_cancels(guest, booking, series):
    page = guest.get(address(booking, "booking_cancel"))
    assert page.status_code == 200
    guest.head(address(booking, "booking_cancel"))
    booking.refresh_from_db()
    assert booking.state == "booked"
    answer = guest.post(address(booking, "booking_cancel"))
    assert (answer.status_code, answer["Location"]) == (303, address(booking))
    booking.refresh_from_db()
    assert (booking.state, booking.sequence, booking.cancelled_by_organiser) == ("cancelled", 1, False)
    assert "https://teams.example" not in guest.get(address(booking)).content.decode()
    again = make_booking(booking.slot, email="aino@koivuranta.example")
    assert again.seat == booking.seat


def test_cancelling_twice_tells_once(guest, booking):
    for _ in range(2):
        assert guest.post(address(booking, "booking_cancel")).status_code == 303
    mail = OutboxMail.objects.get(kind="booking/cancelled")
    assert mail.calendar_method == "CANCEL"
    event = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
    assert (str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == (booking.uid, 1, "CANCELLED")
    assert OutboxMail.objects.filter(kind="booking/organiser_cancelled").count() == 1


def test_too_late_is_told_and_nothing_happens(guest, booking, frozen):
    frozen.move_to(booking.slot.starts - timedelta(hours=24))
    guest.get(booking_url(booking))
    assert guest.get(address(booking, "booking_cancel")).status_code == 200
    answer = guest.post(address(booking, "booking_cancel"))
    assert answer.status_code == 409
    booking.refresh_from_db()
    assert booking.state == "booked"
    frozen.shift(timedelta(seconds=-1))
    assert guest.post(address(booking, "booking_cancel")).status_code == 303


def test_the_organiser_cancels_a_slot_and_its_bookers_are_told(series, booking):
    told = actions.cancel_slot(booking.slot)
    assert [found.pk for found in told] == [booking.pk]
    booking.refresh_from_db()
    assert (booking.state, booking.sequence, booking.cancelled_by_organiser) == ("cancelled", 1, True)
    mail = OutboxMail.objects.get(kind="booking/slot_cancelled")
    assert (mail.to, mail.calendar_method) == ("aino@koivuranta.example", "CANCEL")
    assert f"/academy/fi/book/{series.pk}/" in mail.text
    assert actions.cancel_slot(booking.slot) == []


def test_the_calendar_file_is_the_invitation_s_entry(guest, booking):
    answer = guest.get(address(booking, "booking_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    event = icalendar.Calendar.from_ical(answer.content.decode()).walk("VEVENT")[0]
    assert (str(event["UID"]), event["SEQUENCE"]) == (booking.uid, 0)
    assert event.decoded("DTSTART") == booking.slot.starts
    assert "METHOD" not in answer.content.decode()
