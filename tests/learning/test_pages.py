"""What participants see on their pages."""

import json
from datetime import datetime

import pytest
from bs4 import BeautifulSoup

from keino_academy.announcement.queries import find_face
from keino_academy.learning.models import LearningHomePage, SessionPage
from tests.conftest import HELSINKI
from tests.factories.announcement import block_id
from tests.factories.learning import make_member, make_participation
from tests.factories.site import make_translation


@pytest.fixture
def reader(client, academy, home, make_user):
    """A signed-in member, with a colleague who was invited."""
    user = make_user("reader")
    participation = make_participation(academy, "reader@example.org", user=user)
    make_member(participation, "yrjo@koivuranta.example", name="Yrjö Koivu")
    client.force_login(user)
    return user


def soup(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def plain(node):
    return " ".join(node.get_text(" ").replace("\u2060", "").split())


def workshop(home):
    return SessionPage.objects.child_of(home).last()


def test_my_academy_begins_with_the_next_session(client, reader, home):
    page = soup(client, home.url)
    panel = page.select_one(".ka-panel--next")
    assert plain(panel.select_one(".ka-date b")) == "10.10."
    assert panel.select_one("time")["datetime"] == "2023-10-10T09:00+03:00"
    assert panel.select_one("h3 a")["href"] == workshop(home).url
    assert plain(page.select_one(".ka-title__kind")) == "Koivurannan kaupunki"
    assert len(page.select(".ka-date")) == 1


def test_the_join_link_stands_there_near_the_time_only(client, autumn, reader, home):
    url = "https://meet.example/2"
    assert url not in client.get(home.url).content.decode()
    assert url not in client.get(workshop(home).url).content.decode()
    autumn.move_to(datetime(2023, 10, 10, 8, 45, tzinfo=HELSINKI))
    for address in (home.url, workshop(home).url):
        assert [link["href"] for link in soup(client, address).select("a.ka-button")] == [url]
    autumn.move_to(datetime(2023, 10, 10, 11, 30, tzinfo=HELSINKI))
    assert url not in client.get(workshop(home).url).content.decode()


def test_the_year_stands_as_a_line_and_as_a_list(client, reader, home):
    page = soup(client, home.url)
    assert len(page.select(".ka-year circle")) == 4
    assert len(page.select(".ka-year circle.ka-year__was")) == 1
    assert [plain(stop.select_one("b")) for stop in page.select(".ka-stops li")][:3] == [
        "12.9.",
        "10.10.",
        "22.11.",
    ]
    assert plain(page.select_one('.ka-stops [aria-current="step"] a')) == "Työpaja 1"
    title = page.select_one(".ka-year svg title")
    assert page.select_one(".ka-year svg")["aria-labelledby"] == title["id"]


def test_the_team_says_who_is_in_and_who_has_not_come_yet(client, reader, home):
    names = [plain(name) for name in soup(client, home.url).select("#ka-team + .ka-list h3")]
    assert names == ["Helena Koivu", "Yrjö Koivu"]


def test_an_organiser_sees_the_page_without_a_team(client, academy, home, make_user):
    user = make_user("boss", is_superuser=True)
    client.force_login(user)
    page = soup(client, make_translation(home, "en").url)
    assert not page.select("#ka-team")
    assert "organiser" in plain(page.select_one(".ka-head .ka-note"))


def test_a_session_takes_date_hours_and_place_from_its_entry(client, academy, reader, home):
    page = soup(client, workshop(home).url)
    assert plain(page.select_one(".ka-date b")) == "10.10."
    facts = [plain(fact) for fact in page.select(".ka-facts dd")]
    assert facts[0].startswith("ti 10.10.2023 klo 9.00–11.30 ")
    assert "Teams" in facts[1]
    face = find_face(academy, "fi")
    stored = list(face.timeline.raw_data)
    for child in stored:
        if child["id"] == workshop(home).timeline_entry:
            child["value"]["date"] = "2023-10-12"
    face.timeline = face.timeline.stream_block.to_python(stored)
    face.save_revision().publish()
    assert plain(soup(client, workshop(home).url).select_one(".ka-date b")) == "12.10."


def test_a_session_whose_entry_is_gone_says_so(client, reader, home):
    session = workshop(home)
    session.timeline_entry = block_id("gone")
    session.save_revision().publish()
    page = soup(client, session.url)
    assert not page.select(".ka-date")
    assert len(page.select(".ka-facts dd")) == 1


def test_the_swedish_session_has_the_sources_times_and_its_own_way(client, reader, home):
    swedish = make_translation(workshop(home), "sv")
    page = soup(client, swedish.url)
    assert page.select_one(".ka")["lang"] == "sv"
    assert plain(page.select_one(".ka-date b")) == "10.10"
    assert plain(page.select_one(".ka-facts dd")).startswith("tis 10.10.2023 kl. 9.00–11.30 ")


def test_the_swedish_home_has_the_sources_times(client, reader, academy, home):
    source = find_face(academy, "fi")
    raw = list(source.timeline.raw_data)
    moment = next(child for child in raw if child["id"] == workshop(home).timeline_entry)
    moment["value"]["date"] = "2023-10-17"
    source.timeline = json.dumps(raw)
    source.save_revision().publish()
    swedish = make_translation(home, "sv")
    words = plain(soup(client, swedish.url).select_one("main"))
    assert "17.10" in words
    assert "10.10" not in words


def test_materials_of_every_kind_stand_on_the_session_and_at_a_glance_at_home(client, reader, home):
    session = workshop(home)
    session.materials = [
        ("link", {"title": "Kriteeripankki", "text": "", "url": "https://example.org/k/"}),
        (
            "video",
            {
                "title": "Tallenne",
                "text": "",
                "url": "https://example.org/v/",
                "minutes": 42,
                "captions": True,
            },
        ),
        ("text", {"title": "Mitä sovimme", "text": "<p>Kysymme kahdelta.</p>"}),
    ]
    session.save_revision().publish()
    page = soup(client, session.url)
    assert [plain(title) for title in page.select("#ka-materials ~ .ka-list h3")] == [
        "Kriteeripankki",
        "Tallenne",
        "Mitä sovimme",
    ]
    assert not page.select("iframe, video, embed")
    glance = soup(client, home.url).select("[aria-labelledby=ka-latest] a")
    assert [link["href"] for link in glance] == [f"{session.url}#ka-materials"] * 3


def test_an_empty_home_says_what_is_to_come(client, academy, make_user):
    from tests.factories.learning import make_learning_pages

    home = make_learning_pages(find_face(academy, "fi"), sessions=0)
    user = make_user("reader")
    make_participation(academy, "reader@example.org", user=user)
    client.force_login(user)
    page = soup(client, home.url)
    assert not page.select(".ka-panel--next")
    assert len(page.select(".ka-year circle")) == 4


def test_editors_choose_among_the_academys_entries(client, home, make_user):
    from django.urls import reverse

    client.force_login(make_user("boss", is_superuser=True))
    url = reverse("wagtailadmin_pages:add", args=["keino_academy", "sessionpage", home.pk])
    page = soup(client, url)
    values = [option["value"] for option in page.select("select[name=timeline_entry] option")]
    assert values[0] == ""
    assert block_id("kick-off") in values
    stored = find_face(home.get_parent() and _academy(home), "fi").timeline.raw_data
    wanted = [child["id"] for child in stored if child["type"] != "deadline"]
    assert sorted(values[1:]) == sorted(wanted)


def _academy(home):
    from keino_academy.announcement.queries import academy_of

    return academy_of(home)


def test_pages_stand_where_they_belong():
    assert [model.__name__ for model in SessionPage.allowed_parent_page_models()] == ["LearningHomePage"]
    assert [model.__name__ for model in LearningHomePage.allowed_parent_page_models()] == ["AcademyPage"]


def test_an_editor_previews_both_pages(client, home, make_user):
    client.force_login(make_user("boss", is_superuser=True))
    for page in (home, workshop(home)):
        response = page.make_preview_request()
        assert response.status_code == 200
        assert page.title in response.content.decode()
