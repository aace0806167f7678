"""What comes out of a printer: the words, and none of what only a screen can use."""

import pytest
from playwright.sync_api import Page

from tests.browser.answering import follow
from tests.demonstration import Demonstration

ANNOUNCEMENT = "/fi/akatemiat/kiertotalouden-hankintojen-johtaminen-2023/"
CHECK = "/academy/fi/kiertotalous-2023/check/"

pytestmark = pytest.mark.slow


@pytest.fixture
def paper(demonstration: Demonstration, visitor: Page) -> Page:
    demonstration.stand_at("open")
    visitor.emulate_media(media="print")
    return visitor


def test_the_announcement_prints_its_programme_and_no_menus(
    demonstration: Demonstration, paper: Page
) -> None:
    paper.goto(f"{demonstration.address}{ANNOUNCEMENT}")
    for unseen in (".ka-site__menu", ".ka-site__langs", ".ka-actions"):
        assert not paper.locator(unseen).first.is_visible(), unseen
    assert paper.locator(".ka-row.ka-key").count() == 9
    assert all(row.is_visible() for row in paper.locator(".ka-row.ka-key").all())
    ground = paper.evaluate("getComputedStyle(document.querySelector('.ka')).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


def test_guidance_is_printed_open(demonstration: Demonstration, paper: Page) -> None:
    paper.goto(f"{demonstration.address}{ANNOUNCEMENT}")
    guides = paper.locator(".ka-criteria details > p")
    assert guides.count() == 6
    assert all(guide.bounding_box()["height"] > 0 for guide in guides.all())


def test_the_memo_of_the_check_prints_alone(demonstration: Demonstration, paper: Page) -> None:
    paper.emulate_media(media="screen")
    paper.goto(f"{demonstration.address}{CHECK}")
    for group in paper.locator("main fieldset").all():
        group.locator("input[type=radio]").first.check()
    follow(paper.locator("main form [type=submit]"))
    paper.emulate_media(media="print")
    assert paper.locator(".ka-memo").is_visible()
    assert not paper.locator("h1").is_visible()
