"""Mail about applications: with SMTP down the receipt comes at once, and the mail later, once."""

import re
import time
from threading import Barrier, Thread

import pytest
from django.core import signing
from django.db import connection
from django.urls import reverse

from keino_academy.applications.models import Application, Pilot, TeamMember
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import build_message, drain
from tests.applications.journeys import EMAIL, Journey
from tests.applications.test_guard import at_once
from tests.core.test_outbox import no_smtp_server, smtp_server
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application, make_form

DIRECTOR = {"q-director_name": "Johanna Johtaja", "q-director_email": "johanna@koivuranta.example"}


@pytest.mark.django_db
def test_with_smtp_down_each_page_comes_at_once_and_the_mail_later(academy, frozen):
    way = Journey(academy)
    with no_smtp_server():
        before = time.monotonic()
        begun = way.begin()
        assert (begun.status_code, way.client.get(begun["Location"]).status_code) == (303, 200)
        assert time.monotonic() - before < 5
        assert drain() == 0
        way.fill()
        before = time.monotonic()
        sent = way.send()
        assert (sent.status_code, way.client.get(sent["Location"]).status_code) == (303, 200)
        assert time.monotonic() - before < 5
        assert drain() == 0
    waiting = list(OutboxMail.objects.order_by("pk"))
    names = [mail.message_id for mail in waiting]
    assert [mail.state for mail in waiting] == ["waiting"] * 4
    assert sorted(mail.kind for mail in waiting) == [
        "applications/begun",
        "applications/member_asked",
        "applications/organiser_new",
        "applications/receipt",
    ]
    frozen.shift(3600)
    with smtp_server() as box:
        assert drain() == 4
        assert drain() == 0
    sent_mails = [letter.content.decode() for letter in box.letters]
    assert len(sent_mails) == 4
    assert all(sum(name in mail for mail in sent_mails) == 1 for name in names)


@pytest.mark.django_db
def test_until_it_is_sent_only_the_applicant_is_written_to(academy):
    way = Journey(academy)
    way.begin()
    way.fill()
    way.save("management", **DIRECTOR)
    assert list(OutboxMail.objects.values_list("kind", "to")) == [("applications/begun", EMAIL)]
    way.send()
    assert sorted(OutboxMail.objects.values_list("kind", "to")) == [
        ("applications/begun", EMAIL),
        ("applications/management_asked", "johanna@koivuranta.example"),
        ("applications/member_asked", "aino@koivuranta.example"),
        ("applications/organiser_new", "organiser@osaamiskeskus.example"),
        ("applications/receipt", EMAIL),
    ]


@pytest.mark.django_db
def test_whoever_lost_the_link_of_a_draft_gets_it_again(academy, client):
    way = Journey(academy)
    way.begin()
    client.post(reverse("keino_academy:application_lost", args=["fi"]), {"email": EMAIL} | opened("lost"))
    mail = OutboxMail.objects.get(kind="applications/link_again")
    assert mail.to == EMAIL
    assert f"/academy/fi/application/open/{way.application.secret}/" in mail.text
    way.client.post(way.url("application_link"))
    assert OutboxMail.objects.filter(kind="applications/link_again", to=EMAIL).count() == 2


def opened(name: str) -> dict[str, str]:
    """The token of a small form that was opened a minute ago."""
    moment = time.time() - 60
    return {
        "form_token": signing.dumps([f"application-{name}", "once", moment], salt="keino_academy.form"),
        "website2": "",
    }


@pytest.mark.django_db
def test_each_mail_has_exactly_its_recipients(academy, site):
    other = make_academy(site, code="toinen", slug="toinen", organiser_email="toinen@x.example")
    make_application(academy)
    make_application(other, contact_email="b@x.example")
    assert set(OutboxMail.objects.values_list("kind", "to", "scope")) == {
        ("applications/receipt", "hankinnat@koivuranta.example", academy.translation_key),
        ("applications/organiser_new", "organiser@osaamiskeskus.example", academy.translation_key),
        ("applications/member_asked", "aino@koivuranta.example", academy.translation_key),
        ("applications/receipt", "b@x.example", other.translation_key),
        ("applications/organiser_new", "toinen@x.example", other.translation_key),
        ("applications/member_asked", "aino@koivuranta.example", other.translation_key),
    }
    for mail in OutboxMail.objects.all():
        assert build_message(mail).recipients() == [mail.to]


@pytest.mark.django_db
def test_the_organisers_mail_leads_to_the_application(academy, admin_client):
    application = make_application(academy)
    text = OutboxMail.objects.get(kind="applications/organiser_new").text
    link = re.search(r"http://testserver(/admin/\S+)", text)[1]
    page = admin_client.get(link)
    assert page.status_code == 200
    assert application.reference in page.content.decode()


@pytest.mark.django_db
def test_the_copy_is_in_the_applicants_language(academy):
    application = make_application(academy, language="en")
    mail = OutboxMail.objects.get(kind="applications/receipt")
    assert mail.subject.startswith(f"Your expression of interest {application.reference}")
    assert "Name of the procurement\n  Kirkonkylän koulun peruskorjaus" in mail.text
    assert "September\u00a02023 – February\u00a02024" in mail.text
    assert f"/academy/en/application/open/{application.secret}/" in mail.text


@pytest.mark.django_db(transaction=True)
def test_the_same_form_ten_times_at_once_is_one_application_and_one_mail(academy):
    make_form(academy)
    places = at_once(lambda _one: Journey(academy).begin()["Location"])
    application = Application.objects.get()
    assert places == [f"/academy/fi/application/{application.reference}/?begun=1"] * 10
    assert list(OutboxMail.objects.values_list("kind", "to")) == [("applications/begun", EMAIL)]
    assert [one.transition for one in application.revisions.all()] == ["begin"]


@pytest.mark.django_db(transaction=True)
def test_ten_parallel_sends_are_one_sending_and_one_mail(academy):
    way = Journey(academy)
    way.begin()
    way.fill()
    browsers = [Journey(academy) for _number in range(10)]
    for one in browsers:
        one.open_link()
    places = at_once(lambda one: browsers[one].send()["Location"])
    assert places == [way.url("application")] * 10
    assert (Application.objects.count(), Pilot.objects.count(), TeamMember.objects.count()) == (1, 1, 3)
    assert [one.transition for one in way.application.revisions.all()] == ["begin", "send_interest"]
    for kind in ("receipt", "organiser_new", "member_asked"):
        assert OutboxMail.objects.filter(kind=f"applications/{kind}").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_have_one_winner(academy):
    from keino_academy.applications.actions import NotPossible, move
    from keino_academy.applications.enums import Actor

    application = make_application(academy, "in_review")
    start, ends = Barrier(2), []

    def decide(name: str) -> None:
        start.wait()
        try:
            actor = Actor.APPLICANT if name == "withdraw" else Actor.ORGANISER
            ends.append(move(application, name, actor).state)
        except NotPossible:
            ends.append("late")
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[name]) for name in ("select", "withdraw")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    application.refresh_from_db()
    assert sorted(ends) in (sorted(["late", "selected"]), sorted(["late", "withdrawn"]))
    assert application.state in ends
