"""The announcement as a visitor gets it."""

import io
import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from keino_academy.announcement.models import Academy
from keino_academy.applications.models import ApplicationPage
from tests.factories.academy_texts import timeline
from tests.factories.announcement import (
    block_id,
    make_academy_page,
    make_index_page,
    make_topic,
    many_entries,
)
from tests.factories.site import make_translation

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


def make_application_page(page) -> Page:
    below = page.add_child(instance=ApplicationPage(title="Hae", slug="hae", locale=page.locale))
    below.save_revision().publish()
    return below


def read(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_what_was_composed(client, site, frozen):
    html = read(client, make_academy_page(site))
    assert "Kiertotaloushankintojen johtaminen" in html
    assert html.count('<li class="ka-row ka-key') == 9
    assert f'id="entry-{block_id("kick-off")}"' in html
    assert html.count('class="ka-wheel__mark ') == 9
    assert html.count('<li id="criterion-') == 6
    assert "webcal://testserver/academy/fi/kiertotalous-2023/calendar.ics" in html
    assert 'href="/academy/fi/kiertotalous-2023/check/"' in html


@pytest.mark.parametrize("entries", [12, 120])
def test_it_asks_as_little_with_many_entries(client, site, frozen, django_assert_num_queries, entries):
    tagged = [{"type": "topic", "id": block_id("t"), "value": make_topic("Rakentaminen").pk}]
    page = make_academy_page(site, timeline=many_entries(entries), topics=tagged)
    make_application_page(page)
    client.get(page.url)
    cache.clear()
    Site.get_site_root_paths()
    with django_assert_num_queries(10):
        html = read(client, page)
    with django_assert_num_queries(8):
        assert read(client, page) == html
    assert html.count('<li class="ka-row ka-key') == entries


@pytest.mark.parametrize(
    ("moment", "state", "said"),
    [
        (datetime(2023, 5, 2, 8, 59, 59), "planned", "The call opens on 2 May 2023, 9:00 Finnish time."),
        (datetime(2023, 5, 2, 9, 0), "open", "Time left: 29 days."),
        (datetime(2023, 5, 31, 23, 59, 59), "open", "Time left: 1 minute."),
        (datetime(2023, 6, 1, 0, 0), "closed", "Those who are chosen are told by 23 June 2023."),
        (datetime(2023, 6, 24, 0, 0), "closed", "The applications are being read."),
        (
            datetime(2023, 9, 12, 0, 0),
            "running",
            "Next: Käynnistystilaisuus, Tue 12 September 2023 10:00–16:00.",
        ),
        (datetime(2024, 2, 2, 0, 0), "alumni", "The academy has ended."),
        (datetime(2025, 1, 1, 0, 0), "archived", "This academy is over."),
    ],
)
def test_each_state_has_its_words(client, site, frozen, moment, state, said):
    page = make_academy_page(site, "en")
    frozen.move_to(moment.replace(tzinfo=HELSINKI))
    html = read(client, page).replace("\u00a0", " ").replace("\u2060", "")
    assert said in html
    assert Academy.objects.get().state == state


def test_one_applies_while_the_call_is_open(client, site, frozen):
    page = make_academy_page(site)
    make_application_page(page)
    assert 'class="ka-button" href="/fi/kiertotalous-2023/hae/"' in read(client, page)
    frozen.move_to(datetime(2023, 6, 1, tzinfo=HELSINKI))
    assert "/fi/kiertotalous-2023/hae/" not in read(client, page)


def test_what_is_kept_grows_old_at_once_when_a_page_is_published(
    client, site, frozen, django_capture_on_commit_callbacks
):
    page = make_academy_page(site)
    assert "/hae/" not in read(client, page)
    with django_capture_on_commit_callbacks(execute=True):
        make_application_page(page)
    assert "/fi/kiertotalous-2023/hae/" in read(client, page)


class BrokenCache:
    """A cache whose server does not answer."""

    def __getattr__(self, name):
        raise ConnectionError(name)


def test_a_cache_that_is_down_costs_no_page(client, site, frozen, monkeypatch):
    page = make_academy_page(site)
    monkeypatch.setattr("keino_academy.announcement.keeping.cache", BrokenCache())
    assert 'class="ka-wheel"' in read(client, page)
    page.save_revision().publish()


def test_nothing_is_kept_when_the_site_says_so(client, site, frozen, settings):
    settings.KEINO_ACADEMY = {"PAGE_CACHE_SECONDS": 0}
    page = make_academy_page(site)
    assert "/hae/" not in read(client, page)
    make_application_page(page)
    assert "/fi/kiertotalous-2023/hae/" in read(client, page)


def test_grace_and_decided_have_words_of_their_own(client, site, frozen):
    page = make_academy_page(site, "en", grace_minutes=10)
    frozen.move_to(datetime(2023, 6, 1, 0, 9, 59, tzinfo=HELSINKI))
    assert "If your application is under way, send it now." in read(client, page)
    frozen.move_to(datetime(2023, 6, 1, 0, 10, tzinfo=HELSINKI))
    assert "If your application is under way, send it now." not in read(client, page)
    Academy.objects.update(released_at=datetime(2023, 6, 20, 12, 0, tzinfo=HELSINKI))
    frozen.move_to(datetime(2023, 6, 20, 12, 0, tzinfo=HELSINKI))
    assert "The participants have been chosen." in read(client, page)


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        ("2023-03-26", datetime(2023, 3, 26, 21, 0)),
        ("2023-10-29", datetime(2023, 10, 29, 22, 0)),
    ],
)
def test_the_call_closes_exactly_on_days_when_clocks_change(site, frozen, day, closes):
    make_academy_page(site, opens_on=None, closes_on=day, starts_on=None, ends_on=None, alumni_until=None)
    closes = closes.replace(tzinfo=ZoneInfo("UTC"))
    frozen.move_to(closes - timedelta(microseconds=1))
    assert Academy.objects.get().state == "open"
    frozen.move_to(closes)
    assert Academy.objects.get().state == "closed"


def test_a_stale_translation_shows_the_call_of_the_source(client, site, frozen):
    page = make_academy_page(site)
    swedish = make_translation(page, "sv")
    page.refresh_from_db()
    page.closes_on = datetime(2023, 6, 7).date()
    page.save_revision().publish()
    assert "7.6.2023 kl.\u00a023.59" in read(client, swedish)


def move_kick_off(page, day):
    """Publish the source page with another day of its kick-off, and without its first workshop."""
    raw = [child for child in page.timeline.raw_data if child["id"] != block_id("workshop-1")]
    for child in raw:
        if child["id"] == block_id("kick-off"):
            child["value"]["date"] = day
    page.timeline = json.dumps(list(raw))
    page.save_revision().publish()


def test_a_stale_translation_shows_the_times_of_the_source(client, site, frozen):
    page = make_academy_page(site)
    swedish = make_translation(page, "sv")
    page.refresh_from_db()
    move_kick_off(page, "2023-09-19")
    html = read(client, swedish)
    assert "19.9.2023" in html.replace("\u2060", "")
    assert "12.9.2023" not in html.replace("\u2060", "")
    assert f'id="entry-{block_id("kick-off")}"' in html
    assert f'id="entry-{block_id("workshop-1")}"' not in html
    assert '"startDate":"2023-09-19T10:00+03:00"' in html
    feed = client.get("/academy/sv/kiertotalous-2023/calendar.ics").content.decode()
    assert "DTSTART:20230919T070000Z" in feed
    assert "DTSTART:20230912T070000Z" not in feed


def test_a_translated_list_asks_once_for_the_times_of_the_sources(
    client, site, frozen, django_assert_num_queries
):
    index = make_index_page(site)
    swedish = make_translation(index, "sv")
    index.refresh_from_db()
    for number in range(6):
        page = make_academy_page(site, slug=f"a{number}", code=f"a{number}", parent=index)
        make_translation(page, "sv")
    frozen.move_to(datetime(2023, 10, 2, 12, tzinfo=HELSINKI))
    client.get(swedish.url)
    with django_assert_num_queries(13):
        html = read(client, swedish)
    assert html.count("10.10.2023") == 6


def test_metadata_says_what_it_is_and_where_its_other_languages_are(client, site, frozen):
    page = make_academy_page(site)
    make_translation(page, "sv")
    html = read(client, page)
    assert '<link rel="canonical" href="http://localhost/fi/kiertotalous-2023/">' in html
    assert '<link rel="alternate" hreflang="fi" href="http://localhost/fi/kiertotalous-2023/">' in html
    assert '<link rel="alternate" hreflang="sv" href="http://localhost/sv/kiertotalous-2023/">' in html
    assert 'hreflang="en"' not in html
    assert '<meta property="og:title" content="Kiertotaloushankintojen johtaminen">' in html
    assert html.count('name="description"') == 1
    assert '<meta property="og:locale" content="fi_FI">' in html
    assert '<meta property="og:locale:alternate" content="sv_FI">' in html
    assert html.count("og:locale:alternate") == 1


def sharing(html):
    return dict(
        re.findall(r'<meta (?:property|name)="((?:og:image|twitter)[\w:]*)" content="([^"]*)">', html)
    )


# Wagtail leaves the file open from which it saves a rendition.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_social_media_get_the_picture(client, site, frozen):
    picture = make_image("Tiiliseinä", png_file(size=(1300, 700)))
    page = make_academy_page(site, share_image=[{"type": "image", "value": picture.pk}])
    shown = sharing(read(client, page))
    assert shown.pop("og:image").startswith("http://testserver/media/images/")
    assert shown == {
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Tiiliseinä",
        "twitter:card": "summary_large_image",
    }


def test_a_drawing_is_left_out_of_social_media_and_breaks_nothing(client, site, frozen):
    picture = make_image("Piirros", svg_file())
    page = make_academy_page(site, share_image=[{"type": "image", "value": picture.pk}])
    assert sharing(read(client, page)) == {}


def make_image(title, file):
    return get_image_model().objects.create(title=title, file=file)


def png_file(size):
    content = io.BytesIO()
    Image.new("RGB", size, "#3d5a33").save(content, "PNG")
    return ImageFile(io.BytesIO(content.getvalue()), name="picture.png")


def svg_file():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"></svg>'
    return ImageFile(io.BytesIO(drawing), name="picture.svg")


def test_json_ld_tells_of_the_course_and_its_events(client, site, frozen):
    html = read(client, make_academy_page(site))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    instance = data["hasCourseInstance"]
    assert (data["@type"], data["name"]) == ("Course", "Kiertotaloushankintojen johtaminen")
    assert (instance["startDate"], instance["endDate"]) == ("2023-09-12", "2024-02-01")
    assert (instance["courseMode"], instance["maximumAttendeeCapacity"]) == ("Blended", 12)
    assert instance["offers"]["availabilityEnds"] == "2023-06-01T00:00+03:00"
    assert [event["startDate"] for event in instance["subEvent"]] == [
        "2023-09-12T10:00+03:00",
        "2023-10-10T09:00+03:00",
        "2023-11-22T09:00+02:00",
        "2024-02-01T10:00+02:00",
    ]
    assert instance["subEvent"][1]["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


def test_nothing_that_an_editor_writes_closes_the_script(client, site, frozen):
    wicked = '</script><script>alert(1)</script><!--&amp;"\u2028'
    html = read(client, make_academy_page(site, title=wicked, introduction=wicked))
    assert "<script>alert(1)" not in html
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert data["name"] == wicked


def test_a_draft_with_gaps_does_not_break_the_page(client, site):
    gaps = [{**child, "value": {"title": ""}} for child in timeline()]
    assert 'class="ka-row ka-key' not in read(
        client, make_academy_page(site, timeline=gaps, criteria=[], facts=[])
    )


def test_topics_lead_to_the_academies_that_share_them(client, site, frozen):
    topic = make_topic("Rakentaminen")
    index = make_index_page(site)
    tagged = [{"type": "topic", "id": block_id("t"), "value": topic.pk}]
    page = make_academy_page(site, parent=index, topics=tagged)
    make_academy_page(site, parent=index, slug="toinen", code="toinen", title="Toinen akatemia")
    assert f'<a href="{index.url}?topic=rakentaminen" rel="tag">Rakentaminen</a>' in read(client, page)
    every = client.get(index.url).content.decode()
    assert (page.title in every, "Toinen akatemia" in every) == (True, True)
    shared = client.get(f"{index.url}?topic=rakentaminen").content.decode()
    assert (page.title in shared, "Toinen akatemia" in shared) == (True, False)


def test_the_list_groups_by_state(client, site, frozen, django_assert_num_queries):
    index = make_index_page(site, "en")
    make_academy_page(site, "en", parent=index, title="Open one")
    later = {"opens_on": datetime(2023, 8, 1).date(), "closes_on": datetime(2023, 9, 1).date()}
    make_academy_page(site, "en", parent=index, slug="later", code="later", title="Later one", **later)
    past = {"starts_on": datetime(2021, 9, 1).date(), "ends_on": datetime(2022, 2, 1).date()}
    make_academy_page(site, "en", parent=index, slug="past", code="past", title="Past one", **past)
    client.get(index.url)
    with django_assert_num_queries(12):
        html = client.get(index.url).content.decode()
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>|<h3><a[^>]*>(.*?)</a>", html)
    assert ["".join(pair) for pair in headings] == [
        "Open now",
        "Open one",
        "Opening later",
        "Later one",
        "Ended",
        "Past one",
    ]
