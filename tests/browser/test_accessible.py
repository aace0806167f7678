"""Every public and learning page, seen on the way of one tour: accessible, never too wide, never in error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.browser.tour import STOPS, Tour
from tests.demonstration import Demonstration
from tests.valid import errors_in

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = ("light", "dark")
WIDTHS = (1280, 360)
NARROWEST = 320

pytestmark = pytest.mark.slow


@dataclass
class Seen:
    """What was seen at the stops, by their names."""

    sources: dict[str, str] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    too_wide_when_enlarged: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def look_at(self, page: Page, name: str) -> None:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                self.violations += [f"{name}, {scheme}, {width}: {text}" for text in violations_of(page)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": NARROWEST, "height": 900})
        self.too_wide += [f"{name}: {over} pixels" for over in overflow(page)]
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        self.too_wide_when_enlarged += [f"{name}: {over} pixels" for over in overflow(page)]
        page.evaluate("document.documentElement.style.fontSize = ''")


def violations_of(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        f"{violation['id']} at {node['target']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> Iterator[int]:
    """How much wider than the window the page is, if it is."""
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        yield over


@pytest.fixture(scope="module")
def seen(browser, demonstration: Demonstration) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    seen = Seen()
    newest: list[Response] = []

    def heard(message: ConsoleMessage) -> None:
        # The browser notes that a page is a 404 or 500; those pages are stops of the tour.
        itself = message.location.get("url") == page.url and message.text.startswith("Failed to load")
        if message.type in ("error", "warning") and not itself:
            seen.complaints.append(f"{page.url}: {message.text}")

    def answered(response: Response) -> None:
        if response.request.is_navigation_request() and response.request.redirected_to is None:
            newest[:] = [response]

    page.on("console", heard)
    page.on("pageerror", lambda error: seen.complaints.append(f"{page.url}: {error}"))
    page.on("response", answered)
    for name in Tour(page, demonstration):
        seen.sources[name] = newest[0].text()
        seen.look_at(page, name)
    yield seen
    context.close()


def test_the_tour_comes_to_every_page(seen: Seen) -> None:
    assert sorted(seen.sources) == sorted(STOPS)


def test_no_page_has_a_violation(seen: Seen) -> None:
    """axe: WCAG 2.2 AA and best practice, light and dark, on a desk and on a phone."""
    assert seen.violations == []


def test_no_page_scrolls_sideways(seen: Seen) -> None:
    assert seen.too_wide == []


def test_no_page_scrolls_sideways_when_its_text_is_twice_as_large(seen: Seen) -> None:
    assert seen.too_wide_when_enlarged == []


def test_the_browser_complains_of_nothing(seen: Seen) -> None:
    """Neither of what the policy forbids nor of what is not there."""
    assert seen.complaints == []


def test_every_page_is_valid(seen: Seen, tmp_path: Path) -> None:
    assert errors_in(seen.sources, tmp_path) == []
