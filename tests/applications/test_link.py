"""The secret link: sent again, made anew, and dead when it is old."""

import pytest
from django.test import Client
from django.urls import reverse

from keino_academy.applications.models import Application
from keino_academy.core.models import OutboxMail
from tests.factories.applications import make_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(academy):
    return make_application(academy)


def secret_link(secret):
    return reverse("keino_academy:application_open", args=["en", secret])


def page_of(application, name="application"):
    return reverse(f"keino_academy:{name}", args=["en", application.reference])


def opened(application, client=None):
    client = client or Client()
    client.get(secret_link(application.secret))
    return client


def mails(kind):
    return OutboxMail.objects.filter(kind=f"applications/{kind}")


def test_it_works_any_number_of_times_on_any_device(application):
    for _time in range(3):
        client = Client()
        response = client.get(secret_link(application.secret))
        assert (response.status_code, response["Location"]) == (302, page_of(application) + "?came=1")
        assert response["Referrer-Policy"] == "strict-origin"
        assert client.get(page_of(application)).status_code == 200


def test_it_can_be_sent_again_to_the_same_address(application):
    client = opened(application)
    response = client.post(page_of(application, "application_link"), {"send": ""})
    assert response.status_code == 303
    assert "on its way to hankinnat@koivuranta.example" in client.get(response["Location"]).content.decode()
    mail = mails("link_again").get()
    assert (mail.to, application.secret in mail.text) == ("hankinnat@koivuranta.example", True)
    assert Application.objects.get().secret == application.secret


def test_when_it_is_renewed_the_old_one_dies_everywhere_else(application):
    here, elsewhere = opened(application), opened(application)
    response = here.post(page_of(application, "application_link"), {"renew": ""})
    assert response.status_code == 303
    assert "The old one has stopped working." in here.get(response["Location"]).content.decode()
    renewed = Application.objects.get()
    assert renewed.secret != application.secret
    assert here.get(page_of(application)).status_code == 200
    assert elsewhere.get(page_of(application)).status_code == 404
    assert Client().get(secret_link(application.secret)).status_code == 404
    assert opened(renewed, elsewhere).get(page_of(application)).status_code == 200
    mail = mails("link_renewed").get()
    assert (renewed.secret in mail.text, application.secret in mail.text) == (True, False)


def test_after_the_address_was_corrected_the_old_link_dies_too(application, frozen):
    here, elsewhere = opened(application), opened(application)
    url = page_of(application, "application_address")
    token = here.get(url).context["form"]["form_token"].initial
    frozen.shift(60)
    assert here.post(url, {"email": "uusi@koivuranta.example", "form_token": token}).status_code == 303
    assert here.get(page_of(application)).status_code == 200
    assert elsewhere.get(page_of(application)).status_code == 404


def test_the_address_is_not_flooded(application, settings):
    settings.KEINO_ACADEMY = {"RATE_MAIL": (2, 3600)}
    client, url = opened(application), page_of(application, "application_link")
    assert [client.post(url, {"send": ""}).status_code for _time in range(3)] == [303, 303, 429]
    assert client.post(url, {"renew": ""}).status_code == 429
    assert Application.objects.get().secret == application.secret


def test_reading_changes_nothing_and_strangers_and_foreign_forms_change_nothing(application):
    client, url = opened(application), page_of(application, "application_link")
    assert client.get(url).status_code == 200
    assert client.head(url).status_code == 200
    assert Client().post(url, {"renew": ""}).status_code == 404
    assert opened(application, Client(enforce_csrf_checks=True)).post(url, {"renew": ""}).status_code == 403
    assert Application.objects.get().secret == application.secret


def test_a_made_up_done_says_nothing(application):
    page = opened(application).get(page_of(application, "application_link"), {"done": "<b>hacked"})
    assert "hacked" not in page.content.decode()
    assert 'role="status"' not in page.content.decode()
