"""The demonstration is made once however often, and says every fact in three languages."""

import re

import pytest

from tests.demonstration import Demonstration, words
from tests.facts import FACTS, OFFER

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.slow]

LANGUAGES = ("fi", "sv", "en")
ACADEMY = {
    "fi": "/fi/akatemiat/kiertotalouden-hankintojen-johtaminen-2023/",
    "sv": "/sv/akademier/leda-upphandlingar-i-en-cirkular-ekonomi-2023/",
    "en": "/en/academies/leading-procurement-for-the-circular-economy-2023/",
}
#: Tables that grow when somebody looks at the site, or when a command leaves its trace.
VISITORS = {"django_session", "captcha_captchastore"}


@pytest.fixture(scope="module", autouse=True)
def _open(demonstration: Demonstration) -> None:
    """Others of the same process may have left the shared site in autumn."""
    demonstration.stand_at("open")


def test_second_run_doubles_nothing(demonstration: Demonstration):
    before = demonstration.counts()
    told = demonstration.manage("keino_demo")
    after = demonstration.counts()
    assert {name: rows for name, rows in after.items() if name not in VISITORS} == {
        name: rows for name, rows in before.items() if name not in VISITORS
    }
    assert f"{demonstration.address}/sv/" in told
    assert "demo-organiser-2023" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", [*FACTS, *OFFER])
def test_fact_stands_on_the_page(fact: str, language: str, demonstration: Demonstration):
    said = (FACTS | OFFER)[fact][LANGUAGES.index(language)]
    assert said.casefold() in academy_words(demonstration, language).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_its_lists_and_its_picture(language: str, demonstration: Demonstration):
    page = demonstration.get(ACADEMY[language])
    assert [len(found.select("li")) for found in page.select(".ka-points")] == [5, 5]
    assert sum(len(found.select(":scope > li")) for found in page.select(".ka-criteria")) == 6
    assert len(page.select(".ka-rows.ka-numbered > li")) == 9
    assert len(page.select(".ka-steps > li")) == 2
    assert len(page.select(".ka-wheel svg[role=img]")) == 1
    assert len(page.select(".ka-tags li")) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_linked_page_of_the_language_answers(language: str, demonstration: Demonstration):
    seen, waiting = set(), [f"/{language}/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        for link in demonstration.get(path).select("a[href]"):
            target = re.sub(r"[?#].*", "", link["href"]).removeprefix(demonstration.address)
            if target.startswith(f"/{language}/") and target not in seen | set(waiting):
                waiting.append(target)
    # Home, list, four academies, about us, two statements, feedback, search, and one page to apply on.
    assert len(seen) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_switch_stays_on_the_academy(language: str, demonstration: Demonstration):
    page = demonstration.get(ACADEMY[language])
    links = {link["hreflang"]: link["href"] for link in page.select(".ka-site__langs a")}
    assert links == ACADEMY


def test_list_groups_academies_by_state(demonstration: Demonstration):
    headings = [words(heading) for heading in demonstration.get("/en/academies/").select("h2")]
    assert headings == ["Open now", "Opening later", "Under way", "Ended"]


def test_search_finds_public_pages_and_shows_no_title_of_a_closed_one(demonstration: Demonstration):
    found = words(demonstration.get("/en/search/?q=circular").main)
    assert "Leading procurement for the circular economy" in found
    for query in ("workshop", "kick-off", "coaching", "my academy"):
        listed = words(demonstration.get(f"/en/search/?q={query.replace(' ', '+')}").main)
        assert "Workshop 1" not in listed
        assert "My academy" not in listed


def academy_words(demonstration: Demonstration, language: str) -> str:
    if language not in _read:
        _read[language] = words(demonstration.get(ACADEMY[language]).body)
    return _read[language]


_read: dict[str, str] = {}
