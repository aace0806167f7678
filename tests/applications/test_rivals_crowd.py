"""Rivals of one organisation, some with its business id and some without, in several processes at once."""

import pytest
from django.utils.datastructures import MultiValueDict

from keino_academy.announcement.models import Academy
from keino_academy.applications.actions import come_in, save_section
from keino_academy.applications.models import Application
from keino_academy.applications.queries import find_application
from tests.applications.journeys import Journey
from tests.applications.test_drafts_crowd import stand  # noqa: F401 - a fixture
from tests.booking.test_crowd import crowd, modes
from tests.factories.announcement import make_academy
from tests.factories.site import make_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

RIVALS = 4


def begun(academy: Academy, number: int, name: str, business_id: str = "") -> Journey:
    started = {"organisation": name, "business_id": business_id}
    way = Journey(academy, email=f"p{number}@koivuranta.example", **started)
    way.client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
    assert way.begin(nonce=f"n{number}").status_code == 303
    return way


def places() -> int:
    return Application.objects.exclude(organisation_key="").count()


@pytest.fixture
def academy(stand) -> Academy:  # noqa: F811
    return make_academy(make_site())


def test_of_those_who_open_their_links_one_has_the_place(academy):
    ways = [begun(academy, one, "Koivurannan kaupunki", "1234567-1" * (one % 2)) for one in range(RIVALS)]
    drafts = [way.application for way in ways]

    def work(number: int) -> str:
        return "placed" if come_in(drafts[number]).organisation_key else "without"

    for mode in modes():
        for _turn in range(2):
            Application.objects.update(opened_at=None, organisation_key="")
            assert crowd(RIVALS, work, **mode) == {"placed": 1, "without": RIVALS - 1}
            assert places() == 1


def test_of_those_who_take_one_name_one_has_it(academy):
    ways = [begun(academy, number, f"Kunta {number}") for number in range(RIVALS)]
    drafts = [come_in(way.application) for way in ways]
    own = [(draft.organisation_key, draft.name_key) for draft in drafts]

    def work(number: int) -> str:
        draft = find_application(pk=drafts[number].pk)
        named = {"q-organisation": "Koivulan kunta", "q-business_id": "7654321-4" * (number % 2)}
        posted = ways[number].texts("organisation", **named)
        count = draft.progress.get("organisation", {}).get("count", 0)
        saved = save_section(
            draft,
            "organisation",
            MultiValueDict({name: [text] for name, text in posted.items()}),
            language="fi",
            count=count,
        )
        return "taken" if saved.taken else "named"

    for mode in modes():
        for draft, (key, name) in zip(drafts, own, strict=True):
            fields = {"organisation_key": key, "name_key": name, "organisation": draft.organisation}
            Application.objects.filter(pk=draft.pk).update(**fields, business_id="", typed={}, progress={})
        assert crowd(RIVALS, work, **mode) == {"named": 1, "taken": RIVALS - 1}
        assert Application.objects.filter(organisation="Koivulan kunta").count() == 1
