"""Booking, through the pages that people use."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from keino_academy.announcement.queries import find_face
from keino_academy.booking import actions
from keino_academy.booking.enums import BookingState
from keino_academy.booking.models import Booking
from keino_academy.core.models import OutboxMail
from keino_academy.core.spam import new_token
from tests.conftest import TODAY
from tests.factories.booking import TIMES, make_booking, make_series
from tests.factories.site import make_translation

DAY = date(2023, 6, 5)


def days(series, language="fi"):
    return reverse("keino_academy:booking_days", kwargs={"language": language, "series": series.pk})


def times(series, day=DAY, language="fi"):
    kwargs = {"language": language, "series": series.pk, "day": day}
    return reverse("keino_academy:booking_times", kwargs=kwargs)


def own(name, reference, language="fi"):
    return reverse(f"keino_academy:{name}", kwargs={"language": language, "reference": reference})


def chosen(client, series, *, day=DAY, slot=None, language="fi"):
    """What choosing a time of the day is answered with; the first one, unless told."""
    page = client.get(times(series, day, language))
    token = (
        page.context["form"]["form_token"].value()
        if "form" in page.context
        else new_token(f"book:{series.pk}")
    )
    if slot is None:
        slot = series.slots.order_by("starts").first()
    return client.post(
        times(series, day, language), {"slot": getattr(slot, "pk", slot), "website2": "", "form_token": token}
    )


def filled(client, hold, frozen, **fields):
    """What a person sends who opened the hold's page and took ten seconds."""
    page = client.get(hold)
    frozen.shift(timedelta(seconds=10))
    return {
        "person": "Aino Mäki",
        "organisation": "Koivurannan kaupunki",
        "email": "aino@koivuranta.example",
        "note": "Terveysasema.\r\nKaksi tulee.",
        "website2": "",
        "form_token": page.context["form"]["form_token"].value(),
        **fields,
    }


def booked(client, series, frozen, *, slot=None, **fields):
    """What booking is answered with at the end of the way: choosing a time, saying who comes."""
    hold = chosen(client, series, slot=slot)["Location"]
    return client.post(hold, filled(client, hold, frozen, **fields))


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


def test_a_chosen_time_is_kept_and_the_page_says_until_when(client, series, frozen):
    answer = chosen(client, series)
    held = Booking.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, own("booking_hold", held.reference))
    assert (held.state, held.seat, held.person, held.email, held.booked_at) == ("held", 1, "", "", None)
    assert held.held_until == TODAY + timedelta(minutes=10)
    page = client.get(answer["Location"])
    assert "klo 12.10" in words(page, "#ka-kept ~ div strong").replace("\xa0", " ")
    assert page["Cache-Control"] == "private, no-store"
    assert OutboxMail.objects.count() == 0


def test_a_hold_is_its_visitor_s_alone(client, series):
    hold = chosen(client, series)["Location"]
    for name in ("", "longer/", "release/"):
        assert Client().get(hold + name).status_code == 404
        assert Client().post(hold + name).status_code == 404
    assert Booking.objects.get().state == "held"


def test_booking_leads_to_the_booking_with_its_door_open(client, series, frozen):
    answer = booked(client, series, frozen)
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
    hold = chosen(client, series)["Location"]
    data = filled(client, hold, frozen)
    first, second = client.post(hold, data), client.post(hold, data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1
    assert OutboxMail.objects.filter(kind="booking/booked").count() == 1


def test_a_time_taken_meanwhile_is_told_with_the_waiting_list(client, series):
    page = client.get(times(series))
    make_booking(series.slots.first())
    data = {"slot": series.slots.first().pk, "form_token": page.context["form"]["form_token"].value()}
    answer = client.post(times(series), data)
    assert answer.status_code == 409
    assert Booking.objects.count() == 1
    assert answer.context["form"].has_error("slot")
    assert answer.context["free"] == 2
    html = answer.content.decode()
    assert 'href="#id_slot_0"' in html
    assert 'id="id_slot_0"' in html
    assert f"/academy/fi/book/{series.pk}/wait/?day=2023-06-05" in html
    again = client.post(times(series), {**data, "slot": series.slots.order_by("starts")[1].pk})
    assert again.status_code == 303


def test_a_slot_cancelled_meanwhile_is_told(client, series):
    page = client.get(times(series))
    actions.cancel_slot(series.slots.first())
    data = {"slot": series.slots.first().pk, "form_token": page.context["form"]["form_token"].value()}
    answer = client.post(times(series), data)
    assert answer.status_code == 409
    assert answer.context["form"].has_error("slot")
    assert Booking.objects.count() == 0


def test_a_slot_cancelled_while_the_form_is_filled_is_told_and_what_was_typed_comes_back(
    client, series, frozen
):
    hold = chosen(client, series)["Location"]
    data = filled(client, hold, frozen)
    actions.cancel_slot(series.slots.first())
    answer = client.post(hold, data)
    assert answer.status_code == 409
    assert "Järjestäjä perui" in answer.content.decode()
    assert OutboxMail.objects.count() == 0
    next_hold = chosen(client, series, slot=series.slots.order_by("starts")[1])["Location"]
    form = client.get(next_hold).context["form"]
    assert [form[name].value() for name in ("person", "organisation", "email")] == [
        "Aino Mäki",
        "Koivurannan kaupunki",
        "aino@koivuranta.example",
    ]
    assert form["note"].value() == "Terveysasema.\r\nKaksi tulee."


def test_bad_fields_are_told_beside_the_field(client, series, frozen):
    answer = booked(client, series, frozen, person=" \x0b ", email="nobody", organisation="")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"person", "organisation", "email"}
    assert "<title>" in answer.content.decode()
    assert Booking.objects.get().state == "held"
    nothing = chosen(client, series, slot="")
    assert nothing.status_code == 422
    assert set(nothing.context["form"].errors) == {"slot"}


@pytest.mark.parametrize("field", ["person", "organisation", "email", "note"])
def test_what_is_far_too_long_is_told_and_kept(client, series, frozen, field):
    text = "ä" * 10_000
    answer = booked(client, series, frozen, **{field: text})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert answer.context["form"][field].value() == text


def test_line_breaks_make_no_header(client, series, frozen):
    answer = booked(client, series, frozen, email="aino@koivuranta.example\r\nBcc: a@evil.example")
    assert answer.status_code == 422
    name = booked(client, series, frozen, person="Aino\r\nBcc: a@evil.example")
    assert name.status_code == 303
    assert Booking.objects.get(state="booked").person == "Aino Bcc: a@evil.example"


def test_what_is_typed_becomes_no_link_in_our_mail(client, series, frozen):
    booked(client, series, frozen, person="https://evil.example", note="www.evil.example")
    assert Booking.objects.get().person == "https://evil.example"
    assert not [mail for mail in OutboxMail.objects.all() if "evil.example" in mail.text]


def test_a_machine_is_stopped(client, series, frozen):
    assert booked(client, series, frozen, website2="x").status_code == 422
    hold = chosen(client, series)["Location"]
    data = filled(client, hold, frozen)
    frozen.shift(timedelta(seconds=-9))
    assert client.post(hold, data).status_code == 422
    page = client.get(times(series))
    token = page.context["form"]["form_token"].value()
    trapped = {"slot": series.slots.first().pk, "website2": "x", "form_token": token}
    assert client.post(times(series), trapped).status_code == 422
    assert not Booking.objects.exclude(state="held").exists()


CLOSING = TIMES[0].replace(month=6, day=1, hour=0)


def test_chosen_after_closing_is_refused(client, series, frozen):
    frozen.move_to(CLOSING - timedelta(seconds=1))
    page = client.get(times(series))
    frozen.move_to(CLOSING)
    data = {"slot": series.slots.first().pk, "form_token": page.context["form"]["form_token"].value()}
    assert client.post(times(series), data).status_code == 409
    assert Booking.objects.count() == 0


def test_what_was_kept_before_closing_is_booked_after_it(client, series, frozen):
    frozen.move_to(CLOSING - timedelta(seconds=1))
    hold = chosen(client, series)["Location"]
    assert client.post(hold, filled(client, hold, frozen)).status_code == 303
    assert Booking.objects.get().state == "booked"


def test_a_hold_that_ran_out_after_closing_is_over_and_what_was_typed_is_kept(client, series, frozen):
    frozen.move_to(CLOSING - timedelta(seconds=1))
    hold = chosen(client, series)["Location"]
    data = filled(client, hold, frozen)
    frozen.move_to(CLOSING + timedelta(minutes=10))
    answer = client.post(hold, data)
    assert answer.status_code == 409
    assert answer.context["form"]["person"].value() == "Aino Mäki"
    assert Booking.objects.get().state == "held"


def test_one_address_books_once_and_its_owner_gets_the_link(client, series, frozen):
    mine = make_booking(series.slots.last(), email="Aino@koivuranta.example")
    answer = booked(client, series, frozen)
    assert answer.status_code == 409
    assert mine.reference not in answer.content.decode()
    assert mine.secret not in answer.content.decode()
    mail = OutboxMail.objects.get(kind="booking/link_again")
    assert mail.to == "Aino@koivuranta.example"
    assert mine.secret in mail.text
    assert Booking.objects.filter(state="booked").count() == 1


@pytest.mark.parametrize("name", ["KOIVURANNAN KAUPUNKI", "Koivurannan  kaupunki.", "koivurannan-kaupunki"])
def test_one_organisation_books_once_however_it_is_spelled(client, series, frozen, name):
    mine = make_booking(
        series.slots.last(), email="esa@koivuranta.example", organisation="Koivurannan kaupunki"
    )
    answer = booked(client, series, frozen, organisation=name)
    assert answer.status_code == 409
    assert "esa@" not in answer.content.decode()
    assert OutboxMail.objects.get(kind="booking/link_again").to == "esa@koivuranta.example"
    assert list(Booking.objects.filter(state="booked")) == [mine]


def test_two_organisations_of_one_name_are_two(client, series, frozen):
    make_booking(series.slots.last(), email="esa@toinen.example", organisation="Koivurannan kaupunki")
    assert booked(client, series, frozen).status_code == 303


def test_where_many_bookings_are_allowed_no_organisation_is_asked_for(client, academy, frozen):
    series = make_series(academy, one_per_holder=False)
    for slot in series.slots.order_by("starts")[:2]:
        assert booked(client, series, frozen, slot=slot, organisation="").status_code == 303
    assert Booking.objects.filter(state="booked").count() == 2


def test_a_network_books_so_often(client, series, frozen, settings):
    settings.KEINO_ACADEMY = {"RATE_BOOK": (1, 3600)}
    assert booked(client, series, frozen).status_code == 303
    answer = booked(
        client,
        series,
        frozen,
        email="b@toinen.example",
        organisation="Toinen",
        slot=series.slots.order_by("starts")[1],
    )
    assert answer.status_code == 429
    assert answer.context["form"]["email"].value() == "b@toinen.example"


def test_a_network_chooses_so_often(client, series, settings):
    settings.KEINO_ACADEMY = {"RATE_HOLD": (1, 3600)}
    assert chosen(client, series).status_code == 303
    assert chosen(client, series).status_code == 429


def test_the_invitation_waits_in_the_outbox(client, series, frozen):
    from keino_academy.core.outbox import build_message

    booked(client, series, frozen)
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
    assert chosen(client, series, slot=other.slots.first()).status_code == 409
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
    chosen(client, series)
    other = Client()
    assert chosen(other, series).status_code == 409
    frozen.shift(timedelta(minutes=10, seconds=-1))
    assert chosen(other, series).status_code == 409
    frozen.shift(timedelta(seconds=1))
    assert chosen(other, series).status_code == 303
    assert list(Booking.objects.order_by("pk").values_list("state", flat=True)) == ["expired", "held"]


def test_a_hold_is_extended_once_and_what_was_typed_stays(client, series, frozen):
    hold = chosen(client, series)["Location"]
    data = filled(client, hold, frozen, email="not yet")
    frozen.shift(timedelta(minutes=5))
    answer = client.post(hold + "longer/", data)
    assert (answer.status_code, answer["Location"]) == (303, hold)
    held = Booking.objects.get()
    assert held.held_until == TODAY + timedelta(minutes=15, seconds=10)
    page = client.get(hold)
    assert page.context["can_extend"] is False
    assert page.context["form"]["email"].value() == "not yet"
    client.post(hold + "longer/", data)
    held.refresh_from_db()
    assert held.held_until == TODAY + timedelta(minutes=15, seconds=10)


def test_a_hold_that_ran_out_is_booked_while_nobody_else_wants_it(client, series, frozen):
    hold = chosen(client, series)["Location"]
    data = filled(client, hold, frozen)
    frozen.shift(timedelta(hours=2))
    assert client.get(hold).context["is_kept"] is False
    assert client.post(hold, data).status_code == 303
    assert Booking.objects.get().state == "booked"


def test_a_hold_that_ran_out_and_was_taken_is_told_and_what_was_typed_is_kept(client, series, frozen):
    hold = chosen(client, series)["Location"]
    data = filled(client, hold, frozen)
    frozen.shift(timedelta(minutes=10))
    make_booking(series.slots.first())
    answer = client.post(hold, data)
    assert answer.status_code == 409
    assert days(series) in answer.content.decode()
    again = chosen(client, series, slot=series.slots.order_by("starts")[1])["Location"]
    assert client.get(again).context["form"]["person"].value() == "Aino Mäki"
    assert client.post(again, filled(client, again, frozen)).status_code == 303
    assert client.session.get("keino_academy_booking_written") is None


def test_a_visitor_keeps_one_time_of_a_series(client, series):
    first, second = series.slots.order_by("starts")[:2]
    chosen(client, series, slot=first)
    chosen(client, series, slot=second)
    assert list(Booking.objects.filter(state="held").values_list("slot", flat=True)) == [second.pk]
    same = chosen(client, series, slot=second)
    assert same["Location"] == own("booking_hold", Booking.objects.get(state="held").reference)


def test_a_time_is_given_back_to_choose_another(client, series, frozen):
    hold = chosen(client, series)["Location"]
    answer = client.post(hold + "release/", filled(client, hold, frozen))
    assert (answer.status_code, answer["Location"]) == (303, days(series))
    assert Booking.objects.get().state == BookingState.EXPIRED
    assert chosen(Client(), series).status_code == 303


@pytest.mark.parametrize("button", ["longer/", "release/"])
def test_a_get_of_a_button_changes_nothing(client, series, button):
    hold = chosen(client, series)["Location"]
    before = Booking.objects.values().get()
    assert client.get(hold + button)["Location"] == hold
    assert Booking.objects.values().get() == before


def test_pages_and_mail_name_the_academy_in_their_language(client, series):
    page = find_face(series.academy, "fi")
    make_translation(page, "sv", title="Att leda upphandlingar")
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


@pytest.fixture
def until_the_day(academy):
    """A series that takes bookings until its last time begins."""
    return make_series(academy, books_until=date(2023, 6, 7))


def test_a_time_that_has_begun_meanwhile_is_told(client, until_the_day, frozen):
    first = until_the_day.slots.order_by("starts").first()
    frozen.move_to(first.starts - timedelta(seconds=1))
    page = client.get(times(until_the_day))
    frozen.shift(timedelta(seconds=1))
    data = {"slot": first.pk, "form_token": page.context["form"]["form_token"].value()}
    answer = client.post(times(until_the_day), data)
    assert answer.status_code == 409
    assert answer.context["form"].has_error("slot")
    assert Booking.objects.count() == 0


def test_a_hold_never_outlasts_the_start_of_its_time(client, until_the_day, frozen):
    first = until_the_day.slots.order_by("starts").first()
    frozen.move_to(first.starts - timedelta(minutes=4))
    hold = chosen(client, until_the_day)["Location"]
    assert Booking.objects.get().held_until == first.starts
    data = filled(client, hold, frozen)
    frozen.move_to(first.starts)
    answer = client.post(hold, data)
    assert answer.status_code == 409
    assert answer.context["reason"] == "gone"
    assert Booking.objects.get().state != "booked"


def test_the_language_and_the_note_are_kept(client, series, frozen):
    hold = chosen(client, series, language="sv")["Location"]
    client.post(hold, filled(client, hold, frozen, note="Ni är välkomna."))
    booking = Booking.objects.get()
    assert (booking.language, booking.note) == ("sv", "Ni är välkomna.")
    client.get(f"/academy/fi/booking/open/{booking.secret}/")
    assert "Ni är välkomna." in client.get(own("booking", booking.reference)).content.decode()
    actions.cancel(booking)
    assert OutboxMail.objects.get(kind="booking/cancelled").language == "sv"
