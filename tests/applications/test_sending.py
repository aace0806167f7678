"""Sending: once, whole, in time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from keino_academy.applications.actions import NotPossible, send, take_new_form
from keino_academy.applications.models import Application, ApplicationPage, Revision
from keino_academy.applications.writing import Writing, writing
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import EMAIL, Journey
from tests.factories.applications import business_id, make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def way(academy) -> Journey:
    """A draft in which every part is answered."""
    way = Journey(academy)
    way.begin()
    way.fill()
    OutboxMail.objects.all().delete()
    return way


def kinds():
    return set(OutboxMail.objects.values_list("kind", "to"))


def test_the_receipt_comes_before_any_mail_goes(way):
    answer = way.send()
    page = way.client.get(answer["Location"]).content.decode()
    assert way.application.reference in page
    assert "Kirkonkylän koulun peruskorjaus" in page
    assert OutboxMail.objects.filter(state="waiting").count() == 3
    assert kinds() == {
        ("applications/receipt", EMAIL),
        ("applications/organiser_new", "organiser@osaamiskeskus.example"),
        ("applications/member_asked", "aino@koivuranta.example"),
    }


def test_pressed_ten_times_it_is_sent_once(way):
    assert {way.send()["Location"] for _time in range(10)} == {way.url("application")}
    assert [one.transition for one in Revision.objects.all()] == ["begin", "send_interest"]
    assert OutboxMail.objects.filter(kind="applications/receipt").count() == 1


def test_without_the_last_word_nothing_is_sent(way):
    answer = way.send(**{"q-entitled": ""})
    assert answer.status_code == 422
    assert way.application.state == "draft"
    assert kinds() == set()


def test_what_is_missing_is_told_and_nothing_is_sent(way):
    way.save("pilot", **{"q-pilot_title": ""})
    page = way.client.get(way.url("application_answers"))
    assert [one.section.id for one in page.context["missing"]] == ["pilot"]
    assert 'type="submit"' not in page.content.decode().partition("<main")[2].partition("</main")[0]
    answer = way.send()
    assert answer.status_code == 409
    assert way.application.state == "draft"
    assert kinds() == set()


def test_an_answer_that_is_wrong_now_is_shown_as_it_was_typed(way):
    way.save("pilot", **{"q-pilot_aims": "sana " * 151})
    page = way.client.get(way.url("application_answers")).content.decode()
    assert "sana sana sana" in page


def test_each_answer_has_a_link_to_the_control_that_changes_it(way):
    page = way.client.get(way.url("application_answers")).content.decode()
    for anchor in ("id_q-pilot_title", "id_q-pilot_category_0", "id_q-contact_name"):
        assert f'#{anchor}"' in page


EDGES = [
    (timedelta(seconds=-1), 0, "interest_sent", False),
    (timedelta(0), 0, "draft", False),
    (timedelta(0), 10, "interest_sent", True),
    (timedelta(minutes=10, seconds=-1), 10, "interest_sent", True),
    (timedelta(minutes=10), 10, "draft", False),
]
#: The last Sunday of March and of October: 3.30 of the first is no time, of the second there are two.
NIGHTS = [
    datetime(2023, 5, 31, 23, 59, 0, tzinfo=HELSINKI) + timedelta(minutes=1),
    datetime(2024, 3, 31, 0, 30, tzinfo=ZoneInfo("UTC")),
    datetime(2023, 10, 29, 0, 30, tzinfo=ZoneInfo("UTC")),
    datetime(2023, 10, 29, 1, 30, tzinfo=ZoneInfo("UTC")),
]


@pytest.mark.parametrize("night", NIGHTS, ids=str)
@pytest.mark.parametrize(("after_closing", "grace", "state", "in_grace"), EDGES)
def test_the_deadline_is_exact_to_the_second(way, frozen, night, after_closing, grace, state, in_grace):
    academy = way.academy
    academy.closes, academy.grace_minutes = night, grace
    academy.starts = academy.ends = academy.archived_from = None
    academy.save()
    frozen.move_to(night + after_closing)
    way.open_link()
    answer = way.send()
    assert (answer.status_code, answer["Location"]) == (303, way.url("application"))
    application = way.application
    assert (application.state, application.in_grace) == (state, in_grace)
    assert application.late_at == (night + after_closing if state == "draft" else None)


def test_what_came_late_is_kept_and_both_are_told(way, frozen):
    frozen.move_to(way.academy.closes)
    way.open_link()
    for _time in range(3):
        way.send()
    assert way.application.state == "draft"
    assert kinds() == {("applications/organiser_late", "organiser@osaamiskeskus.example")}
    assert OutboxMail.objects.count() == 1
    page = way.client.get(way.url("application")).content.decode()
    assert "organiser@osaamiskeskus.example" in page
    assert "Kirkonkylän" in way.client.get(way.url("application_answers")).content.decode()


def test_what_is_written_late_is_kept_and_marked(way, frozen):
    frozen.move_to(way.academy.closes + timedelta(hours=1))
    answer = way.save("pilot", **{"q-pilot_title": "Myöhästynyt"})
    assert answer.status_code == 303
    application = way.application
    assert application.pilot.title == "Myöhästynyt"
    assert application.late_at == way.academy.closes + timedelta(hours=1)
    assert writing(application) is Writing.LATE


def test_more_time_for_one_lets_that_one_send(way, frozen):
    application = way.application
    closes = way.academy.closes
    Application.objects.update(extended_until=closes + timedelta(days=1))
    frozen.move_to(closes + timedelta(days=1, seconds=-1))
    way.open_link()
    way.send()
    application.refresh_from_db()
    assert (application.state, application.in_grace) == ("interest_sent", False)


def test_more_time_ends_to_the_second(way, frozen):
    closes = way.academy.closes
    Application.objects.update(extended_until=closes + timedelta(days=1))
    frozen.move_to(closes + timedelta(days=1))
    way.open_link()
    way.send()
    assert way.application.state == "draft"


def test_what_was_returned_is_completed_by_its_link_whenever(way, frozen):
    way.send()
    application = way.application
    from keino_academy.applications.actions import return_for_completion

    return_for_completion(application, "Kertokaa tavoitteista lisää.", None)
    OutboxMail.objects.all().delete()
    frozen.move_to(way.academy.closes + timedelta(days=2))
    way.open_link()
    page = way.client.get(way.url("application")).content.decode()
    assert "Kertokaa tavoitteista lisää." in page
    assert way.save("pilot", **{"q-pilot_aims": "Tarkemmin."}).status_code == 303
    assert way.send()["Location"] == way.url("application")
    application = way.application
    assert (application.state, application.pilot.aims) == ("interest_sent", "Tarkemmin.")
    assert kinds() == {
        ("applications/receipt", EMAIL),
        ("applications/organiser_completed", "organiser@osaamiskeskus.example"),
    }


def test_a_form_that_changed_meanwhile_is_looked_at_first(way):
    page = ApplicationPage.objects.get()
    page.questions = [("text", {"question": "Mitä uutta?", "required": True})]
    page.save_revision().publish()
    before = way.application.document
    home = way.client.get(way.url("application"))
    assert home.context["form_changed"] is True
    assert [label for _key, label in home.context["changes"].added] == ["Mitä uutta?"]
    assert "Uusi: Mitä uutta?" in home.content.decode()
    assert way.send().status_code == 409
    assert way.application.document == before
    assert way.client.post(way.url("application_new_form"))["Location"] == way.url("application")
    assert way.application.document.version == before.version + 1
    assert way.application.pilot.title == "Kirkonkylän koulun peruskorjaus"
    missing = way.client.get(way.url("application")).context["missing"]
    assert [one.section.id for one in missing] == ["further"]


def test_a_form_whose_words_changed_asks_nothing_new(way):
    page = ApplicationPage.objects.get()
    page.asks_management = False
    page.save_revision().publish()
    page.asks_management = True
    page.save_revision().publish()
    assert way.client.get(way.url("application")).context["form_changed"] is False
    assert way.send().status_code == 303


def test_what_is_sent_keeps_its_form(academy):
    application = make_application(academy)
    page = ApplicationPage.objects.get()
    page.asks_pilot = False
    page.save_revision().publish()
    before = application.document
    assert take_new_form(application).document == before


def test_what_was_decided_is_not_sent_again(academy):
    application = make_application(academy, "in_review", business_id=business_id(3))
    with pytest.raises(NotPossible):
        send(application, {"entitled": True}, language="fi")


@pytest.mark.parametrize("who", ["needs_team", "needs_management"])
def test_who_has_to_confirm_first_keeps_it_from_being_sent(way, who):
    page = ApplicationPage.objects.get()
    setattr(page, who, True)
    page.save_revision().publish()
    answers = way.client.get(way.url("application_answers"))
    assert answers.context["unconfirmed"]
    assert "q-entitled" not in answers.content.decode()
    assert way.send().status_code == 409
    assert way.application.state == "draft"
    assert kinds() == set()
