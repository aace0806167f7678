"""An academy whose call is open, with its form."""

import time

import pytest
import time_machine
from django.core import signing
from wagtail.models import Site

from keino_academy.announcement.models import Academy
from keino_academy.applications.models import FormDocument
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.applications import make_form
from tests.standing import Ground


@pytest.fixture(scope="module")
def standing_academy(ground: Ground, standing_site: Site | None) -> Academy | None:
    with time_machine.travel(TODAY, tick=False):
        return ground.make(lambda: make_academy(standing_site))


@pytest.fixture
def academy(site, frozen, ground: Ground, standing_academy: Academy | None) -> Academy:
    """The academy of 2023 while its call is open."""
    return ground.again(standing_academy, lambda: make_academy(site))


@pytest.fixture(scope="module")
def standing_form(ground: Ground, standing_academy: Academy | None) -> FormDocument | None:
    """The form stands too: `pytestmark = pytest.mark.usefixtures("standing_form")` where every test needs it."""
    with time_machine.travel(TODAY, tick=False):
        return ground.make(lambda: make_form(standing_academy))


@pytest.fixture
def document(academy) -> FormDocument:
    """Its form."""
    return make_form(academy)


@pytest.fixture
def token(academy):
    """A form's token, opened so many seconds ago."""

    def make(nonce: str = "first", age: float = 60) -> str:
        opened = time.time() - age
        return signing.dumps([f"apply:{academy.pk}", nonce, opened], salt="keino_academy.form")

    return make
