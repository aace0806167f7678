"""Booking, through the pages that people use."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from keino_academy.announcement.models import Academy
from keino_academy.booking.enums import BookingState
from keino_academy.booking.models import Booking
from keino_academy.core.models import OutboxMail
from tests.factories.announcement import make_academy_page
from tests.factories.booking import TIMES, make_booking, make_series
from tests.factories.site import make_translation

DAY = date(2023, 6, 5)


def days(series, language="fi"):
    return reverse("keino_academy:booking_days", kwargs={"language": language, "series": series.pk})


def times(series, day=DAY, language="fi"):
    kwargs = {"language": language, "series": series.pk, "day": day}
    return reverse("keino_academy:booking_times", kwargs=kwargs)


def filled(client, series, frozen, *, day=DAY, **fields):
    """What a person sends who opened the day's page and took ten seconds."""
    page = client.get(times(series, day))
    frozen.shift(timedelta(seconds=10))
    slot = series.slots.order_by("starts").first()
    return {
        "slot": slot.pk,
        "person": "Aino Mäki",
        "organisation": "Koivurannan kaupunki",
        "email": "aino@koivuranta.example",
        "note": "Terveysasema.\r\nKaksi tulee.",
        "website2": "",
        "form_token": page.context["form"]["form_token"].value(),
        **fields,
    }


def test_days_tell_how_many_times_are_free(client, series):
    make_booking(series.slots.first())
    page = client.get(days(series))
    assert page.status_code == 200
    cells = [(cell.day.day, cell.free) for week in page.context["weeks"] for cell in week.cells]
    assert cells == [(5, 2), (6, 3), (7, 3)]
    assert "31.5.2023 klo 23.59" in page.content.decode().replace("\xa0", " ")


def test_a_day_shows_free_and_full_times(client, series):
    make_booking(series.slots.first())
    page = client.get(times(series))
    rows = [
        (row["label"].replace("\u2060", ""), bool(row["free"]))
        for part in page.context["parts"]
        for row in part["rows"]
    ]
    assert rows == [("9.00–9.45", False), ("10.00–10.45", True), ("13.00–13.45", True)]
    assert page["Cache-Control"] == "private, no-store"


def test_booking_leads_to_the_booking_with_its_door_open(client, series, frozen):
    answer = client.post(times(series), filled(client, series, frozen))
    booking = Booking.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/academy/fi/booking/{booking.reference}/"
    assert (booking.person, booking.email, booking.note) == (
        "Aino Mäki",
        "aino@koivuranta.example",
        "Terveysasema.\nKaksi tulee.",
    )
    assert (booking.seat, booking.state, booking.sequence) == (1, "booked", 0)
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert b"Aino M" in page.content


def test_a_form_sent_twice_makes_one_booking(client, series, frozen):
    data = filled(client, series, frozen)
    first, second = client.post(times(series), data), client.post(times(series), data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1
    assert OutboxMail.objects.filter(kind="booking/booked").count() == 1


def test_a_time_taken_meanwhile_is_told_and_what_was_typed_stays(client, series, frozen):
    data = filled(client, series, frozen)
    make_booking(series.slots.first())
    answer = client.post(times(series), data)
    assert answer.status_code == 409
    assert Booking.objects.count() == 1
    form = answer.context["form"]
    assert form.has_error("slot")
    assert form["person"].value() == "Aino Mäki"
    assert answer.context["free"] == 2
    html = answer.content.decode()
    assert 'href="#id_slot_0"' in html
    assert 'id="id_slot_0"' in html
    again = client.post(times(series), {**data, "slot": series.slots.order_by("starts")[1].pk})
    assert again.status_code == 303


def test_a_slot_cancelled_meanwhile_is_told(client, series, frozen):
    from keino_academy.booking.actions import cancel_slot

    data = filled(client, series, frozen)
    cancel_slot(series.slots.first())
    answer = client.post(times(series), data)
    assert answer.status_code == 409
    assert answer.context["form"].has_error("slot")
    assert Booking.objects.count() == 0


def test_bad_fields_are_told_beside_the_field(client, series, frozen):
    data = filled(client, series, frozen, slot="", person=" \x0b ", email="nobody")
    answer = client.post(times(series), data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"slot", "person", "email"}
    assert b"<title>" in answer.content
    assert Booking.objects.count() == 0


def test_what_is_typed_becomes_no_link_in_our_mail(client, series, frozen):
    client.post(
        times(series), filled(client, series, frozen, person="https://evil.example", note="www.evil.example")
    )
    assert Booking.objects.get().person == "https://evil.example"
    assert not [mail for mail in OutboxMail.objects.all() if "evil.example" in mail.text]


def test_a_machine_is_stopped(client, series, frozen):
    answer = client.post(times(series), filled(client, series, frozen, website2="x"))
    assert answer.status_code == 422
    page = client.get(times(series))
    quick = {**filled(client, series, frozen), "form_token": page.context["form"]["form_token"].value()}
    frozen.shift(timedelta(seconds=-9))
    assert client.post(times(series), quick).status_code == 422
    assert Booking.objects.count() == 0


def test_posted_after_closing_is_refused_and_kept(client, series, frozen):
    data = filled(client, series, frozen)
    frozen.move_to(TIMES[0].replace(month=5, day=31, hour=23, minute=59, second=59))
    series_open = client.get(times(series))
    assert "form" in series_open.context
    data["form_token"] = series_open.context["form"]["form_token"].value()
    frozen.shift(timedelta(seconds=5))
    answer = client.post(times(series), data)
    assert answer.status_code == 409
    assert answer.context["form"]["person"].value() == "Aino Mäki"
    assert Booking.objects.count() == 0


def test_one_address_books_once_and_its_owner_gets_the_link(client, series, frozen):
    mine = make_booking(series.slots.last(), email="Aino@koivuranta.example")
    answer = client.post(times(series), filled(client, series, frozen))
    assert answer.status_code == 409
    assert mine.reference not in answer.content.decode()
    assert mine.secret not in answer.content.decode()
    mail = OutboxMail.objects.get(kind="booking/link_again")
    assert mail.to == "Aino@koivuranta.example"
    assert mine.secret in mail.text
    assert Booking.objects.count() == 1


def test_a_network_books_so_often(client, series, frozen, settings):
    settings.KEINO_ACADEMY = {"RATE_BOOK": (1, 3600)}
    assert client.post(times(series), filled(client, series, frozen)).status_code == 303
    data = filled(client, series, frozen, email="b@koivuranta.example", slot=series.slots.last().pk)
    answer = client.post(times(series), data)
    assert answer.status_code == 429
    assert answer.context["form"]["email"].value() == "b@koivuranta.example"


def test_the_invitation_waits_in_the_outbox(client, series, frozen):
    from keino_academy.core.outbox import build_message

    client.post(times(series), filled(client, series, frozen))
    booking = Booking.objects.get()
    mail = OutboxMail.objects.get(kind="booking/booked")
    assert (mail.to, mail.language, mail.calendar_method) == ("aino@koivuranta.example", "fi", "REQUEST")
    assert "Aino" not in mail.text + mail.subject + mail.calendar
    assert f"/academy/fi/booking/open/{booking.secret}/" in mail.text
    message = build_message(mail)
    assert isinstance(message, EmailMultiAlternatives)
    assert message.alternatives[0][1] == "text/calendar; method=REQUEST; charset=utf-8"
    organiser = OutboxMail.objects.get(kind="booking/organiser_booked")
    assert organiser.to == series.academy.organiser_email
    assert "Aino Mäki" in organiser.text
    assert OutboxMail.objects.count() == 2


def test_times_of_another_series_are_no_choice(client, series, academy, frozen):
    other = make_series(academy)
    answer = client.post(times(series), filled(client, series, frozen, slot=other.slots.first().pk))
    assert answer.status_code == 409
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/academy/fi/book/99/",
        "/academy/fi/book/9999999999999999999999/",
        "/academy/fi/book/1/9999-12-31/",
        "/academy/fi/book/1/2023-02-30/",
        "/academy/xx/book/1/",
    ],
)
def test_unknown_addresses_are_404(client, series, address):
    # The site's own pages are asked in the reader's language before it gives up.
    assert client.get(address, follow=True).status_code == 404


def test_the_language_switch_stays_on_the_day(client, series):
    page = client.get(times(series, language="sv"))
    assert [link.url for link in page.context["language_links"]] == [
        times(series, language=code) for code in ("fi", "sv", "en")
    ]
    assert page["Content-Language"] == "sv"


def test_a_held_seat_is_taken_until_it_runs_out(client, series, frozen):
    slot = series.slots.first()
    hold = make_booking(slot)
    Booking.objects.filter(pk=hold.pk).update(
        state=BookingState.HELD, held_until=hold.booked_at + timedelta(minutes=10)
    )
    data = filled(client, series, frozen)
    assert client.post(times(series), data).status_code == 409
    frozen.shift(timedelta(minutes=10))
    assert client.post(times(series), data).status_code == 303
    hold.refresh_from_db()
    assert hold.state == BookingState.EXPIRED


def test_pages_and_mail_name_the_academy_in_their_language(client, site, frozen):
    page = make_academy_page(site)
    make_translation(page, "sv", title="Att leda upphandlingar")
    series = make_series(Academy.objects.get())
    booking = make_booking(series.slots.first(), language="sv")
    assert "Att leda upphandlingar" in words(client.get(days(series, "sv")), ".ka-back")
    assert page.title in words(client.get(days(series)), ".ka-back")
    mail = OutboxMail.objects.get(kind="booking/booked")
    assert "Att leda upphandlingar" in mail.text
    assert page.title not in mail.text + mail.calendar
    client.get(f"/academy/sv/booking/open/{booking.secret}/")
    own = client.get(f"/academy/sv/booking/{booking.reference}/")
    assert "Att leda upphandlingar" in words(own, ".ka-back")


def words(answer, selector):
    return " ".join(
        found.get_text(" ", strip=True)
        for found in BeautifulSoup(answer.content, "html.parser").select(selector)
    )


def test_the_organiser_s_mail_leads_to_the_bookings(admin_client, series):
    make_booking(series.slots.first(), person="Aino Mäki")
    text = OutboxMail.objects.get(kind="booking/organiser_booked").text
    link = re.search(r"http://testserver(/admin/\S+)", text)[1]
    assert "Aino Mäki" in admin_client.get(link).content.decode()
