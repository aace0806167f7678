"""Sending the form: once, in time, with what was typed kept."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino_academy.applications.models import Application, ApplicationPage, Pilot, Revision, TeamMember
from keino_academy.core.models import OutboxMail
from tests.factories.applications import typed

pytestmark = pytest.mark.django_db


def send(client, academy, data, language="fi", **extra):
    url = reverse("keino_academy:apply", kwargs={"language": language, "code": academy.code})
    return client.post(url, data, **extra)


def page_url(language="fi"):
    return ApplicationPage.objects.get(locale__language_code=language).url


def test_the_page_shows_the_form_and_no_cache_keeps_it(client, document):
    response = client.get(page_url())
    html = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert 'action="/academy/fi/kiertotalous-2023/apply/"' in html
    assert "q-pilot_title" in html
    assert "31.5.2023" in html


def test_sending_keeps_everything(client, academy, document, token):
    response = send(client, academy, typed(document) | {"form_token": token()})
    application = Application.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/academy/fi/application/{application.reference}/"
    assert application.state == "interest_sent"
    assert application.sent_at == timezone.now()
    assert application.in_grace is False
    assert (application.organisation, application.organisation_kind) == (
        "Koivurannan kaupunki",
        "municipality",
    )
    assert application.contact_email == "hankinnat@koivuranta.example"
    assert (application.met, application.asked) == (6, 6)
    assert Pilot.objects.get(application=application).first_month.isoformat() == "2023-09-01"
    assert [one.name for one in TeamMember.objects.all()] == ["Aino Aalto", "Eino Eloranta", "Oiva Oja"]
    assert [one.transition for one in Revision.objects.all()] == ["send_interest"]


def test_the_receipt_comes_before_any_mail_goes(client, academy, document, token):
    response = send(client, academy, typed(document) | {"form_token": token()})
    page = client.get(response["Location"]).content.decode()
    application = Application.objects.get()
    assert application.reference in page
    assert "Kirkonkylän koulun peruskorjaus" in page
    waiting = OutboxMail.objects.filter(state="waiting").values_list("kind", "to")
    assert set(waiting) == {
        ("applications/receipt", "hankinnat@koivuranta.example"),
        ("applications/organiser_new", "organiser@osaamiskeskus.example"),
    }


def test_the_same_form_sent_ten_times_is_one_application(client, academy, document, token):
    data = typed(document) | {"form_token": token()}
    places = {send(Client(), academy, data)["Location"] for _time in range(10)}
    assert len(places) == 1
    assert Application.objects.count() == 1
    assert OutboxMail.objects.filter(kind="applications/receipt").count() == 1


def test_a_form_kept_by_a_cache_shows_one_applicant_nothing_of_another(client, academy, document, token):
    send(Client(), academy, typed(document) | {"form_token": token()})
    other = typed(document, contact_email="toinen@kunta.example") | {"form_token": token()}
    response = send(client, academy, other)
    application = Application.objects.get()
    assert application.reference not in response.content.decode()
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("after_closing", "grace", "status", "in_grace"),
    [
        (timedelta(seconds=-1), 0, 303, False),
        (timedelta(0), 0, 409, None),
        (timedelta(0), 10, 303, True),
        (timedelta(minutes=10, seconds=-1), 10, 303, True),
        (timedelta(minutes=10), 10, 409, None),
    ],
)
def test_closed_means_closed_on_the_server(  # noqa: PLR0917 - fixtures and a table
    client, academy, document, token, frozen, after_closing, grace, status, in_grace
):
    academy.grace_minutes = grace
    academy.save()
    frozen.move_to(academy.closes + after_closing)
    response = send(client, academy, typed(document) | {"form_token": token()})
    assert response.status_code == status
    assert [one.in_grace for one in Application.objects.all()] == ([] if in_grace is None else [in_grace])
    if status == 409:
        assert "Kirkonkylän koulun peruskorjaus" in response.content.decode()


def test_the_same_form_gives_its_receipt_also_after_the_call_closed(client, academy, document, token, frozen):
    data = typed(document) | {"form_token": token()}
    first = send(client, academy, data)
    frozen.move_to(academy.closes)
    assert send(client, academy, data)["Location"] == first["Location"]


def test_errors_keep_what_was_typed_and_say_what_to_do(client, academy, document, token):
    data = typed(document, language="en", pilot_title="", business_id="1234567-2") | {"form_token": token()}
    response = send(client, academy, data, language="en")
    html = response.content.decode()
    assert response.status_code == 422
    assert re.search(r"<title>\s*Error: Hae akatemiaan", html)
    assert "Give the procurement a name." in html
    assert 'href="#id_q-pilot_title"' in html
    assert "Check the business id: its last digit does not match." in html
    assert 'value="Koivurannan kaupunki"' in html
    assert not Application.objects.exists()


def test_a_yes_needs_what_shows_it_and_a_period_ends_after_it_begins(client, academy, document, token):
    data = typed(document, language="en") | {"form_token": token()}
    evidence = next(name for name in data if name.endswith("-evidence"))
    last = next(name for name in data if name.endswith("-last"))
    response = send(client, academy, data | {evidence: " \u200b ", last: "2023-08"}, language="en")
    html = response.content.decode()
    assert "Write what shows it, or choose another answer." in html
    assert "Choose a last month that is not before the first one." in html


def test_words_are_counted(client, academy, document, token):
    data = typed(document, language="en", pilot_aims="word " * 151) | {"form_token": token()}
    html = send(client, academy, data, language="en").content.decode()
    assert "Shorten the answer to 150 words. It has 151 now." in html


def test_too_quick_and_a_filled_trap_lose_nothing(client, academy, document, token):
    for bad in (
        {"form_token": token(age=1)},
        {"form_token": "x"},
        {"form_token": token(), "website2": "spam"},
    ):
        response = send(client, academy, typed(document) | bad)
        assert response.status_code == 422
        assert 'value="Koivurannan kaupunki"' in response.content.decode()
    assert not Application.objects.exists()


def test_many_from_one_network_are_told_to_wait(client, academy, document, token, settings):
    settings.KEINO_ACADEMY = {"RATE_APPLY": (2, 3600)}
    for number in range(2):
        data = typed(document, contact_email=f"a{number}@kunta.example") | {"form_token": token(f"n{number}")}
        assert send(client, academy, data).status_code == 303
    data = typed(document) | {"form_token": token("last")}
    response = send(client, academy, data, HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert response.status_code == 429
    assert 'value="Koivurannan kaupunki"' in response.content.decode()
    assert Application.objects.count() == 2


def test_a_form_that_changed_meanwhile_is_shown_again(client, academy, document, token):
    page = ApplicationPage.objects.get()
    page.asks_pilot = False
    page.save_revision().publish()
    data = typed(document) | {"form_token": token()}
    response = send(client, academy, data)
    assert response.status_code == 409
    again = data | {"document": academy.form_documents.first().pk}
    assert send(client, academy, again).status_code == 303


def test_a_form_whose_words_changed_is_taken(client, academy, document, token):
    page = academy_page(academy)
    page.criteria[2].value["explanation"] = "Uusi selitys"
    page.save_revision().publish()
    assert academy.form_documents.count() == 2
    assert send(client, academy, typed(document) | {"form_token": token()}).status_code == 303
    assert Application.objects.get().document.version == 2


def academy_page(academy):
    from keino_academy.announcement.models import AcademyPage

    return AcademyPage.objects.get(translation_key=academy.translation_key)


@pytest.mark.parametrize("gone", ["form", "academy"])
def test_a_page_that_went_away_meanwhile_is_answered_readably(client, academy, document, token, gone):
    page = ApplicationPage.objects.get() if gone == "form" else academy_page(academy)
    page.unpublish()
    response = send(client, academy, typed(document) | {"form_token": token()})
    assert response.status_code == 409
    assert "Kirkonkylän koulun peruskorjaus" in response.content.decode()
    assert not Application.objects.exists()


def test_a_deleted_page_is_answered_readably(client, academy, document, token):
    academy_page(academy).delete()
    response = send(client, academy, typed(document) | {"form_token": token()})
    assert response.status_code == 409
    assert client.get(f"/academy/fi/{academy.code}/apply/").status_code == 404


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


def test_sending_asks_for_the_csrf_token(academy, document, token):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, academy, typed(document) | {"form_token": token()}).status_code == 403


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
