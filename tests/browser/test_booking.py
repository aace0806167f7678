"""Booking in a browser without JavaScript, in three languages, and clean in axe."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from keino_academy.booking.models import Booking
from tests.browser.answering import follow
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
    follow(page.locator(".ka-day a").first)
    follow(page.locator("button.ka-button"))
    assert page.locator(".ka-errors a").count() == 1
    page.locator("input[name=slot]").first.check()
    follow(page.locator("button.ka-button"))
    page.locator("input[name=person]").fill("Aino Mäki")
    follow(page.locator("button[formaction$='/longer/']"))
    assert page.locator("input[name=person]").input_value() == "Aino Mäki"
    assert page.locator("button[formaction$='/longer/']").count() == 0
    follow(page.locator("button.ka-button").last)
    assert page.locator(".ka-errors a").count() == 2
    says_who_comes(page)
    booking = Booking.objects.get(email="aino@koivuranta.example")
    assert page.url.endswith(f"/academy/{language}/booking/{booking.reference}/")
    assert page.locator("html").get_attribute("lang") == language
    follow(page.locator(".ka-button--due"))
    follow(page.locator("main button"))
    assert page.locator(".ka-when--off").count() == 1
    booking.refresh_from_db()
    assert (booking.state, booking.language) == ("cancelled", language)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible(address, open_context, scheme, width):
    page = open_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto(address % "fi")
    check(page, width)
    follow(page.locator(".ka-day a").first)
    check(page, width)
    follow(page.locator("button.ka-button"))
    check(page, width)
    page.locator("input[name=slot]").first.check()
    follow(page.locator("button.ka-button"))
    check(page, width)
    says_who_comes(page)
    check(page, width)
    follow(page.locator(".ka-button--due"))
    check(page, width)
    follow(page.locator("main button"))
    check(page, width)


def test_a_time_is_booked_and_moved_by_keyboard_alone(address, open_context):
    """On a phone's width, with nothing but Tab, Space, arrows and Enter."""
    page = open_context(viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    page.goto(address % "fi")
    tab_to(page, ".ka-day a")
    enter(page)
    tab_to(page, "input[name=slot]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("input[name=slot]:checked").input_value()
    tab_to(page, "button.ka-button")
    enter(page)
    for name, text in (
        ("person", "Aino Mäki"),
        ("organisation", "Koivuranta"),
        ("email", "a@koivuranta.example"),
    ):
        tab_to(page, f"input[name={name}]")
        page.keyboard.type(text)
    # Enter in a field books: it does not press the first button that one sees.
    enter(page)
    booking = Booking.objects.get(email="a@koivuranta.example")
    assert (booking.state, str(booking.slot_id)) == ("booked", chosen)
    tab_to(page, "a[href$='/move/']")
    enter(page)
    tab_to(page, "a[href*='/move/2023-']")
    enter(page)
    tab_to(page, "input[name=slot]")
    page.keyboard.press("Space")
    tab_to(page, "button.ka-button")
    enter(page)
    booking.refresh_from_db()
    assert (booking.sequence, page.url.endswith(f"/booking/{booking.reference}/")) == (1, True)
    assert str(booking.slot_id) != chosen


def test_what_is_tapped_is_large_enough(address, open_context):
    """Targets of the picker are 44 px high and wide at least, or lie in a line of text."""
    page = open_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    page.goto(address % "fi")
    sizes = boxes(page, ".ka-day a, .ka-button")
    follow(page.locator(".ka-day a").first)
    sizes += boxes(page, ".ka-times .ka-choice, .ka-button")
    page.locator("input[name=slot]").first.check()
    follow(page.locator("button.ka-button"))
    sizes += boxes(page, ".ka-button, .ka-field .ka-input")
    assert len(sizes) > 10
    assert [size for size in sizes if min(size) < 44] == []


def boxes(page, selector: str) -> list[tuple[float, float]]:
    """How wide and high each is."""
    found = [one.bounding_box() for one in page.locator(selector).all() if one.is_visible()]
    return [(box["width"], box["height"]) for box in found]


def enter(page) -> None:
    """Press Enter on what leads on, and wait until it did."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page, selector: str) -> None:
    """Press Tab until what is sought has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def says_who_comes(page) -> None:
    """Fill in who comes, and book."""
    page.locator("input[name=person]").fill("Aino Mäki")
    page.locator("input[name=organisation]").fill("Koivurannan kaupunki")
    page.locator("input[name=email]").fill("aino@koivuranta.example")
    follow(page.locator("button.ka-button").last)


def check(page, width: int) -> None:
    found = Axe().run(page, options={"runOnly": RULES})
    assert [violation["id"] for violation in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
