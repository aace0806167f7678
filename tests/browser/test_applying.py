"""Applying with a keyboard alone, and the quiet saving that a page's script adds."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.answering import begin_application, fill, follow
from tests.demonstration import Demonstration

pytestmark = pytest.mark.slow

FORM = "/fi/akatemiat/kiertotalouden-hankintojen-johtaminen-2023/hae/"


@pytest.fixture
def applicant(demonstration: Demonstration, open_context: Callable[..., BrowserContext]) -> Page:
    """A browser with scripts, while the call is open."""
    demonstration.stand_at("open")
    return open_context(base_url=demonstration.address).new_page()


def test_a_part_is_saved_while_it_is_written(applicant: Page) -> None:
    applicant.goto(FORM)
    begin_application(applicant, "Hiljalan kaupunki", "hilja@hiljala.example")
    address = applicant.url.partition("?")[0] + "part/pilot/"
    applicant.goto(address)
    fill(applicant, "q-pilot_title", "Kirjaston katto")
    expect(applicant.locator("[data-ka-said]")).to_contain_text("Tallennettu klo", timeout=15_000)
    applicant.goto(address)
    expect(applicant.locator("[name=q-pilot_title]")).to_have_value("Kirjaston katto")


def test_the_button_pressed_at_once_meets_no_conflict_with_the_quiet_saving(applicant: Page) -> None:
    applicant.goto(FORM)
    begin_application(applicant, "Nopealan kaupunki", "nopea@nopeala.example")
    home = applicant.url.partition("?")[0]
    applicant.goto(home + "part/pilot/")
    with applicant.expect_request(lambda request: "quiet" in (request.post_data or "")):
        fill(applicant, "q-pilot_title", "Kirjaston katto")
    applicant.locator("[name=q-pilot_title]").press_sequentially(" ja seinä")
    follow(applicant.locator("[name=later]"))
    expect(applicant).to_have_url(home)
    expect(applicant.locator(".ka-tasks")).to_contain_text("Kirjaston katto ja seinä")


def test_the_back_button_leads_to_what_is_saved_and_to_no_conflict(applicant: Page) -> None:
    applicant.goto(FORM)
    begin_application(applicant, "Takalan kaupunki", "taka@takala.example")
    home = applicant.url.partition("?")[0]
    applicant.goto(home + "part/pilot/")
    fill(applicant, "q-pilot_title", "Kirjaston katto")
    follow(applicant.locator("[name=later]"))
    expect(applicant).to_have_url(home)
    applicant.go_back()
    expect(applicant.locator("[name=q-pilot_title]")).to_have_value("Kirjaston katto")
    fill(applicant, "q-pilot_title", "Kirjaston katto ja seinä")
    follow(applicant.locator("[name=later]"))
    expect(applicant).to_have_url(home)
    expect(applicant.locator(".ka-tasks")).to_contain_text("Kirjaston katto ja seinä")


def test_one_applies_with_a_keyboard_alone(applicant: Page) -> None:
    applicant.goto(FORM)
    by_keyboard(applicant, {"organisation": "Näppälän kaupunki", "email": "nappi@nappala.example"})
    press(applicant, ".ka-home__go a")
    while applicant.locator("form[data-ka-saving]").count():
        before = applicant.url
        by_keyboard(
            applicant,
            {"q-team-1-email": "tiimi@nappala.example", "q-director_email": "johto@nappala.example"},
        )
        assert applicant.url != before, applicant.locator(".ka-errors").inner_text()
    by_keyboard(applicant, {})
    expect(applicant.locator("main .ka-ref b")).to_have_text(re.compile(r"[3-9A-Y]{4}-[3-9A-Y]{4}"))


def press(page: Page, selector: str) -> None:
    """Come to a control by the Tab key and press it."""
    for _turn in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the Tab key does not come to {selector}")


def by_keyboard(page: Page, texts: dict[str, str]) -> None:
    """Go through the page's form control by control, answer each, and press the first button that sends it."""
    answered: set[str] = set()
    for _turn in range(200):
        page.keyboard.press("Tab")
        focus = page.locator("main form :focus")
        if not focus.count():
            continue
        kind = focus.get_attribute("type") or focus.evaluate("element => element.tagName.toLowerCase()")
        name = focus.get_attribute("name") or ""
        if kind == "submit":
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
        if name not in answered:
            answered.add(name)
            answer(page, kind, name, texts)
    raise AssertionError("the Tab key comes to no button")


def answer(page: Page, kind: str, name: str, texts: dict[str, str]) -> None:
    """Answer the control that has the focus, with keys."""
    if kind in {"radio", "checkbox"}:
        page.keyboard.press("Space")
    elif kind == "select":
        for _month in range(16 if name.endswith("-last") else 12):
            page.keyboard.press("ArrowDown")
    elif kind in {"text", "email", "textarea"}:
        given = {"organisation": "Näppälän kaupunki", **texts}.get(name)
        optional = name.endswith(("email", "business_id", "phone"))
        page.keyboard.press("ControlOrMeta+A")
        if given or not optional:
            page.keyboard.type(given or {"q-organisation": "Näppälän kaupunki"}.get(name, "Pieni asia"))
