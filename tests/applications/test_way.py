"""The whole way: begin, come back by the link, write part by part, check, send."""

import pytest

from keino_academy.applications.models import Pilot, Revision, TeamMember
from keino_academy.core.models import OutboxMail
from tests.applications.journeys import EMAIL, Journey

pytestmark = pytest.mark.django_db


def test_from_the_first_address_to_the_receipt(academy, frozen):
    way = Journey(academy)
    answer = way.begin()
    application = way.application
    assert (answer.status_code, answer["Location"]) == (303, way.url("application") + "?begun=1")
    assert (application.state, application.organisation, application.business_id) == (
        "draft",
        "Koivurannan kaupunki",
        "1234567-1",
    )
    assert list(OutboxMail.objects.values_list("kind", "to")) == [("applications/begun", EMAIL)]
    page = way.client.get(answer["Location"]).content.decode()
    assert EMAIL in page
    way.fill()
    checked = way.client.get(way.url("application_answers"))
    assert "Kirkonkylän koulun peruskorjaus" in checked.content.decode()
    assert checked.context["missing"] == []
    sent = way.send()
    assert (sent.status_code, sent["Location"]) == (303, way.url("application"))
    application = way.application
    assert (application.state, application.met, application.asked) == ("interest_sent", 6, 6)
    assert Pilot.objects.get(application=application).first_month.isoformat() == "2023-09-01"
    assert [one.name for one in TeamMember.objects.all()] == ["Aino Aalto", "Eino Eloranta", "Oiva Oja"]
    assert [one.transition for one in Revision.objects.all()] == ["begin", "send_interest"]
    assert application.organisation_key == "id:1234567-1"
    assert application.reference in way.client.get(sent["Location"]).content.decode()
