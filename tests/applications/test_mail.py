"""Mail about applications: with SMTP down the receipt comes at once, and the mail later, once."""

import re
import time
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from keino_academy.applications.models import Application, Pilot, TeamMember
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import build_message, drain
from tests.core.test_outbox import no_smtp_server, smtp_server
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application, make_form, typed


def send(client, academy, data):
    url = reverse("keino_academy:apply", kwargs={"language": "fi", "code": academy.code})
    return client.post(url, data)


@pytest.mark.django_db
def test_with_smtp_down_the_receipt_comes_at_once_and_the_mail_later(
    client, academy, document, token, frozen
):
    with no_smtp_server():
        before = time.monotonic()
        response = send(client, academy, typed(document) | {"form_token": token()})
        assert response.status_code == 303
        assert client.get(response["Location"]).status_code == 200
        assert time.monotonic() - before < 5
        assert drain() == 0
    waiting = list(OutboxMail.objects.order_by("pk"))
    names = [mail.message_id for mail in waiting]
    assert [mail.state for mail in waiting] == ["waiting", "waiting"]
    frozen.shift(3600)
    with smtp_server() as box:
        assert drain() == 2
        assert drain() == 0
    sent = [letter.content.decode() for letter in box.letters]
    assert len(sent) == 2
    assert all(any(name in letter for letter in sent) for name in names)


@pytest.mark.django_db
def test_each_mail_has_exactly_its_recipients(academy, site):
    other = make_academy(site, code="toinen", slug="toinen", organiser_email="toinen@x.example")
    make_application(academy)
    make_application(other, contact_email="b@x.example")
    assert set(OutboxMail.objects.values_list("kind", "to", "scope")) == {
        ("applications/receipt", "hankinnat@koivuranta.example", academy.translation_key),
        ("applications/organiser_new", "organiser@osaamiskeskus.example", academy.translation_key),
        ("applications/receipt", "b@x.example", other.translation_key),
        ("applications/organiser_new", "toinen@x.example", other.translation_key),
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
def test_ten_parallel_sends_are_one_application_and_one_mail(academy, token):
    document = make_form(academy)
    data = typed(document) | {"form_token": token()}
    start, places = Barrier(10), []

    def press() -> None:
        start.wait()
        try:
            places.append(send(Client(), academy, data)["Location"])
        finally:
            connection.close()

    threads = [Thread(target=press) for _number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(places) == 10
    assert len(set(places)) == 1
    assert (Application.objects.count(), Pilot.objects.count(), TeamMember.objects.count()) == (1, 1, 3)
    assert OutboxMail.objects.filter(kind="applications/receipt").count() == 1


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
