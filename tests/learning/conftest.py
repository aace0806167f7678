"""An academy that runs: 2 October 2023, eight days before its first workshop."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from wagtail.models import Site

from keino_academy.announcement.models import Academy
from tests.conftest import HELSINKI
from tests.factories.announcement import make_academy
from tests.factories.learning import make_learning_pages
from tests.standing import Ground

AUTUMN = datetime(2023, 10, 2, 9, 0, tzinfo=HELSINKI)


@pytest.fixture
def autumn(db) -> Iterator[time_machine.Traveller]:
    """Time stands in the academy's first autumn."""
    with time_machine.travel(AUTUMN, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def standing_academy(ground: Ground, standing_site: Site | None) -> Academy | None:
    with time_machine.travel(AUTUMN, tick=False):
        return ground.make(lambda: make_academy(standing_site))


@pytest.fixture
def academy(site, autumn, ground: Ground, standing_academy: Academy | None) -> Academy:
    """The circular-economy academy, published in Finnish, Swedish and English."""
    return ground.again(standing_academy, lambda: make_academy(site))


@pytest.fixture
def home(academy):
    """Its participants' home with two sessions, in Finnish."""
    from keino_academy.announcement.queries import find_face

    return make_learning_pages(find_face(academy, "fi"))


@pytest.fixture
def make_user(db):
    """Make a user without any right."""

    def make(name: str = "someone", **fields):
        return get_user_model().objects.create_user(name, f"{name}@example.org", "secret", **fields)

    return make
