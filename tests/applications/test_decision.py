"""The organisation's final decision, by its own link and after the discussion."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application
from keino_academy.applications.queries import holder_key
from keino_academy.booking.actions import book, cancel
from keino_academy.booking.enums import Attendance
from keino_academy.booking.holders import Holder
from keino_academy.core.models import OutboxMail
from tests.factories.applications import make_application
from tests.factories.booking import make_series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]
S = ApplicationState


@pytest.fixture
def application(academy):
    return make_application(academy)


def opened(application, client=None):
    client = client or Client()
    client.get(reverse("keino_academy:application_open", args=["en", application.secret]))
    return client


def page_of(application, name="application_decision"):
    return reverse(f"keino_academy:{name}", args=["en", application.reference])


def talk(academy, application, frozen):
    """The booking of the application's discussion, which is over now."""
    series = make_series(academy)
    slot = series.slots.order_by("starts").first()
    holder = Holder(
        key=holder_key(application),
        organisation=application.organisation,
        person=application.contact_name,
        email=application.contact_email,
        reference=application.reference,
    )
    booking = book(slot, holder, nonce="talk", language="fi")
    frozen.move_to(slot.ends)
    return booking


def mails():
    found = OutboxMail.objects.filter(kind__in=["applications/decided", "applications/organiser_decided"])
    return sorted(found.values_list("kind", "to"))


def test_it_is_told_after_the_discussion_and_once_is_enough(academy, application, frozen):
    talk(academy, application, frozen)
    client = opened(application)
    assert page_of(application) in client.get(page_of(application, "application")).content.decode()
    assert "We apply" in client.get(page_of(application)).content.decode()
    for _time in range(2):
        response = client.post(page_of(application))
        assert (response.status_code, response["Location"]) == (303, page_of(application, "application"))
    application.refresh_from_db()
    assert application.state == S.FINAL_SENT
    assert application.revisions.last().transition == "decide"
    assert application.revisions.last().actor == "applicant"
    assert mails() == [
        ("applications/decided", "hankinnat@koivuranta.example"),
        ("applications/organiser_decided", "organiser@osaamiskeskus.example"),
    ]


def test_without_discussions_it_is_told_at_once(application):
    assert opened(application).post(page_of(application)).status_code == 303
    assert Application.objects.get().state == S.FINAL_SENT


@pytest.mark.parametrize("what", ["not booked", "one second too early", "cancelled", "did not come"])
def test_before_the_discussion_it_waits(academy, application, frozen, what):
    booking = None
    if what == "not booked":
        make_series(academy)
    else:
        booking = talk(academy, application, frozen)
    if what == "one second too early":
        frozen.shift(timedelta(seconds=-1))
    elif what == "cancelled":
        frozen.move_to(academy.opens + timedelta(days=1))
        cancel(booking)
    elif what == "did not come":
        booking.attendance = Attendance.NO_SHOW
        booking.save()
    client = opened(application)
    page = client.get(page_of(application)).content.decode()
    assert "Your organisation decides after the discussion." in page
    assert "We apply" not in page
    assert page_of(application) not in client.get(page_of(application, "application")).content.decode()
    response = client.post(page_of(application))
    assert response.status_code == 409
    assert "Your organisation decides after the discussion." in response.content.decode()
    assert Application.objects.get().state == S.INTEREST_SENT
    assert mails() == []


@pytest.mark.parametrize("state", [S.RETURNED, S.IN_REVIEW, S.SELECTED, S.NOT_SELECTED])
def test_in_other_states_nothing_is_decided(academy, state):
    application = make_application(academy, state)
    response = opened(application).post(page_of(application))
    assert response.status_code == 409
    assert "Nothing was changed." in response.content.decode()
    assert Application.objects.get().state == state


def test_only_whoever_has_the_link_decides_and_only_by_the_button(academy, application):
    assert Client().post(page_of(application)).status_code == 404
    assert opened(application).get(page_of(application)).status_code == 200
    strict = opened(application, Client(enforce_csrf_checks=True))
    assert strict.post(page_of(application)).status_code == 403
    assert Application.objects.get().state == S.INTEREST_SENT


def test_the_decision_page_asks_little(academy, application, frozen, django_assert_num_queries):
    talk(academy, application, frozen)
    client = opened(application)
    client.get(page_of(application))
    with django_assert_num_queries(11):
        client.get(page_of(application))
