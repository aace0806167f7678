"""Drafts whose link nobody opened are removed after a while, with all that hangs on them; no other word is."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from keino_academy.applications import own_views
from keino_academy.applications.actions import renew_link
from keino_academy.applications.attaching import attach
from keino_academy.applications.models import Application, DiscussionNote
from keino_academy.core import clock
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import EMAIL, Journey
from tests.applications.organisers import book
from tests.sample_files import PDF

pytestmark = pytest.mark.django_db

DAYS = timedelta(days=30)
INSTANT = timedelta(seconds=1)
SEEDED = "Ainutlaatuinen silta"


@pytest.fixture
def way(academy) -> Journey:
    """One who has begun, and never opened the link."""
    way = Journey(academy)
    assert way.begin().status_code == 303
    return way


def run(**options) -> int:
    """How many applications are left after what is due was done."""
    call_command("keino_due", "--only", "applications.unopened", **options)
    return Application.objects.count()


def test_what_nobody_opened_is_removed_on_the_day_and_not_before(way, frozen):
    begun = clock.now()
    frozen.move_to(begun + DAYS - INSTANT)
    assert run() == 1
    frozen.move_to(begun + DAYS)
    assert run() == 0
    assert not OutboxMail.objects.filter(to=EMAIL).exists()


def test_what_was_written_without_the_link_stays_until_the_call_has_been_closed_as_long(way, frozen, academy):
    way.save("pilot")
    frozen.move_to(academy.closes + DAYS - INSTANT)
    assert run() == 1
    frozen.move_to(academy.closes + DAYS)
    assert run() == 0


def test_nothing_that_hangs_on_it_is_left(
    way, frozen, academy, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.KEINO_ACADEMY = {"PRIVATE_ROOT": tmp_path}
    way.save("pilot", **{"q-pilot_title": SEEDED, "q-pilot_period_0": "nonsense"})
    way.save("team")
    draft = way.application
    attach(draft, "some-question", SimpleUploadedFile("Suunnitelma.pdf", PDF))
    DiscussionNote.objects.create(application=draft, text=SEEDED, written_at=clock.now())
    draft.colleagues.create(email="katri@koivuranta.example", invited_at=clock.now())
    frozen.move_to(academy.closes + DAYS)
    with django_capture_on_commit_callbacks(execute=True):
        assert run() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert rows_with(SEEDED, EMAIL, draft.reference, f"application:{draft.pk}") == []


def rows_with(*words: str) -> list[str]:
    """The tables in which any of the words stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(word in str(row) for row in cursor.fetchall() for word in words):
                found.append(table)
    return [table for table in found if table != "django_session"]


@pytest.mark.parametrize("how", ["opened", "late", "booked", "sent", "renewed", "never"])
def test_whatever_somebody_may_still_want_stays(way, frozen, academy, settings, how):
    if how == "opened":
        way.open_link()
    elif how == "booked":
        book(way.application)
    elif how == "sent":
        way.fill()
        way.send()
    elif how == "never":
        settings.KEINO_ACADEMY = {"FORGET_DRAFT_DAYS": 0}
    frozen.move_to(academy.closes + INSTANT)
    if how == "late":
        way.save("pilot")
    frozen.move_to(academy.closes + DAYS)
    if how == "renewed":
        renew_link(way.application)
    frozen.move_to(academy.closes + 2 * DAYS - INSTANT)
    assert run() == 1


def test_a_link_that_is_opened_while_its_draft_is_removed_is_one_that_does_not_work(way, monkeypatch):
    secret, known = way.application.secret, own_views.find_application

    def find_and_lose(**by):
        found = known(**by)
        Application.objects.all().delete()
        return found

    monkeypatch.setattr(own_views, "find_application", find_and_lose)
    assert way.client.get(f"/academy/fi/application/open/{secret}/").status_code == 404
