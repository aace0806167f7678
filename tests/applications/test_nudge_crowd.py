"""Organisers who remind at the same moment."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model

from keino_academy.applications.nudging import nudge
from keino_academy.core.models import OutboxMail
from tests.booking.test_crowd import crowd, modes
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application
from tests.factories.booking import make_series
from tests.factories.site import make_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("mode", range(len(modes())))
@pytest.mark.parametrize("forms", [1, 6])
def test_nobody_is_reminded_twice(settings, mode, forms):
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TODAY - datetime.now(UTC)}
    academy = make_academy(make_site())
    series = make_series(academy, slots=1)
    user = get_user_model().objects.create_user("organiser", "organiser@x.example", "x")
    chosen = [make_application(academy, contact_email=f"a{n}@kunta.example").pk for n in range(4)]

    def work(number: int) -> str:
        return str(nudge(series, chosen, by=user, nonce=f"form {number % forms}").sent)

    answers = crowd(6, work, **modes()[mode])
    # One form is answered alike however often it is sent; of several forms one reminds.
    assert answers == ({"4": 6} if forms == 1 else {"4": 1, "0": 5})
    assert OutboxMail.objects.filter(kind="applications/nudge").count() == 4
