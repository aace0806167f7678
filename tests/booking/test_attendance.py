"""Noting who came."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy
from wagtail.models import ModelLogEntry

from keino_academy.booking import actions
from keino_academy.booking.attendance_views import MARK_BOOKING
from keino_academy.booking.models import Booking
from tests.booking.desks import make_organiser, own, said
from tests.factories.announcement import make_academy
from tests.factories.booking import make_booking, make_series

ADDRESS = reverse_lazy("keino_bookings:attendance")


@pytest.fixture
def organiser(academy, client):
    user = make_organiser(academy)
    client.force_login(user)
    return user


@pytest.fixture
def bookings(organiser, client, series, frozen):
    """Three of the first day, and it is half past ten: the third has not begun."""
    made = [make_booking(slot, organisation=f"Kunta {n}") for n, slot in enumerate(series.slots.all()[:3])]
    frozen.move_to(made[1].slot.starts + timedelta(minutes=30))
    client.force_login(organiser)
    return made


def test_a_day_shows_what_has_begun_and_a_time_its_own(organiser, client, bookings):
    assert said(client.get(ADDRESS, {"day": "2023-06-05"}), "legend b") == ["Kunta 0", "Kunta 1"]
    assert said(client.get(ADDRESS, {"slot": bookings[1].slot_id}), "legend b") == ["Kunta 1"]
    assert said(client.get(ADDRESS, {"slot": bookings[2].slot_id}), "legend") == []
    assert said(client.get(ADDRESS, {"day": "2023-06-06"}), "legend") == []


def test_what_is_said_is_saved_in_one_go_and_logged_for_each_that_changed(organiser, client, bookings):
    first, second, later = bookings
    data = {f"booking_{first.pk}": "attended", f"booking_{second.pk}": "", f"booking_{later.pk}": "attended"}
    answer = client.post(f"{ADDRESS}?day=2023-06-05", data)
    assert answer.headers["Location"] == reverse("keino_bookings:day") + "?day=2023-06-05"
    assert list(Booking.objects.order_by("pk").values_list("attendance", flat=True)) == ["attended", "", ""]
    entry = ModelLogEntry.objects.get(action=MARK_BOOKING)
    assert (entry.object_id, entry.data, entry.user) == (str(first.pk), {"attendance": "attended"}, organiser)
    data[f"booking_{first.pk}"] = "no_show"
    client.post(f"{ADDRESS}?day=2023-06-05", data)
    assert Booking.objects.get(pk=first.pk).attendance == "no_show"
    data[f"booking_{first.pk}"] = ""
    client.post(f"{ADDRESS}?day=2023-06-05", data)
    assert Booking.objects.get(pk=first.pk).attendance == ""
    assert ModelLogEntry.objects.filter(action=MARK_BOOKING).count() == 3


def test_a_word_that_is_no_answer_saves_nothing(organiser, client, bookings):
    data = {f"booking_{bookings[0].pk}": "attended", f"booking_{bookings[1].pk}": "maybe"}
    answer = client.post(f"{ADDRESS}?day=2023-06-05", data)
    assert answer.status_code == 200
    assert len(said(answer, ".error-message")) == 1
    assert not Booking.objects.exclude(attendance="").exists()


def test_what_was_cancelled_meanwhile_is_told_and_the_others_are_saved(organiser, client, bookings):
    first, second, _later = bookings
    actions.cancel(second, by_organiser=True)
    data = {f"booking_{first.pk}": "attended", f"booking_{second.pk}": "attended"}
    answer = client.post(f"{ADDRESS}?day=2023-06-05", data, follow=True)
    assert list(Booking.objects.order_by("pk").values_list("attendance", flat=True)) == ["attended", "", ""]
    assert "1 booking was cancelled or moved meanwhile" in answer.content.decode()


def test_foreign_times_and_bookings_are_not_there(organiser, client, site, bookings):
    series = make_series(make_academy(site, slug="toinen", code="toinen"), slots=1)
    foreign = Booking.objects.create(
        slot=series.slots.get(), series=series, seat=1, holder="x", holder_key="x", person="Vieras",
        language="fi", uid="x", nonce="x",
    )  # fmt: skip
    for query in ({"slot": foreign.slot_id}, {"day": "2023-06-05"}):
        assert "Vieras" not in client.get(ADDRESS, query).content.decode()
        client.post(
            f"{ADDRESS}?{'&'.join(f'{k}={v}' for k, v in query.items())}",
            {f"booking_{foreign.pk}": "attended"},
        )
    foreign.refresh_from_db()
    assert foreign.attendance == ""


@pytest.mark.parametrize("query", [{"slot": "x"}, {"slot": "9" * 30}, {"day": "x"}, {"day": "9999-12-31"}])
def test_an_address_that_makes_no_sense_shows_nobody(organiser, client, series, query):
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    assert said(answer, "legend") == []


def test_it_stands_in_the_list_the_filter_and_the_booking_s_page(organiser, client, bookings):
    first, second, _later = bookings
    actions.mark(first, "attended")
    actions.mark(second, "no_show")
    listed = {
        word: [
            b.pk
            for b in client.get(reverse("keino_bookings:index"), {"attendance": word}).context["object_list"]
        ]
        for word in ("attended", "no_show", "unsaid")
    }
    assert listed == {"attended": [first.pk], "no_show": [second.pk], "unsaid": []}
    actions.mark(second, "")
    index = client.get(reverse("keino_bookings:index"), {"attendance": "unsaid"})
    assert [b.pk for b in index.context["object_list"]] == [second.pk]
    text = client.get(reverse("keino_bookings:inspect", args=[first.pk])).content.decode()
    assert "Attended" in text
    week = client.get(reverse("keino_bookings:day"), {"day": "2023-06-05"})
    assert said(week, ".ka-sitter .w-status") == ["attended"]


def test_it_asks_as_often_for_many_as_for_one(organiser, client, academy, frozen):
    series = make_series(academy, slots=1, seats=100)
    slot = series.slots.get()
    make_booking(slot, organisation="Kunta 1")
    frozen.move_to(slot.starts)
    client.force_login(organiser)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for n in range(2, 50):
        Booking.objects.create(
            slot=slot, series=series, seat=n, holder=f"k{n}", holder_key=f"k{n}", person=f"P {n}", language="fi",
            uid=f"u{n}", nonce=f"n{n}",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        answer = client.get(ADDRESS)
    assert len(said(answer, "legend")) == 49
    assert (own(few), own(more)) == (2, 2)
    assert len(few) == len(more)
