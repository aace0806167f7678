"""An academy whose call is open, and times in June."""

import pytest
from hypothesis import settings

from keino_academy.announcement.models import Academy
from keino_academy.booking.models import SlotSeries
from tests.factories.announcement import make_academy
from tests.factories.booking import make_series

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def academy(site, frozen) -> Academy:
    return make_academy(site)


@pytest.fixture
def series(academy) -> SlotSeries:
    return make_series(academy)
