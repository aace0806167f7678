"""The organiser sees which change of what was sent came from a colleague."""

import pytest
from django.test import Client
from django.urls import reverse

from keino_academy.announcement.enums import Right
from tests.applications.journeys import Journey
from tests.applications.organisers import in_english, organiser
from tests.applications.test_colleagues import KATRI, colleagues_browser, invite, press, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(academy) -> Journey:
    way = Journey(academy, language="en")
    way.begin()
    way.open_link()
    way.fill()
    way.send()
    return way


@pytest.fixture
def reader(django_user_model, academy) -> Client:
    return in_english(organiser(django_user_model, academy, Right.READ))


def told(way, reader) -> list[str]:
    """What the organiser reads of who changed what was sent, in order."""
    html = reader.get(reverse("keino_applications:inspect", args=[way.application.pk])).content.decode()
    part = html[html.index('id="revisions-section') :]
    rows = [row for row in part.split("<li>")[1:] if "What changed" in row]
    return [row.partition("(")[2].partition(")")[0] for row in rows]


def test_a_change_of_a_colleagues_is_marked_and_the_contacts_is_not(way, reader):
    invite(way)
    katri = colleagues_browser(way)
    before = len(told(way, reader))
    assert write(way, katri, **{"q-pilot_title": "Katrin sillat"}).status_code == 303
    assert write(way, way.client, **{"q-pilot_title": "Helmin sillat"}).status_code == 303
    assert told(way, reader)[before:] == ["applicant: colleague", "applicant"]


def test_the_mark_stays_when_the_colleague_is_turned_out_and_holds_no_address(way, reader):
    invite(way)
    katri = colleagues_browser(way)
    write(way, katri, **{"q-pilot_title": "Katrin sillat"})
    press(way, remove=way.application.colleagues.get().pk)
    assert told(way, reader)[-1] == "applicant: colleague"
    assert KATRI not in str(list(way.application.revisions.values_list("content", flat=True)))
