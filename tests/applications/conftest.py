"""An academy whose call is open, with its form."""

import time

import pytest
from django.core import signing

from keino_academy.announcement.models import Academy
from keino_academy.applications.models import FormDocument
from tests.factories.announcement import make_academy
from tests.factories.applications import make_form


@pytest.fixture
def academy(site, frozen) -> Academy:
    """The academy of 2023 while its call is open."""
    return make_academy(site)


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
