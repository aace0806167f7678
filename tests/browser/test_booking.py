"""Booking in a browser without JavaScript, in three languages, and clean in axe."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from keino_academy.booking.models import Booking
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.booking import make_booking, make_series
from tests.factories.site import make_site

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def address(live_server, settings):
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TODAY - datetime.now(UTC), "FORM_MIN_SECONDS": 0}
    series = make_series(make_academy(make_site()))
    make_booking(series.slots.last())
    return f"{live_server.url}/academy/%s/book/{series.pk}/"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_time_is_booked_seen_and_cancelled(address, plain_visitor, language):
    page = plain_visitor
    page.goto(address % language)
    page.locator(".ka-day a").first.click()
    page.locator("button.ka-button").click()
    assert page.locator(".ka-errors a").count() == 3
    page.locator("input[name=slot]").first.check()
    page.locator("input[name=person]").fill("Aino Mäki")
    page.locator("input[name=email]").fill("aino@koivuranta.example")
    page.locator("button.ka-button").click()
    booking = Booking.objects.get(email="aino@koivuranta.example")
    assert page.url.endswith(f"/academy/{language}/booking/{booking.reference}/")
    assert page.locator("html").get_attribute("lang") == language
    page.locator(".ka-button--due").click()
    page.locator("main button").click()
    assert page.locator(".ka-when--off").count() == 1
    booking.refresh_from_db()
    assert (booking.state, booking.language) == ("cancelled", language)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible(address, open_context, scheme, width):
    page = open_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto(address % "fi")
    check(page, width)
    page.locator(".ka-day a").first.click()
    check(page, width)
    page.locator("button.ka-button").click()
    check(page, width)
    page.locator("input[name=slot]").first.check()
    page.locator("input[name=person]").fill("Aino Mäki")
    page.locator("input[name=email]").fill("aino@koivuranta.example")
    page.locator("button.ka-button").click()
    check(page, width)
    page.locator(".ka-button--due").click()
    check(page, width)
    page.locator("main button").click()
    check(page, width)


def check(page, width: int) -> None:
    found = Axe().run(page, options={"runOnly": RULES})
    assert [violation["id"] for violation in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
