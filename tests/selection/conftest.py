"""Applications to an academy whose call has closed: 19 June 2023."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Site

from keino_academy.announcement.models import Academy, AcademyRight
from keino_academy.applications.models import Application, FormDocument
from keino_academy.core import clock
from tests.conftest import HELSINKI
from tests.factories.announcement import make_academy
from tests.standing import Ground

JUNE = datetime(2023, 6, 19, 10, 31, tzinfo=HELSINKI)


@pytest.fixture
def june(db) -> Iterator[time_machine.Traveller]:
    """Time stands between the discussions and Midsummer."""
    with time_machine.travel(JUNE, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def standing_academy(ground: Ground, standing_site: Site | None) -> Academy | None:
    with time_machine.travel(JUNE, tick=False):
        return ground.make(lambda: make_academy(standing_site))


@pytest.fixture
def academy(site, june, ground: Ground, standing_academy: Academy | None) -> Academy:
    """The circular-economy academy."""
    return ground.again(standing_academy, lambda: make_academy(site))


@pytest.fixture
def other(site, academy):
    """Another academy."""
    return make_academy(site, title="Muu akatemia", slug="muu", code="muu")


def make_sent(academy, state: str = "interest_sent", language: str = "fi", **fields) -> Application:
    """Return an application that was sent, with a team of three."""
    document, _made = FormDocument.objects.get_or_create(
        academy=academy,
        version=1,
        defaults={"content": {"fi": {"sections": []}}, "structure": "x", "made_at": clock.now()},
    )
    number = Application.objects.count()
    values = {
        "organisation": "Koivurannan kaupunki",
        "organisation_kind": "municipality",
        "contact_name": "Helena Koivu",
        "contact_email": "Helena@koivuranta.example",
        **fields,
    }
    application = Application.objects.create(
        academy=academy,
        document=document,
        state=state,
        language=language,
        nonce=f"nonce-{number}",
        begun_at=clock.now(),
        moved_at=clock.now(),
        **values,
    )
    people = [("Helena Koivu", values["contact_email"]), ("Yrjö", "yrjo@koivuranta.example"), ("Raija", "")]
    for place, (name, email) in enumerate(people, 1):
        application.team.create(number=place, name=name, role="asiantuntija", email=email)
    return application


@pytest.fixture
def application(academy):
    """Interest has been sent, and nothing since."""
    return make_sent(academy)


@pytest.fixture
def make_decider(db):
    """Make a user of the admin who has a right in an academy."""

    def make(name, academy, right="decide", **fields):
        user = get_user_model().objects.create_user(name, f"{name}@example.org", "secret", **fields)
        group = Group.objects.create(name=name)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
        if right:
            AcademyRight.objects.create(group=group, academy=academy, right=right)
        return user

    return make
