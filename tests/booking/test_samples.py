"""What a session's draft would write, seen before it is published."""

from datetime import timedelta

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import AcademyRight
from keino_academy.booking import actions
from keino_academy.booking.models import BookableSession, SlotSeries
from keino_academy.booking.samples import sample
from keino_academy.core.models import OutboxMail
from tests.factories.announcement import make_academy
from tests.factories.booking import TIMES, make_booking, make_series, make_session

KINDS = ["booked", "moved", "changed", "reminder", "cancelled", "slot_cancelled", "waiting", "offered"]


@pytest.fixture
def organiser(academy, client):
    """A person of the academy's bookings, signed in."""
    group = Group.objects.create(name="Bookings")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    AcademyRight.objects.create(group=group, academy=academy, right=Right.BOOKINGS)
    user = get_user_model().objects.create_user("organiser", "organiser@example.org", "x")
    user.groups.add(group)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def session(series) -> BookableSession:
    return BookableSession.objects.get()


def address(session, name="mails") -> str:
    return reverse(session.snippet_viewset.get_url_name(name), args=[session.pk])


def page(client, session, language="fi") -> BeautifulSoup:
    answer = client.get(address(session), {"language": language})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return BeautifulSoup(answer.content, "html.parser")


def plain(text: str) -> str:
    return text.replace("\u2060", "").replace("\xa0", " ")


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models(True)}


def test_every_kind_is_shown_with_its_entry(organiser, session):
    series = SlotSeries.objects.get()
    html = page(organiser, session)
    assert [panel["id"].removesuffix("-section") for panel in html.select("main section.w-panel")] == KINDS
    booked = plain(html.select_one("section#booked-section").get_text("\n", strip=True))
    for part in (
        "When a time is booked",
        session.title,
        "ma 5.6.2023 klo 9.00–9.45",
        "Teams",
        "In the calendar",
    ):
        assert part in booked, part
    assert "Reminder, 24 hours before" in html.get_text()
    assert "METHOD:CANCEL" in html.select_one("section#cancelled-section details pre").get_text()
    assert "METHOD:REQUEST" in html.select_one("section#moved-section details pre").get_text()
    assert not html.select("section#reminder-section details pre")
    assert series.slots.count() == len(TIMES)


@pytest.mark.parametrize("published", [True, False])
def test_nothing_is_written(organiser, academy, session, published):
    if not published:
        session = BookableSession(academy=academy, title="Luonnos", locale=Locale.get_default(), live=False)
        session.save()
        session.save_revision()
    organiser.get(address(session))
    before = rows()
    for language in ("fi", "sv", "en"):
        page(organiser, session, language)
    organiser.get(address(session), {"file": "booked"})
    assert rows() == before


def test_it_is_the_very_mail_that_goes_out(session, series):
    shown = {mail.name: mail for mail in sample(session, "fi").mails()}
    slot = series.slots.order_by("starts").first()
    booking = make_booking(slot, email="varaaja@example.org")
    sent = OutboxMail.objects.get(kind="booking/booked")
    assert (shown["booked"].subject, shown["booked"].text) == (
        sent.subject,
        sent.text.replace(booking.secret, "0000"),
    )
    real, made_up = (
        icalendar.Calendar.from_ical(text).walk("VEVENT")[0] for text in (sent.calendar, shown["booked"].file)
    )
    for name in ("SUMMARY", "LOCATION", "DTSTART", "DTEND", "SEQUENCE", "ATTENDEE", "ORGANIZER"):
        assert real.get(name) == made_up.get(name), name
    actions.cancel(booking)
    sent = OutboxMail.objects.get(kind="booking/cancelled")
    assert (shown["cancelled"].subject, shown["cancelled"].text) == (sent.subject, sent.text)


def test_the_draft_speaks_and_not_what_is_published(organiser, session, series):
    session.title, session.place, session.remind_hours, session.remind_soon_minutes = (
        "Uusi nimi",
        "Zoom",
        48,
        90,
    )
    session.save_revision()
    html = page(organiser, session)
    booked = html.select_one("section#booked-section").get_text()
    assert "Uusi nimi" in booked
    assert "Zoom" in booked
    assert "Teams" not in booked
    assert "Reminder, 2 days before" in html.get_text()
    assert "Second reminder, 90 minutes before" in html.get_text()
    make_booking(series.slots.first())
    assert "Uusi nimi" not in OutboxMail.objects.get(kind="booking/booked").text


def test_rules_of_the_draft_leave_mails_out(organiser, session):
    session.remind_hours, session.waiting_list = 0, False
    session.save_revision()
    shown = [
        panel["id"].removesuffix("-section")
        for panel in page(organiser, session).select("main section.w-panel")
    ]
    assert shown == ["booked", "moved", "changed", "cancelled", "slot_cancelled"]


def test_a_reminder_speaks_as_of_its_own_moment(session):
    # With a day for both, nothing can be changed any more when the reminder goes out.
    reminder = next(mail for mail in sample(session, "fi").mails() if mail.name == "reminder")
    assert "4.6.2023" not in reminder.text
    session.change_until_hours = 12
    session.save_revision()
    reminder = next(mail for mail in sample(session, "fi").mails() if mail.name == "reminder")
    assert "su 4.6.2023 klo 21.00" in plain(reminder.text)


def test_each_language_by_its_own_draft(organiser, session):
    swedish = make_session(session.academy, "sv", source=session)
    swedish.title = "Ett nytt namn"
    swedish.save_revision()
    html = page(organiser, swedish, "sv")
    assert "Ett nytt namn" in html.select_one("section#booked-section").get_text()
    assert "mån 5.6.2023 kl. 9.00–9.45" in plain(html.select_one("section#booked-section dl").get_text())
    assert "/academy/sv/booking/open/0000/" in html.select_one("section#booked-section").get_text()
    assert not html.select(".help-warning")
    english = page(organiser, swedish, "en")
    assert session.title in english.select_one("section#booked-section").get_text()
    assert "not translated into this language" in english.select_one(".help-warning").get_text()


def test_a_session_that_was_never_published(organiser, academy, frozen):
    draft = BookableSession(
        academy=academy, title="Luonnos", locale=Locale.get_default(), minutes=30, live=False
    )
    draft.save()
    draft.save_revision()
    html = page(organiser, draft)
    assert "ke 24.5.2023 klo 9.00–9.30" in plain(html.select_one("section#booked-section").get_text())
    assert "no time yet" in html.get_text()
    assert SlotSeries.objects.count() == 0


def test_the_file_is_a_calendar_entry(organiser, session):
    answer = organiser.get(address(session), {"file": "cancelled", "language": "fi"})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="entry.ics"'
    event = icalendar.Calendar.from_ical(answer.content.decode()).walk("VEVENT")[0]
    assert (str(event["STATUS"]), event.decoded("DTSTART")) == ("CANCELLED", TIMES[0])
    for wrong in ("reminder", "../x", ""):
        assert organiser.get(address(session), {"file": wrong}, follow=True).status_code == 404


def test_the_way_there_is_on_the_edit_page(organiser, session):
    assert address(session) in organiser.get(address(session, "edit")).content.decode()


def test_only_those_of_the_academy_see_it(organiser, site, academy, session):
    other = make_academy(site, title="Toinen", slug="toinen", code="toinen")
    make_series(other, title="Vieras sarja")
    foreign = BookableSession.objects.get(academy=other)
    assert organiser.get(address(foreign), follow=True).status_code == 404
    # A draft that someone moved to another academy shows nothing of that one.
    session.academy = other
    session.save_revision()
    assert organiser.get(address(session), follow=True).status_code == 404
    AcademyRight.objects.update(right=Right.READ)
    answer = organiser.get(address(foreign))
    assert answer.status_code == 302
    assert "Vieras" not in organiser.get(address(foreign), follow=True).content.decode()


def test_words_are_shown_as_they_are(organiser, session):
    session.title = "<img src=x onerror=alert(1)>"
    session.save_revision()
    assert session.title not in organiser.get(address(session)).content.decode()


def test_a_time_in_the_past_is_no_sample(session, series, frozen):
    frozen.move_to(TIMES[3] - timedelta(hours=1))
    assert sample(session, "fi").booking.slot.starts == TIMES[3]
