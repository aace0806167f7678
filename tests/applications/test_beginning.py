"""Beginning an application: who applies, and where the link goes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keino_academy.announcement.models import AcademyPage
from keino_academy.applications.models import Application, ApplicationPage
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import EMAIL, STARTED, Journey, start_token
from tests.factories.applications import business_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]


def page_url(language="fi"):
    return ApplicationPage.objects.get(locale__language_code=language).url


def begin(client, academy, language="fi", **changed):
    url = reverse("keino_academy:apply", kwargs={"language": language, "code": academy.code})
    data = {"form_token": start_token(academy), "website2": "", **STARTED, **changed}
    return client.post(url, data)


def test_the_page_shows_the_start_what_is_asked_and_no_cache_keeps_it(client, document):
    response = client.get(page_url())
    html = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert 'action="/academy/fi/kiertotalous-2023/apply/"' in html
    assert "31.5.2023" in html
    assert "Hankinnan nimi" in html
    assert "q-pilot_title" not in html


def test_beginning_keeps_who_applies_and_mails_the_link(client, academy, document):
    response = begin(client, academy)
    application = Application.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/academy/fi/application/{application.reference}/?begun=1"
    assert (application.state, application.document, application.sent_at) == ("draft", document, None)
    assert (application.organisation, application.business_id) == ("Koivurannan kaupunki", "1234567-1")
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to) == ("applications/begun", EMAIL)
    assert f"/academy/fi/application/open/{application.secret}/" in mail.text
    assert "31.5.2023" in mail.text
    assert application.secret not in client.get(response["Location"]).content.decode()


def test_the_same_form_ten_times_is_one_application_and_one_mail(academy, document):
    places = {begin(Client(), academy)["Location"] for _time in range(10)}
    assert len(places) == 1
    assert Application.objects.count() == OutboxMail.objects.count() == 1


def test_a_form_kept_by_a_cache_shows_one_applicant_nothing_of_another(client, academy, document):
    begin(Client(), academy)
    response = begin(client, academy, email="toinen@kunta.example", organisation="Toinen", business_id="")
    assert response.status_code == 409
    assert Application.objects.get().reference not in response.content.decode()


def test_the_token_of_one_academy_begins_nothing_in_another(client, academy, document):
    answer = begin(client, academy, form_token=start_token(type("Other", (), {"pk": academy.pk + 1})()))
    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_the_same_form_leads_to_its_application_also_after_the_call_closed(client, academy, document, frozen):
    first = begin(client, academy)
    frozen.move_to(academy.closes)
    assert begin(client, academy)["Location"] == first["Location"]


@pytest.mark.parametrize(
    ("after_closing", "grace", "status"),
    [
        (timedelta(seconds=-1), 0, 303),
        (timedelta(0), 0, 409),
        (timedelta(0), 10, 303),
        (timedelta(minutes=10, seconds=-1), 10, 303),
        (timedelta(minutes=10), 10, 409),
    ],
)
def test_nothing_is_begun_after_the_call(client, academy, document, frozen, after_closing, grace, status):
    academy.grace_minutes = grace
    academy.save()
    frozen.move_to(academy.closes + after_closing)
    assert begin(client, academy).status_code == status
    assert Application.objects.count() == (status == 303)


def test_errors_keep_what_was_typed_and_say_what_to_do(client, academy, document):
    response = begin(client, academy, "en", business_id="1234567-2", email="nobody")
    html = response.content.decode()
    assert response.status_code == 422
    assert re.search(r"<title>\s*Error: Hae akatemiaan", html)
    assert "Check the business id: its last digit does not match." in html
    assert "Write the address like name@example.org." in html
    assert 'href="#id_email"' in html
    assert 'value="Koivurannan kaupunki"' in html
    assert not Application.objects.exists()


def test_too_quick_and_a_filled_trap_lose_nothing(client, academy, document):
    for bad in (
        {"form_token": start_token(academy, age=1)},
        {"form_token": "x"},
        {"website2": "spam"},
    ):
        response = begin(client, academy, **bad)
        assert response.status_code == 422
        assert 'value="Koivurannan kaupunki"' in response.content.decode()
    assert not Application.objects.exists()


def test_many_from_one_network_are_told_to_wait(client, academy, document, settings):
    settings.KEINO_ACADEMY = {"RATE_APPLY": (2, 3600)}
    for number in range(2):
        own = {"email": f"a{number}@kunta.example", "business_id": business_id(number + 1)}
        assert begin(client, academy, form_token=start_token(academy, f"n{number}"), **own).status_code == 303
    response = begin(client, academy, form_token=start_token(academy, "last"))
    assert response.status_code == 429
    assert 'value="Koivurannan kaupunki"' in response.content.decode()
    assert Application.objects.count() == 2


def academy_page(academy):
    return AcademyPage.objects.get(translation_key=academy.translation_key)


@pytest.mark.parametrize("gone", ["form", "academy"])
def test_a_page_that_went_away_meanwhile_is_answered_readably(client, academy, document, gone):
    page = ApplicationPage.objects.get() if gone == "form" else academy_page(academy)
    page.unpublish()
    assert begin(client, academy).status_code == 409
    assert not Application.objects.exists()


def test_what_was_begun_can_be_written_after_its_page_went_away(academy, frozen):
    way = Journey(academy)
    way.begin()
    ApplicationPage.objects.get().unpublish()
    way.fill()
    assert way.send().status_code == 303
    assert way.application.state == "interest_sent"


def test_a_deleted_page_is_answered_readably(client, academy, document):
    academy_page(academy).delete()
    assert begin(client, academy).status_code == 409
    assert client.get(f"/academy/fi/{academy.code}/apply/").status_code == 404


def test_beginning_asks_for_the_csrf_token(academy, document):
    assert begin(Client(enforce_csrf_checks=True), academy).status_code == 403


def test_the_forms_address_leads_to_its_page(client, academy, document):
    assert client.get(f"/academy/fi/{academy.code}/apply/")["Location"] == page_url()
    assert client.get("/academy/fi/unknown/apply/").status_code == 404
    assert client.post("/academy/xx/kiertotalous-2023/apply/", follow=True).status_code == 404


@pytest.mark.parametrize("days", [-30, 30])
def test_planned_and_closed_explain_themselves(client, academy, document, frozen, days):
    frozen.move_to(academy.opens - timedelta(days=1) if days < 0 else academy.closes + timedelta(days=1))
    html = client.get(page_url()).content.decode()
    assert "<form" not in html
    assert "organiser@osaamiskeskus.example" in html


def test_the_start_block_fills_the_form_and_keeps_nothing(academy, document):
    strict = Client(enforce_csrf_checks=True)
    url = f"/academy/fi/{academy.code}/apply/start/"
    response = strict.post(url, {"email": "a@kunta.example", "organisation": "Kunta & <b>"})
    html = response.content.decode()
    assert response.status_code == 200
    assert 'value="a@kunta.example"' in html
    assert 'value="Kunta &amp; &lt;b&gt;"' in html
    assert "ka-errors" not in html
    assert not Application.objects.exists()


def start_block(academy):
    page = academy_page(academy)
    page.body = [("application_start", {"heading": "Aloita", "button": "Aloita tästä", "anchor": "aloita"})]
    page.save_revision().publish()
    return page


def test_the_start_block_says_where_the_call_stands(client, academy, document, frozen):
    page = start_block(academy)
    action = f'action="/academy/fi/{academy.code}/apply/start/"'
    assert action in client.get(page.url).content.decode()
    frozen.move_to(academy.closes)
    html = client.get(page.url).content.decode()
    assert action not in html
    assert "Aloita tästä" not in html


def test_the_start_block_asks_little_of_the_database(client, academy, document, django_assert_num_queries):
    page = start_block(academy)
    client.get(page.url)
    with django_assert_num_queries(10):
        client.get(page.url)


def test_the_form_asks_little_of_the_database(client, document, django_assert_num_queries):
    url = page_url()
    client.get(url)
    with django_assert_num_queries(12):
        client.get(url)


def test_the_form_can_be_previewed(document):
    page = ApplicationPage.objects.get()
    assert page.make_preview_request().status_code == 200


def test_a_page_without_an_academy_says_nothing_wrong(client, home):
    page = home.add_child(instance=ApplicationPage(title="Alone", slug="alone", locale=home.locale))
    response = client.get(page.url)
    assert response.status_code == 200
    assert "<form" not in response.content.decode()
