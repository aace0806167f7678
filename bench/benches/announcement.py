"""The announcement beside an empty Wagtail page: server time, queries, and what a reader's browser fetches."""

import gzip
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client

from bench.measure import getting, medians, queries
from bench.rows import Row
from keino_academy.announcement.models import Academy, AcademyPage
from keino_academy.booking.models import BookableSession
from keino_academy.core import clock
from tests.factories import academy_texts
from tests.factories.academy_texts import block_id
from tests.factories.announcement import make_academy_page, many_entries, stream
from tests.factories.booking import make_series
from tests.factories.site import make_site

OPEN = datetime(2023, 5, 10, 12, tzinfo=ZoneInfo("Europe/Helsinki"))
HOST = "localhost"


def rows() -> Iterator[Row]:
    """Measure with 12 entries, 8 criteria and 60 slots, then count with ten times as much."""
    site = make_site(hostname=HOST)
    client = Client(headers={"host": HOST})
    with clock.standing_at(OPEN):
        page = make_page(site, "bench", entries=12, slots=60)
        larger = make_page(site, "bench-larger", entries=120, slots=600)
        empty, ours, ours_larger = (getting(client, one.get_url()) for one in (site.root_page, page, larger))
        times = medians({"empty": empty, "uncached": partial(uncached, ours), "cached": ours})
        found, found_larger = queries(ours), queries(ours_larger)
        weight = page_weight(client, page.get_url())
    floor = {"peer": times["empty"], "peer_name": "ms, empty Wagtail page"}
    yield Row("announcement, nothing cached", times["uncached"], "ms", 1.6, **floor)
    yield Row("announcement, cache warm", times["cached"], "ms", 1.3, **floor)
    yield Row("announcement, queries", found, "queries", 10)
    yield Row("announcement with ten times as much, queries", found_larger, "queries", 1, found, "queries")
    yield Row("announcement, page and style sheets gzipped", weight, "kB", 60)


def make_page(site: Any, code: str, *, entries: int, slots: int) -> AcademyPage:
    """Return a published page with so many entries, eight criteria, and a series of so many slots."""
    criteria = academy_texts.criteria()
    more = [{**child, "id": block_id(f"{child['id']}-again")} for child in criteria[:2]]
    page = make_academy_page(
        site, slug=code, code=code, timeline=many_entries(entries), criteria=[*criteria, *more]
    )
    series = make_series(Academy.objects.get(translation_key=page.translation_key), slots=slots)
    session = BookableSession.objects.get(translation_key=series.translation_key)
    booking = {
        "type": "booking",
        "id": block_id(f"{code}-booking"),
        "value": {"heading": "Varatkaa keskustelu", "session": session.pk},
    }
    page.body = stream(AcademyPage, "body", [*academy_texts.body(), booking])
    page.save_revision().publish()
    return page


def uncached(action: Callable[[], object]) -> None:
    """Run the action on an empty cache."""
    cache.clear()
    action()


def page_weight(client: Client, path: str) -> float:
    """Return the kilobytes that a first visit fetches: the page, its style sheets and scripts, gzipped."""
    from bs4 import BeautifulSoup

    html = client.get(path).content
    soup = BeautifulSoup(html, "html.parser")
    tags = [*soup.select('link[rel="stylesheet"]'), *soup.select("script[src]")]
    names = [(tag.get("href") or tag.get("src")).removeprefix("/static/") for tag in tags]
    files = [Path(finders.find(name)).read_bytes() for name in names]
    return sum(len(gzip.compress(content)) for content in (html, *files)) / 1000
