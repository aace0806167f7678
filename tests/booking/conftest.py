"""An academy whose call is open, and times in June."""

import os

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from hypothesis import settings
from wagtail.models import Site

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy, AcademyRight
from keino_academy.booking.models import SlotSeries
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.booking import make_booking, make_series
from tests.standing import Ground

# Machines are shared, so no example has a deadline; where a build must give the same answer twice, chance stands.
settings.register_profile("unhurried", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("unhurried")


@pytest.fixture(scope="module")
def standing_academy(ground: Ground, standing_site: Site | None) -> Academy | None:
    with time_machine.travel(TODAY, tick=False):
        return ground.make(lambda: make_academy(standing_site))


@pytest.fixture
def academy(site, frozen, ground: Ground, standing_academy: Academy | None) -> Academy:
    """The circular-economy academy while its call is open."""
    return ground.again(standing_academy, lambda: make_academy(site))


@pytest.fixture
def series(academy) -> SlotSeries:
    return make_series(academy)


@pytest.fixture
def organiser(academy, client):
    """A person of the academy's bookings, signed in."""
    group = Group.objects.create(name="Bookings")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    AcademyRight.objects.create(group=group, academy=academy, right=Right.BOOKINGS)
    user = get_user_model().objects.create_user("organiser", "organiser@example.org", "x")
    user.groups.add(group)
    client.force_login(user)
    return user


@pytest.fixture
def foreign(site, academy) -> SlotSeries:
    """A series of another academy, with a booking."""
    other = make_academy(site, title="Toinen", slug="toinen", code="toinen")
    series = make_series(other, title="Vieras sarja")
    make_booking(series.slots.first(), person="Vieras Varaaja")
    return series
