"""Who has not booked yet: each organiser meets its own, and nobody is reminded twice by accident."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import AcademyRight
from keino_academy.applications.actions import withdraw
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application
from keino_academy.applications.queries import holder_key
from keino_academy.applications.unbooked import unbooked
from keino_academy.booking import actions as booking
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import BookableSession, Booking
from keino_academy.core.models import OutboxMail
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application
from tests.factories.booking import TIMES, make_booking, make_series, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

S = ApplicationState


@pytest.fixture
def series(academy):
    return make_series(academy)


@pytest.fixture
def other(site, academy):
    """Another academy, with a series and an application of its own."""
    return make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")


def person(django_user_model, *rights):
    """A browser of somebody with these pairs of academy and right."""
    user = django_user_model.objects.create_user("organiser", "organiser@x.example", "x")
    group = Group.objects.create(name="organisers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for academy, right in rights:
        AcademyRight.objects.create(group=group, academy=academy, right=right)
    user.groups.add(group)
    UserProfile.objects.create(user=user, preferred_language="en")
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def organiser(django_user_model, academy):
    return person(django_user_model, (academy, Right.READ), (academy, Right.BOOKINGS))


def address(series) -> str:
    return reverse("keino_applications:nudge", args=[series.pk])


def applications(academy, number: int) -> list[Application]:
    return [
        make_application(academy, organisation=f"Kunta {n}", contact_email=f"a{n}@kunta{n}.example")
        for n in range(number)
    ]


def book(application, slot, **fields) -> Booking:
    holder = {"email": application.contact_email, "organisation": application.organisation}
    return make_booking(slot, key=holder_key(application), **holder, **fields)


def listed(client, series) -> list[str]:
    page = BeautifulSoup(client.get(address(series)).content, "html.parser")
    return [cell.get_text(strip=True) for cell in page.select("td[id^=ka-one-]")]


def preview(client, series, *chosen, **fields) -> BeautifulSoup:
    data = {"step": "preview", "chosen": [one.pk for one in chosen], **fields}
    return BeautifulSoup(client.post(address(series), data).content, "html.parser")


def filled(page: BeautifulSoup, **fields) -> dict:
    """What the page's form sends."""
    names = ("form_token", "message", "chosen")
    return {
        "step": "send",
        **{name: [field["value"] for field in page.select(f"main [name={name}]")] for name in names},
        **fields,
    }


def nudge(client, series, *chosen, again: bool = False, **fields):
    page = preview(client, series, *chosen, **fields)
    return client.post(address(series), filled(page, **({"again": "on"} if again else {})))


def nudged() -> list[str]:
    return sorted(OutboxMail.objects.filter(kind="applications/nudge").values_list("to", flat=True))


def test_those_who_ought_to_book_and_have_not(academy, series, organiser, frozen):
    for state in S:
        if state in {S.INTEREST_SENT, S.RETURNED, S.FINAL_SENT, S.IN_REVIEW}:
            frozen.shift(timedelta(minutes=1))
            make_application(academy, state, organisation=f"{state}", contact_email=f"x@{state}.example")
    for state in (S.SELECTED, S.ON_RESERVE, S.NOT_SELECTED):
        make_application(academy, state, organisation=f"{state}")
    withdraw(make_application(academy, organisation="withdrawn"))
    booked = make_application(academy, organisation="booked")
    book(booked, series.slots.first())
    assert listed(organiser, series) == ["interest_sent", "returned", "final_sent", "in_review"]
    booking.cancel(Booking.objects.get())
    assert listed(organiser, series) == ["interest_sent", "returned", "final_sent", "in_review", "booked"]


def test_coaching_is_for_those_who_were_selected(academy, organiser):
    coaching = make_series(academy, purpose="coaching")
    make_application(academy, organisation="sent")
    make_application(academy, S.SELECTED, organisation="selected")
    make_application(academy, S.NOT_SELECTED, organisation="not selected")
    assert listed(organiser, coaching) == ["selected"]


def test_a_booking_made_without_the_application_s_link_counts(academy, series, organiser):
    first, second = applications(academy, 2)
    for number, one in enumerate((first, second)):
        organisation = one.organisation.upper() if number else ""
        holder = Holder("", organisation, "Joku muu", one.contact_email)
        booking.book(series.slots.all()[number], holder, nonce=f"n{number}", language="fi")
    assert listed(organiser, series) == []


def test_a_booking_of_another_series_does_not_count(academy, series, organiser):
    [application] = applications(academy, 1)
    book(application, make_series(academy, slots=[TIMES[8]]).slots.get())
    assert listed(organiser, series) == ["Kunta 0"]


def test_those_on_the_waiting_list_are_shown_as_such_and_not_reminded(academy, organiser, frozen):
    series = make_series(academy, slots=[TIMES[0]])
    booker, waiter = applications(academy, 2)
    booked = book(booker, series.slots.get())
    holder = Holder(holder_key(waiter), waiter.organisation, "Helmi", waiter.contact_email)
    booking.join(series, holder, nonce="w", language="fi")
    page = organiser.get(address(series)).content.decode()
    assert "In the waiting list since 10 May 2023" in page.replace("\xa0", " ")
    assert f'value="{waiter.pk}"' not in page
    nudge(organiser, series, waiter)
    assert nudged() == []
    booking.cancel(booked)
    assert "A time is offered from the waiting list" in organiser.get(address(series)).content.decode()


def test_the_chosen_ones_get_it_and_nobody_of_another_academy(academy, series, other, django_user_model):
    organiser = person(
        django_user_model,
        *((one, right) for one in (academy, other) for right in (Right.READ, Right.BOOKINGS)),
    )
    own = applications(academy, 3)
    foreign = make_application(other, organisation="Vieras", contact_email="v@vieras.example")
    make_series(other)
    answer = nudge(organiser, series, own[0], own[2], foreign)
    assert (answer.status_code, answer["Location"]) == (302, address(series))
    assert nudged() == ["a0@kunta0.example", "a2@kunta2.example"]
    for mail in OutboxMail.objects.filter(kind="applications/nudge"):
        assert mail.scope == academy.translation_key
    entries = ModelLogEntry.objects.filter(action="keino_academy.nudge").order_by("pk")
    assert [(entry.object_id, entry.user, entry.label) for entry in entries] == [
        (str(one.pk), organiser.user, one.reference) for one in (own[0], own[2])
    ]


def test_choose_all_is_all_who_can_be_reminded(academy, series, organiser):
    applications(academy, 3)
    page = preview(organiser, series, everybody="on")
    organiser.post(address(series), filled(page))
    assert nudged() == [f"a{n}@kunta{n}.example" for n in range(3)]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_mail_leads_to_the_times_with_the_applicant_s_own_key(academy, series, organiser, language):
    source = BookableSession.objects.get()
    for translation in ("sv", "en"):
        make_session(academy, translation, source=source)
    application = make_application(academy, language=language)
    nudge(organiser, series, application, message="Olemme paikalla myös illalla.\r\nTervetuloa.")
    mail = OutboxMail.objects.get(kind="applications/nudge")
    assert mail.language == language
    title = {"fi": "Keskustelu", "sv": "Samtal", "en": "Discussion"}[language]
    assert title in mail.subject
    assert "Olemme paikalla myös illalla.\nTervetuloa.\n" in mail.text
    assert application.reference in mail.text
    link = re.search(rf"https?://\S+?(/academy/{language}/book/{series.pk}/\?for=\S+)", mail.text)
    visitor = Client()
    visitor.get(link[1])
    days = visitor.get(link[1], follow=True)
    assert days.status_code == 200
    assert days.context["holder"].key == holder_key(application)


def test_the_page_before_shows_whom_and_what_without_the_key(academy, series, organiser):
    make_session(academy, "sv", source=BookableSession.objects.get())
    first, second = applications(academy, 2)
    swedish = make_application(academy, language="sv", organisation="Björkstads stad")
    before = OutboxMail.objects.count()
    page = preview(organiser, series, first, swedish, message="<b>Hei</b>")
    said = page.select_one("main").get_text(" ", strip=True)
    assert "Kunta 0" in said
    assert "Björkstads stad" in said
    assert second.organisation not in said
    assert [part["lang"] for part in page.select("main section [lang]")] == ["fi", "sv"]
    assert "<b>Hei</b>" in said
    assert "?for=" not in str(page)
    assert first.secret not in str(page)
    assert OutboxMail.objects.count() == before


def test_a_form_sent_twice_sends_once(academy, series, organiser):
    data = filled(preview(organiser, series, *applications(academy, 2)))
    for _ in range(2):
        answer = organiser.post(address(series), data, follow=True)
        assert "2 reminders are sent" in answer.content.decode()
    assert len(nudged()) == 2


def test_nobody_twice_within_the_pause_unless_it_is_confirmed(academy, series, organiser, frozen, settings):
    settings.KEINO_ACADEMY = {"NUDGE_PAUSE_SECONDS": 4 * 3600}
    [application] = applications(academy, 1)
    nudge(organiser, series, application)
    frozen.shift(timedelta(hours=2))
    assert "2 hours ago" in organiser.get(address(series)).content.decode()
    assert "reminded 2 hours ago" in preview(organiser, series, application).get_text()
    answer = nudge(organiser, series, application)
    assert len(nudged()) == 1
    assert "1 of the chosen got none" in organiser.get(answer["Location"]).content.decode()
    nudge(organiser, series, application, again=True)
    assert len(nudged()) == 2
    frozen.shift(timedelta(hours=4, seconds=-1))
    nudge(organiser, series, application)
    assert len(nudged()) == 2
    frozen.shift(timedelta(seconds=1))
    nudge(organiser, series, application)
    assert len(nudged()) == 3


def test_who_books_meanwhile_gets_none(academy, series, organiser):
    first, second = applications(academy, 2)
    data = filled(preview(organiser, series, first, second))
    book(first, series.slots.first())
    answer = organiser.post(address(series), data, follow=True).content.decode()
    assert nudged() == [second.contact_email]
    assert "1 reminder is sent" in answer
    assert "1 of the chosen got none" in answer


def test_choosing_nobody_is_told_and_the_message_kept(academy, series, organiser):
    applications(academy, 1)
    page = preview(organiser, series, message="Hei vaan")
    assert "Choose at least one applicant." in page.get_text()
    assert page.select_one("main textarea[name=message]").get_text(strip=True) == "Hei vaan"
    long = preview(organiser, series, *Application.objects.all(), message="x" * 2001)
    assert "at most 2000 characters" in long.get_text()


def test_back_to_the_list_keeps_what_was_chosen(academy, series, organiser):
    first, second = applications(academy, 2)
    data = filled(preview(organiser, series, second, message="Hei vaan"), step="choose")
    page = BeautifulSoup(organiser.post(address(series), data).content, "html.parser")
    boxes = {int(box["value"]): box.has_attr("checked") for box in page.select("main input[name=chosen]")}
    assert boxes == {first.pk: False, second.pk: True}
    assert page.select_one("main textarea[name=message]").get_text(strip=True) == "Hei vaan"


def test_a_page_open_for_a_day_is_shown_once_more(academy, series, organiser, frozen):
    data = filled(preview(organiser, series, *applications(academy, 1)))
    frozen.shift(timedelta(seconds=24 * 3600 + 1))
    answer = organiser.post(address(series), data)
    assert answer.status_code == 200
    assert nudged() == []
    organiser.post(address(series), filled(BeautifulSoup(answer.content, "html.parser")))
    assert len(nudged()) == 1


def test_times_that_can_t_be_booked_are_not_reminded_of(academy, series, organiser):
    data = filled(preview(organiser, series, *applications(academy, 1)))
    type(series).objects.update(books_until=date(2023, 5, 9))
    page = organiser.post(address(series), data).content.decode()
    assert "be booked now" in page
    assert nudged() == []


@pytest.mark.parametrize("rights", [(Right.READ,), (Right.BOOKINGS,), (Right.PARTICIPANTS,), ()])
def test_one_right_alone_opens_nothing(academy, series, django_user_model, rights):
    client = person(django_user_model, *((academy, right) for right in rights))
    [application] = applications(academy, 1)
    for url in (address(series), reverse("keino_applications:unbooked")):
        assert client.get(url).status_code == 302
        assert client.post(url, {"step": "send", "chosen": application.pk}).status_code in {302, 405}
    assert "not-booked" not in client.get(reverse("keino_applications:index")).content.decode()
    assert nudged() == []


def test_rights_in_two_academies_do_not_add_up(academy, series, other, django_user_model):
    client = person(
        django_user_model,
        (academy, Right.READ), (other, Right.BOOKINGS), (other, Right.DECIDE),
    )  # fmt: skip
    assert client.get(address(series), follow=True).status_code == 404
    assert client.get(address(make_series(other))).status_code == 200


def test_another_academy_s_series_is_not_there(series, other, organiser):
    foreign = make_series(other, title="Vieras sarja")
    assert organiser.get(address(foreign), follow=True).status_code == 404
    application = make_application(other)
    organiser.post(address(foreign), {"step": "preview", "chosen": application.pk})
    assert nudged() == []
    assert "Vieras" not in organiser.get(address(series)).content.decode()


def test_the_way_there(academy, series, organiser):
    url = reverse("keino_applications:unbooked")
    assert url in organiser.get(reverse("keino_applications:index")).content.decode()
    assert organiser.get(url)["Location"] == address(series)
    type(series).objects.update(published=False)
    assert "No bookable session" in organiser.get(url).content.decode()
    assert organiser.get(address(series), follow=True).status_code == 404


def test_a_name_is_shown_as_it_is(academy, series, organiser):
    name = "<img src=x onerror=alert(1)>"
    make_application(academy, organisation=name)
    assert name not in organiser.get(address(series)).content.decode()
    assert name not in str(preview(organiser, series, everybody="on"))


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_costs_the_same_for_any_number(
    academy, series, organiser, number, django_assert_num_queries
):
    found = applications(academy, number)
    nudge(organiser, series, found[0])
    organiser.get(address(series))
    with django_assert_num_queries(4):
        assert len(unbooked(series)) == number
    with CaptureQueriesContext(connection) as asked:
        organiser.get(address(series))
    # Whether the user may do something is asked by every item of the menu, which other rooms fill.
    assert len([query for query in asked if not query["sql"].startswith("SELECT 1 AS")]) == 15
