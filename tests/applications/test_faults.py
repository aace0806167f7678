"""What goes wrong while an application is written and sent: locks, kills, full disks, mail servers. Nothing is lost."""

import signal
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from keino_academy.announcement.models import Academy
from keino_academy.applications.actions import begin, save_section, send
from keino_academy.applications.models import Application, Revision
from keino_academy.applications.signals import (
    application_begun,
    application_moved,
    application_saved,
    application_sent,
)
from keino_academy.booking import contention
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import Journey
from tests.booking.test_faults import in_a_process, killed, locked, only_sqlite, patience
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.applications import make_draft, make_form, posted_of
from tests.factories.site import make_site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def academy(settings) -> Academy:
    # A clock that runs: processes wait for each other by it.
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TODAY - datetime.now(UTC), "FORM_MIN_SECONDS": 0}
    return make_academy(make_site())


@pytest.fixture
def way(academy) -> Journey:
    way = Journey(academy)
    way.begin()
    way.open_link()
    return way


@only_sqlite
def test_a_database_that_stays_locked_is_told_and_the_same_part_goes_through_again(way, monkeypatch):
    monkeypatch.setattr(contention, "_PATIENCE", 1)
    way.save("contact")
    data = {"key": way.key(), "count": 0} | way.texts("pilot", **{"q-pilot_title": "Koulun piha"})
    url = way.url("application_section", section="pilot")
    with patience(0.5), locked(60):
        answer = way.client.post(url, data)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "pilot" not in way.application.progress
    assert way.client.post(url, data).status_code == 303
    assert way.application.pilot.title == "Koulun piha"


@only_sqlite
def test_a_full_disk_is_told_and_the_same_part_goes_through_when_there_is_room(way):
    data = {"key": way.key(), "count": 0} | way.texts("pilot", **{"q-pilot_aims": "sana " * 120_000})
    url = way.url("application_section", section="pilot")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        before = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        answer = way.client.post(url, data)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {before}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert way.application.progress == {}
    assert way.client.post(url, data).status_code == 422
    assert way.application.typed["pilot"]["q-pilot_aims"] == ["sana " * 120_000]


def begun(academy: Academy) -> Application:
    form = make_form(academy)
    said = {"organisation": "Kunta", "business_id": "", "email": "a@kunta.example"}
    return begin(academy, form, **said, language="fi", nonce="one form")


def test_killed_before_the_commit_nothing_was_begun(academy):
    make_form(academy)

    def work() -> None:
        application_begun.connect(killed)
        begun(academy)

    assert in_a_process(work) == -signal.SIGKILL
    assert (Application.objects.count(), OutboxMail.objects.count()) == (0, 0)
    assert begun(academy).state == "draft"


def test_killed_between_commit_and_answer_the_same_form_leads_to_the_same_application(academy):
    make_form(academy)

    def work() -> None:
        begun(academy)
        killed()

    assert in_a_process(work) == -signal.SIGKILL
    assert begun(academy) == Application.objects.get()
    assert OutboxMail.objects.filter(kind="applications/begun").count() == 1


def test_killed_while_a_part_is_saved_what_was_there_stays(academy):
    draft = make_draft(academy, whole=True)
    posted = posted_of({"q-pilot_title": "Uusi nimi"})

    def work() -> None:
        application_saved.connect(killed)
        save_section(draft, "pilot", posted, language="fi", count=1)

    assert in_a_process(work) == -signal.SIGKILL
    draft = Application.objects.get()
    assert (draft.pilot.title, draft.progress["pilot"]["count"]) == ("Kirkonkylän koulun peruskorjaus", 1)
    assert save_section(draft, "pilot", posted, language="fi", count=1).count == 2


@pytest.mark.parametrize("moment", [application_moved, application_sent], ids=["moved", "told"])
def test_killed_before_the_commit_nothing_was_sent(academy, moment):
    draft = make_draft(academy, whole=True)
    OutboxMail.objects.all().delete()

    def work() -> None:
        moment.connect(killed)
        send(draft, {"entitled": True}, language="fi")

    assert in_a_process(work) == -signal.SIGKILL
    draft.refresh_from_db()
    assert (draft.state, draft.sent_at, OutboxMail.objects.count()) == ("draft", None, 0)
    assert send(draft, {"entitled": True}, language="fi").state == "interest_sent"
    assert OutboxMail.objects.filter(kind="applications/receipt").count() == 1


def test_killed_between_commit_and_answer_it_is_sent_once(academy):
    draft = make_draft(academy, whole=True)

    def work() -> None:
        send(draft, {"entitled": True}, language="fi")
        killed()

    assert in_a_process(work) == -signal.SIGKILL
    assert send(draft, {"entitled": True}, language="fi").state == "interest_sent"
    assert OutboxMail.objects.filter(kind="applications/receipt").count() == 1
    assert Revision.objects.filter(transition="send_interest").count() == 1


def test_with_no_mail_server_one_begins_and_sends_all_the_same(academy, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    way = Journey(academy, Client())
    assert way.sent().state == "interest_sent"
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {"waiting"}
