"""Moving a booking, by its link."""

from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from keino_academy.booking import actions
from keino_academy.booking.errors import BookingError, SlotFullError
from keino_academy.booking.models import Booking, Host
from keino_academy.booking.queries import booking_url
from keino_academy.core.models import OutboxMail
from tests.booking.test_book import DAY, own
from tests.factories.booking import TIMES, make_booking, make_series


@pytest.fixture
def booking(series) -> Booking:
    return make_booking(series.slots.order_by("starts").first(), email="aino@koivuranta.example")


@pytest.fixture
def guest(client, booking) -> Client:
    """A browser that came by the booking's link."""
    client.get(booking_url(booking))
    return client


def move_times(booking, day=DAY):
    kwargs = {"language": "fi", "reference": booking.reference, "day": day}
    return reverse("keino_academy:booking_move_times", kwargs=kwargs)


def moved(guest, booking, slot, day=DAY):
    """What choosing another time is answered with."""
    page = guest.get(move_times(booking, day))
    data = {"slot": slot.pk, "website2": "", "form_token": page.context["form"]["form_token"].value()}
    return guest.post(move_times(booking, day), data)


def test_a_booking_moves_with_its_links_and_its_calendar_entry(guest, booking, series):
    before = Booking.objects.get()
    target = series.slots.order_by("starts")[1]
    days = guest.get(own("booking_move", booking.reference))
    assert move_times(booking) in days.content.decode()
    answer = moved(guest, booking, target)
    assert (answer.status_code, answer["Location"]) == (303, own("booking", booking.reference))
    after = Booking.objects.get()
    assert (after.slot, after.sequence, after.state) == (target, 1, "booked")
    assert (after.uid, after.secret, after.reference) == (before.uid, before.secret, before.reference)
    mail = OutboxMail.objects.get(kind="booking/moved")
    assert (mail.to, mail.calendar_method, mail.language) == ("aino@koivuranta.example", "REQUEST", "fi")
    event = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
    assert (str(event["UID"]), event["SEQUENCE"], event.decoded("DTSTART")) == (before.uid, 1, TIMES[1])
    assert "klo 9.00–9.45" in mail.text.replace("\xa0", " ").replace("\u2060", "")
    page = guest.get(answer["Location"]).content.decode().replace("\xa0", " ")
    assert "ma 5.6.2023 klo 9.00" in page


def test_the_old_time_is_free_at_once(guest, booking, series):
    old, target = series.slots.order_by("starts")[:2]
    moved(guest, booking, target)
    assert make_booking(old).seat == 1


def test_the_organiser_and_both_hosts_are_told(guest, booking, series, academy):
    old, target = series.slots.order_by("starts")[:2]
    for slot, name in ((old, "vanha"), (target, "uusi")):
        slot.hosts.add(Host.objects.create(academy=academy, name=name, email=f"{name}@keskus.example"))
    moved(guest, booking, target)
    told = OutboxMail.objects.filter(kind="booking/organiser_moved").values_list("to", flat=True)
    assert sorted(told) == sorted([academy.organiser_email, "uusi@keskus.example", "vanha@keskus.example"])


def test_moving_is_not_bound_to_the_days_of_booking_but_to_the_limit(guest, booking, series, frozen):
    target = series.slots.order_by("starts")[1]
    limit = TIMES[0] - timedelta(hours=24)
    frozen.move_to(limit)
    guest.get(booking_url(booking))
    assert guest.get(move_times(booking)).status_code == 409
    frozen.move_to(limit - timedelta(seconds=1))
    assert moved(guest, booking, target).status_code == 303


def test_a_time_taken_meanwhile_is_told_and_the_booking_stays(guest, booking, series):
    target = series.slots.order_by("starts")[1]
    page = guest.get(move_times(booking))
    make_booking(target)
    data = {"slot": target.pk, "form_token": page.context["form"]["form_token"].value()}
    answer = guest.post(move_times(booking), data)
    assert answer.status_code == 409
    assert answer.context["form"].has_error("slot")
    booking.refresh_from_db()
    assert (booking.slot.starts, booking.sequence) == (TIMES[0], 0)


def test_sent_twice_it_moves_once(guest, booking, series):
    target = series.slots.order_by("starts")[1]
    page = guest.get(move_times(booking))
    data = {"slot": target.pk, "form_token": page.context["form"]["form_token"].value()}
    assert [guest.post(move_times(booking), data).status_code for _ in range(2)] == [303, 303]
    booking.refresh_from_db()
    assert booking.sequence == 1
    assert OutboxMail.objects.filter(kind="booking/moved").count() == 1


def test_a_cancelled_booking_leads_to_its_page(guest, booking):
    actions.cancel(booking)
    answer = guest.get(own("booking_move", booking.reference))
    assert (answer.status_code, answer["Location"]) == (302, own("booking", booking.reference))


def test_without_the_link_nothing_moves(client, booking, series):
    assert client.get(own("booking_move", booking.reference)).status_code == 404
    assert client.post(move_times(booking), {"slot": series.slots.last().pk}).status_code == 404


def test_a_time_of_another_series_is_no_choice(guest, booking, academy):
    other = make_series(academy)
    assert moved(guest, booking, other.slots.first()).status_code == 409
    with pytest.raises(ValueError, match="within its series"):
        actions.move(booking, other.slots.first())


def test_the_organiser_moves_after_the_limit_too(booking, series, frozen):
    frozen.move_to(TIMES[0] - timedelta(minutes=1))
    actions.move(booking, series.slots.order_by("starts")[1], by_organiser=True)
    booking.refresh_from_db()
    assert booking.slot.starts == TIMES[1]
    assert not OutboxMail.objects.filter(kind="booking/organiser_moved").exists()


def test_a_full_time_refuses_the_organiser_too(booking, series):
    target = series.slots.order_by("starts")[1]
    make_booking(target)
    with pytest.raises(SlotFullError):
        actions.move(booking, target, by_organiser=True)


def test_no_move_into_the_past(booking, series, frozen):
    frozen.move_to(TIMES[1])
    with pytest.raises(BookingError):
        actions.move(booking, series.slots.order_by("starts")[1], by_organiser=True)


def test_the_days_page_of_a_move_asks_as_much_with_many_times(
    guest, academy, booking, django_assert_num_queries
):
    address = own("booking_move", booking.reference)
    guest.get(address)
    with django_assert_num_queries(7):
        assert guest.get(address).status_code == 200
    many = make_series(academy, slots=60)
    other = make_booking(many.slots.first(), email="b@koivuranta.example")
    guest.get(booking_url(other))
    with django_assert_num_queries(7):
        assert guest.get(own("booking_move", other.reference)).status_code == 200


def test_a_day_without_times_says_so(guest, booking):
    answer = guest.get(move_times(booking, date(2023, 6, 20)))
    assert answer.status_code == 200
    assert answer.context["free"] == 0
