"""Returning an application for completion: the verb, the organiser's page, the mail and the applicant's page."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from keino_academy.announcement.enums import Right
from keino_academy.applications.actions import NotPossible
from keino_academy.applications.actions.returning import return_for_completion
from keino_academy.applications.models import Application
from keino_academy.core.models import OutboxMail
from tests.applications.organisers import organiser
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

MESSAGE = "Kerro vielä, mihin päästöt vähenevät.\nKatso <b>ohje</b> https://paha.example/x"


@pytest.fixture
def decider(django_user_model, academy):
    return organiser(django_user_model, academy, Right.DECIDE)


@pytest.fixture
def application(academy):
    return make_application(academy)


def url_of(application):
    return reverse("keino_applications:return", args=[application.pk])


def page_of(application):
    return reverse("keino_applications:inspect", args=[application.pk])


def returned_mails():
    return OutboxMail.objects.filter(kind="applications/returned")


def test_the_verb_keeps_the_message_moves_and_writes_one_mail(application, django_user_model):
    user = django_user_model.objects.create_user("paattaja", "p@x.example", "x")
    moved = return_for_completion(application, f"  {MESSAGE}\x00 ", user)
    assert (moved.state, moved.return_message) == ("returned", MESSAGE)
    revision = moved.revisions.last()
    assert (revision.transition, revision.actor, revision.user_id_text) == (
        "return",
        "organiser",
        str(user.pk),
    )
    mail = returned_mails().get()
    assert mail.to == application.contact_email
    assert "Kerro vielä, mihin päästöt vähenevät.\nKatso <b>ohje</b>" in mail.text
    assert "https://paha.example" not in mail.text
    assert "https:\u2060//paha.\u2060example/x" in mail.text


@pytest.mark.parametrize("message", ["", "  \n ", "\x00"])
def test_a_return_without_a_message_is_refused(application, message):
    with pytest.raises(NotPossible):
        return_for_completion(application, message, None)
    application.refresh_from_db()
    assert (application.state, returned_mails().count()) == ("interest_sent", 0)


@pytest.mark.parametrize("state", ["final_sent", "in_review", "selected", "returned"])
def test_nothing_is_kept_where_the_state_allows_no_return(academy, state):
    application = make_application(academy, state)
    before = returned_mails().count()
    with pytest.raises(NotPossible):
        return_for_completion(application, "Jotain", None)
    application.refresh_from_db()
    assert (application.state, application.return_message) == (state, "")
    assert returned_mails().count() == before


def test_the_page_says_whom_and_a_post_returns(decider, application):
    assert url_of(application) in decider.get(page_of(application)).content.decode()
    html = decider.get(url_of(application)).content.decode()
    assert "Helmi Hankkija" in html
    assert "hankinnat@koivuranta.example" in html
    application.refresh_from_db()
    assert application.state == "interest_sent"
    response = decider.post(url_of(application), {"message": MESSAGE}, follow=True)
    assert response.redirect_chain == [(page_of(application), 302)]
    application.refresh_from_db()
    assert application.state == "returned"
    assert application.return_message == MESSAGE
    html = response.content.decode()
    assert "Kerro vielä, mihin päästöt vähenevät." in html
    assert "<b>ohje</b>" not in html
    assert url_of(application) not in html


@pytest.mark.parametrize("message", ["", "   ", "x" * 4001])
def test_a_message_that_is_missing_or_too_long_changes_nothing(decider, application, message):
    response = decider.post(url_of(application), {"message": message})
    assert response.status_code == 200
    assert response.context["form"].errors["message"]
    application.refresh_from_db()
    assert (application.state, returned_mails().count()) == ("interest_sent", 0)


def test_a_second_button_finds_it_done(decider, application):
    for message in ("Ensimmäinen", "Toinen"):
        assert decider.post(url_of(application), {"message": message}).status_code == 302
    application.refresh_from_db()
    assert application.return_message == "Ensimmäinen"
    assert returned_mails().count() == 1
    html = decider.get(url_of(application)).content.decode()
    assert "<textarea" not in html


def test_who_only_reads_can_return_nothing(django_user_model, academy, application):
    reader = organiser(django_user_model, academy, Right.READ)
    assert url_of(application) not in reader.get(page_of(application)).content.decode()
    assert reader.get(url_of(application)).status_code == 302
    assert reader.post(url_of(application), {"message": "x"}).status_code == 302
    application.refresh_from_db()
    assert application.state == "interest_sent"


def test_who_decides_elsewhere_finds_nothing(django_user_model, site, application):
    other = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    stranger = organiser(django_user_model, other, Right.DECIDE)
    for response in (stranger.get(url_of(application)), stranger.post(url_of(application), {"message": "x"})):
        assert response.status_code in {302, 404}
        assert "Koivurannan" not in response.content.decode()
    application.refresh_from_db()
    assert application.state == "interest_sent"


def test_opening_the_page_is_noted_as_reading(decider, application):
    decider.get(url_of(application))
    assert (
        ModelLogEntry.objects.filter(action="keino_academy.read", object_id=str(application.pk)).count() == 1
    )


def test_the_applicant_reads_the_message_while_it_is_returned(application):
    client = Client()
    client.get(reverse("keino_academy:application_open", args=["fi", application.secret]))
    own = reverse("keino_academy:application", args=["fi", application.reference])
    assert "ka-to-complete" not in client.get(own).content.decode()
    return_for_completion(application, MESSAGE, None)
    html = client.get(own).content.decode()
    assert "Kerro vielä, mihin päästöt vähenevät.<br>Katso &lt;b&gt;ohje&lt;/b&gt;" in html
    assert 'href="https://paha' not in html
    Application.objects.filter(pk=application.pk).update(state="interest_sent")
    assert "Kerro vielä" not in client.get(own).content.decode()
