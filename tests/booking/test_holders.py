"""Booking for an application: another room says who holds a token."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import book_url, booked_keys, bookings_of
from keino_academy.booking.signals import holder_asked
from tests.booking.test_book import booked, chosen, days, times
from tests.factories.booking import TIMES, make_booking, make_series

HOLDER = Holder("application:17", "Koivurannan kaupunki", "Aino Mäki", "aino@koivuranta.example", "7M4Q-KR3X")


@pytest.fixture(autouse=True)
def _room_above() -> Iterator[None]:
    """A room that knows one token."""

    def answer(token, series, **_kwargs):
        return HOLDER if token == "known" else None

    holder_asked.connect(answer)
    yield
    holder_asked.disconnect(answer)


def test_the_token_leaves_the_address_and_fills_the_form(client, series):
    answer = client.get(times(series) + "?for=known")
    assert (answer.status_code, answer["Location"]) == (302, times(series))
    page = client.get(chosen(client, series)["Location"])
    form = page.context["form"]
    assert (form["person"].value(), form["email"].value()) == (HOLDER.person, HOLDER.email)
    assert "organisation" not in form.fields
    assert "7M4Q-KR3X" in page.content.decode()
    assert client.get(days(series))["Cache-Control"] == "private, no-store"


def test_an_unknown_token_is_no_link(client, series):
    answer = client.get(days(series) + "?for=guessed")
    assert answer.status_code == 404
    assert client.get(days(series)).status_code == 200


def test_the_booking_belongs_to_the_holder(client, series, academy, frozen):
    client.get(days(series) + "?for=known")
    assert booked(client, series, frozen).status_code == 303
    booking = Booking.objects.get()
    assert (booking.holder, booking.organisation) == (HOLDER.key, HOLDER.organisation)
    assert list(bookings_of(HOLDER.key)) == [booking]
    assert booked_keys(academy, [HOLDER.key, "application:18"]) == {HOLDER.key: TIMES[0]}


def test_who_has_a_time_is_led_to_it(client, series, frozen):
    booking = make_booking(series.slots.last(), key=HOLDER.key)
    client.get(days(series) + "?for=known")
    page = client.get(days(series))
    assert page.context["reason"] == "already"
    assert page.context["booking_url"].endswith(f"/booking/open/{booking.secret}/")
    assert client.get(page.context["move_url"]).status_code == 200
    assert chosen(client, series).status_code == 409
    assert Booking.objects.count() == 1


def test_times_for_the_invited_open_with_a_token_only(client, academy, frozen):
    series = make_series(academy, audience="invited")
    assert client.get(days(series)).status_code == 403
    assert chosen(client, series).status_code == 403
    assert Booking.objects.count() == 0
    client.get(days(series) + "?for=known")
    assert client.get(days(series)).status_code == 200
    assert booked(client, series, frozen).status_code == 303


def test_many_bookings_where_the_series_allows_them(academy, frozen):
    series = make_series(academy, one_per_holder=False)
    for slot in series.slots.all()[:3]:
        make_booking(slot, key=HOLDER.key)
    assert bookings_of(HOLDER.key).count() == 3


def test_where_a_time_is_booked(academy, series):
    address = reverse("keino_academy:booking_days", kwargs={"language": "sv", "series": series.pk})
    assert book_url(academy, "sv") == address
    assert book_url(academy, "sv", "known") == f"{address}?for=known"
    series.audience = "invited"
    series.save()
    assert book_url(academy, "sv") == ""
