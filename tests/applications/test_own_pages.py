"""What can be done with an application by its link, and what nobody else can."""

import re
import time

import pytest
from django.core import signing
from django.test import Client

from keino_academy.applications.actions import correct_address, withdraw
from keino_academy.applications.models import Application
from keino_academy.applications.queries import application_link, holder_token
from keino_academy.booking.models import SlotSeries
from keino_academy.booking.signals import holder_asked
from keino_academy.core.models import OutboxMail
from tests.factories.applications import make_application
from tests.factories.booking import make_booking, make_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.fixture
def application(academy) -> Application:
    return make_application(academy)


@pytest.fixture
def own(client, application) -> Client:
    """A browser that came by the link."""
    assert client.get(path_of(application_link(application))).status_code == 302
    return client


def home(application, rest="", language="fi"):
    return f"/academy/{language}/application/{application.reference}/{rest}"


def form_token(name):
    return signing.dumps([name, "n", time.time() - 60], salt="keino_academy.form")


def test_the_secret_leaves_the_address_bar(client, application):
    response = client.get(path_of(application_link(application)))
    assert response["Location"] == home(application) + "?came=1"
    assert application.secret not in response["Location"]
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private, no-store", "strict-origin")


def test_the_page_tells_all(own, application):
    html = own.get(home(application)).content.decode()
    for text in (
        application.reference,
        "Koivurannan kaupunki",
        "hankinnat@koivuranta.example",
        "Kirkonkylän koulun peruskorjaus",
        "syyskuu\u00a02023 – helmikuu\u00a02024",
        "Aino Aalto, hankinta, aino@koivuranta.example",
        "23.6.2023",
        "12.9.2023",
    ):
        assert text in html, text


def test_the_page_speaks_the_language_of_its_address(own, application):
    html = own.get(home(application, language="en")).content.decode()
    assert "The expression of interest is sent" in html
    assert "September\u00a02023 – February\u00a02024" in html
    assert f'href="{home(application, language="sv")}"' in html


@pytest.mark.parametrize("rest", ["", "address/", "withdraw/"])
def test_without_the_link_there_is_one_neutral_page(client, application, rest):
    stranger = client.get(home(application, rest))
    unknown = client.get(f"/academy/fi/application/XXXX-XXXX/{rest}")
    assert (stranger.status_code, unknown.status_code) == (404, 404)
    # The language switch repeats the address that was asked for, and nothing else differs.
    assert stranger.content.decode().replace(application.reference, "XXXX-XXXX") == unknown.content.decode()
    assert client.post(home(application, rest)).status_code in {404, 405}
    assert "Koivurannan" not in stranger.content.decode()


def test_a_link_with_one_character_changed_opens_nothing(client, application):
    secret = application.secret
    neutral = client.get("/academy/fi/application/open/xyz/").content.decode()
    for place in range(len(secret)):
        other = "A" if secret[place] != "A" else "B"
        bad = f"{secret[:place]}{other}{secret[place + 1 :]}"
        response = client.get(f"/academy/fi/application/open/{bad}/")
        assert response.status_code == 404
        assert response.content.decode().replace(bad, "xyz") == neutral


def test_odd_links_are_not_found(client, application):
    for odd in ("%00", "%F0%9F%98%80", "..%2F..", application.secret + "%0a", application.secret.swapcase()):
        assert client.get(f"/academy/fi/application/open/{odd}/").status_code == 404


def test_reading_by_get_and_head_changes_nothing(own, application):
    for rest in ("", "withdraw/", "address/"):
        own.get(home(application, rest))
        own.head(home(application, rest))
    application.refresh_from_db()
    assert application.state == "interest_sent"


def test_withdrawing_is_a_post_and_tells_both_sides(own, application):
    OutboxMail.objects.all().delete()
    response = own.post(home(application, "withdraw/"))
    application.refresh_from_db()
    assert (response.status_code, application.state) == (303, "withdrawn")
    assert set(OutboxMail.objects.values_list("kind", "to")) == {
        ("applications/withdrawn", "hankinnat@koivuranta.example"),
        ("applications/organiser_withdrawn", "organiser@osaamiskeskus.example"),
    }
    again = own.post(home(application, "withdraw/"))
    assert again.status_code == 409
    assert OutboxMail.objects.count() == 2
    assert "withdraw/" not in own.get(home(application)).content.decode()


def test_correcting_the_address_tells_both_and_changes_the_link(own, application):
    OutboxMail.objects.all().delete()
    old_link = path_of(application_link(application))
    data = {"email": "Uusi@koivuranta.example", "form_token": form_token("application-address")}
    assert own.post(home(application, "address/"), data).status_code == 303
    application.refresh_from_db()
    assert application.contact_email == "Uusi@koivuranta.example"
    left, came = OutboxMail.objects.order_by("pk")
    assert (left.to, came.to) == ("hankinnat@koivuranta.example", "Uusi@koivuranta.example")
    assert application.secret in came.text
    assert application.secret not in left.text
    assert "koivuranta.example" not in left.text.replace("osaamiskeskus.example", "")
    assert Client().get(old_link).status_code == 404
    assert own.get(home(application)).status_code == 200


def test_the_booked_discussion_follows_the_corrected_address(academy, own, application):
    series = make_series(academy, slots=2)
    key = f"application:{application.pk}"
    booking = make_booking(series.slots.first(), key=key, email="Hankinnat@koivuranta.example")
    other = make_booking(series.slots.last(), email="hankinnat@koivuranta.example")
    old_link = f"/academy/fi/booking/open/{booking.secret}/"
    OutboxMail.objects.all().delete()
    data = {"email": "uusi@koivuranta.example", "form_token": form_token("application-address")}
    assert own.post(home(application, "address/"), data).status_code == 303
    booking.refresh_from_db()
    assert (booking.email, booking.sequence) == ("uusi@koivuranta.example", 1)
    mail = OutboxMail.objects.get(kind="booking/booked")
    assert (mail.to, mail.calendar_method) == ("uusi@koivuranta.example", "REQUEST")
    assert booking.secret in mail.text
    assert "SEQUENCE:1" in mail.calendar
    assert booking.uid in mail.calendar.replace("\r\n ", "")
    assert Client().get(old_link).status_code == 404
    other.refresh_from_db()
    assert other.email == "hankinnat@koivuranta.example"


def test_a_wrong_address_is_kept_and_explained(own, application):
    data = {"email": "not an address", "form_token": form_token("application-address")}
    response = own.post(home(application, "address/", "en"), data)
    assert response.status_code == 422
    assert "Write the address like name@example.org." in response.content.decode()
    assert 'value="not an address"' in response.content.decode()


def test_addresses_are_not_changed_without_end(own, application, settings):
    settings.KEINO_ACADEMY = {"RATE_MAIL": (2, 3600)}
    for number in range(2):
        data = {"email": f"a{number}@x.example", "form_token": form_token("application-address")}
        assert own.post(home(application, "address/"), data).status_code == 303
    data = {"email": "a3@x.example", "form_token": form_token("application-address")}
    assert own.post(home(application, "address/"), data).status_code == 429


def ask(client, email, **extra):
    data = {"email": email, "form_token": form_token("application-lost")}
    return client.post("/academy/en/application/lost/", data, **extra)


def test_known_and_unknown_addresses_are_answered_alike(client, application):
    OutboxMail.objects.all().delete()
    known, unknown = ask(client, "HANKINNAT@koivuranta.example"), ask(client, "stranger@x.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    mail = OutboxMail.objects.get()
    assert mail.to == "hankinnat@koivuranta.example"
    assert application.reference in mail.text
    assert application_link(application, "en") in mail.text
    assert "If an application was sent from that address" in client.get(known["Location"]).content.decode()


def test_one_mail_has_all_of_an_addresss_applications(client, academy):
    first, second = make_application(academy), make_application(academy, organisation="Kunta")
    make_application(academy, contact_email="other@x.example")
    withdraw(second)
    OutboxMail.objects.all().delete()
    ask(client, "hankinnat@koivuranta.example")
    mail = OutboxMail.objects.get()
    assert (first.reference in mail.text, second.reference in mail.text) == (True, True)
    assert mail.text.count("/application/open/") == 2


def test_we_are_no_cannon(client, application, settings):
    settings.KEINO_ACADEMY = {"RATE_MAIL": (3, 3600)}
    OutboxMail.objects.all().delete()
    for number in range(5):
        last = ask(client, "hankinnat@koivuranta.example", REMOTE_ADDR=f"198.51.100.{number}")
        assert last.status_code == 303
    assert OutboxMail.objects.count() == 3
    answers = [ask(client, f"a{number}@x.example").status_code for number in range(5)]
    assert answers == [303, 303, 303, 429, 429]


def test_the_booking_room_learns_whose_a_token_is(academy, application):
    series = SlotSeries.objects.create(
        academy=academy, translation_key="11111111-1111-1111-1111-111111111111", title="Keskustelu"
    )
    token = holder_token(application)

    def answer(text):
        return [
            found for _receiver, found in holder_asked.send(sender=None, token=text, series=series) if found
        ]

    (holder,) = answer(token)
    assert holder.key == f"application:{application.pk}"
    assert (holder.organisation, holder.person) == ("Koivurannan kaupunki", "Helmi Hankkija")
    assert (holder.email, holder.reference) == (application.contact_email, application.reference)
    assert answer(token[:-1] + ("a" if token[-1] != "a" else "b")) == []
    assert answer("") == []
    withdraw(application)
    assert answer(token) == []


def test_no_page_and_no_mail_tells_another_applicants_secret(academy, own, application):
    other = make_application(academy, contact_email="toinen@x.example", organisation="Toinen kunta")
    html = own.get(home(application)).content.decode()
    assert "Toinen kunta" not in html
    for mail in OutboxMail.objects.filter(about=f"application:{application.pk}"):
        assert other.secret not in mail.text
    assert own.get(home(other)).status_code == 404


def test_links_stand_in_mail_only_where_we_wrote_them(academy):
    from keino_academy.applications.actions import move
    from keino_academy.applications.enums import Actor

    bad = "Katso http://evil.example/x www.evil.example\r\nBcc: a@evil.example"
    application = make_application(academy, organisation="Kunta http://evil.example", pilot_aims=bad)
    move(application, "return", Actor.ORGANISER)
    correct_address(application, "uusi@x.example")
    mails = OutboxMail.objects.filter(about=f"application:{application.pk}")
    assert mails.count() == 6
    for mail in mails:
        assert not re.search(r"https?://evil|www\.evil|\bevil\.example", f"{mail.subject}\n{mail.text}")
        assert "\n" not in mail.subject


def test_a_discussion_stands_beside_the_application(academy, own, application):
    series = make_series(academy, slots=2)
    html = own.get(home(application, language="en")).content.decode()
    assert "Book a discussion" in html
    assert f"/academy/en/book/{series.pk}/?for={holder_token(application)[:10]}" in html.replace("%3A", ":")
    booking = make_booking(series.slots.first(), key=f"application:{application.pk}")
    html = own.get(home(application, language="en")).content.decode()
    assert "Book a discussion" not in html
    assert "See, add to calendar or cancel" in html
    assert f"/academy/en/booking/open/{booking.secret}/" in html


def test_the_next_steps_end_with_the_application(academy, own, application, frozen):
    from keino_academy.applications.next_steps import next_steps

    assert [step.due for step in next_steps(application, "fi")] == [True, True, False]
    frozen.move_to(academy.starts)
    assert [step.open for step in next_steps(application, "fi")] == [True]
    withdraw(application)
    application.refresh_from_db()
    assert next_steps(application, "fi") == []
