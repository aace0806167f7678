"""The organiser moves a booking by a form."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from keino_academy.booking import actions
from keino_academy.booking.models import Host, HostBusy, HostCalendar, Slot
from keino_academy.booking.move_views import MOVE_BOOKING
from keino_academy.core.models import OutboxMail
from tests.booking.desks import make_organiser, said
from tests.factories.announcement import make_academy
from tests.factories.booking import make_booking, make_series


@pytest.fixture
def organiser(academy, client):
    user = make_organiser(academy)
    client.force_login(user)
    return user


@pytest.fixture
def booking(series):
    return make_booking(series.slots.first(), person="Aino Mäki", email="aino@example.org")


def address(booking) -> str:
    return reverse("keino_bookings:move", args=[booking.pk])


def test_free_coming_times_of_the_series_are_offered_by_day(organiser, client, academy, series, booking):
    full, gone, busy, past, *_others = series.slots.all()[1:]
    make_booking(full)
    actions.cancel_slot(gone)
    host = Host.objects.create(academy=academy, name="Otso Laine", email="o@example.org")
    busy.hosts.add(host)
    calendar = HostCalendar.objects.create(host=host)
    HostBusy.objects.create(calendar=calendar, host=host, starts=busy.starts, ends=busy.ends)
    Slot.objects.filter(pk=past.pk).update(
        starts=datetime(2023, 5, 9, 6, tzinfo=UTC), ends=datetime(2023, 5, 9, 7, tzinfo=UTC)
    )
    make_series(academy, slots=1, title="Toinen sarja")
    answer = client.get(address(booking))
    assert said(answer, "select[name=slot] optgroup") == [
        "13:00–13:45", "9:00–9:45 10:00–10:45 13:00–13:45",
    ]  # fmt: skip
    assert 'label="Tue\u00a06\u00a0June\u00a02023"' in answer.content.decode()
    assert "aino@example.org" in said(answer, "form .help")[0]


def test_moving_tells_the_booker_and_is_logged(organiser, client, series, booking):
    slot = series.slots.last()
    back = reverse("keino_bookings:week") + "?day=2023-06-05"
    answer = client.post(f"{address(booking)}?next={back}", {"slot": slot.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, back)
    booking.refresh_from_db()
    assert (booking.slot_id, booking.sequence) == (slot.pk, 1)
    mail = OutboxMail.objects.get(kind="booking/moved")
    assert (mail.to, mail.calendar_method) == ("aino@example.org", "REQUEST")
    entry = ModelLogEntry.objects.get(action=MOVE_BOOKING)
    assert (entry.object_id, entry.user) == (str(booking.pk), organiser)
    assert entry.data == {"from": "2023-06-05T06:00:00+00:00", "to": "2023-06-07T10:00:00+00:00"}


def test_the_organiser_moves_it_even_when_it_is_too_late_for_its_booker(
    organiser, client, series, booking, frozen
):
    frozen.move_to(booking.slot.starts - timedelta(hours=1))
    client.force_login(organiser)
    assert client.post(address(booking), {"slot": series.slots.last().pk}).status_code == 302
    booking.refresh_from_db()
    assert booking.slot == series.slots.last()


def test_why_a_time_can_t_be_had_any_more_stands_beside_the_field(organiser, client, series, booking, frozen):
    full, gone, past = list(series.slots.all())[1:4]
    make_booking(full)
    actions.cancel_slot(gone)
    Slot.objects.filter(pk=past.pk).update(
        starts=datetime(2023, 5, 9, 6, tzinfo=UTC), ends=datetime(2023, 5, 9, 7, tzinfo=UTC)
    )
    words = {
        full: "Choose another time. This one was just booked.",
        gone: "Choose another time. The organiser cancelled this one.",
        past: "Choose another time. This one has begun already.",
    }
    for slot, text in words.items():
        answer = client.post(address(booking), {"slot": slot.pk})
        assert answer.status_code == 422
        assert said(answer, ".error-message") == [text]
    was = booking.slot_id
    booking.refresh_from_db()
    assert booking.slot_id == was
    assert not ModelLogEntry.objects.filter(action=MOVE_BOOKING).exists()


def test_a_booking_that_was_cancelled_meanwhile_stays(organiser, client, series, booking):
    actions.cancel(booking)
    answer = client.get(address(booking))
    assert answer.status_code == 200
    assert not said(answer, "select")
    answer = client.post(address(booking), {"slot": series.slots.last().pk})
    assert answer.status_code == 422
    assert said(answer, ".error-message") == ["This booking was cancelled meanwhile. It stays as it is."]


@pytest.mark.parametrize("slot", ["", "0", "x", "foreign", "other"])
def test_a_time_elsewhere_is_no_choice(organiser, client, site, academy, series, booking, slot):
    other = make_series(academy, slots=1, title="Toinen sarja").slots.get()
    foreign = make_series(make_academy(site, slug="toinen", code="toinen"), slots=1).slots.get()
    value = {"foreign": foreign.pk, "other": other.pk}.get(slot, slot)
    answer = client.post(address(booking), {"slot": value})
    assert answer.status_code == 422
    assert len(said(answer, ".error-message")) == 1
    booking.refresh_from_db()
    assert booking.slot == series.slots.first()


def test_a_foreign_booking_is_not_there(organiser, client, site):
    foreign = make_series(make_academy(site, slug="toinen", code="toinen"), slots=2)
    booking = make_booking(foreign.slots.first())
    assert client.get(address(booking), follow=True).status_code == 404
    assert client.post(address(booking), {"slot": foreign.slots.last().pk}, follow=True).status_code == 404
    booking.refresh_from_db()
    assert booking.slot == foreign.slots.first()


def test_a_page_elsewhere_is_no_way_back(organiser, client, series, booking):
    answer = client.post(f"{address(booking)}?next=https://evil.example/", {"slot": series.slots.last().pk})
    assert answer.headers["Location"] == reverse("keino_bookings:inspect", args=[booking.pk])


def test_who_did_not_come_can_be_given_a_new_time_of_which_nothing_is_said_yet(
    organiser, client, series, booking, frozen
):
    frozen.move_to(booking.slot.starts + timedelta(hours=2))
    client.force_login(organiser)
    actions.mark(booking, "no_show")
    assert client.post(address(booking), {"slot": series.slots.last().pk}).status_code == 302
    booking.refresh_from_db()
    assert (booking.slot, booking.attendance) == (series.slots.last(), "")
