"""The calendar feed, as three readers of calendars read it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from keino_academy.announcement.feed import sequence_at
from tests.factories.announcement import block_id, make_academy_page
from tests.factories.site import make_translation

pytestmark = pytest.mark.django_db
FEED = "/academy/fi/kiertotalous-2023/calendar.ics"


@pytest.fixture
def page(site, frozen):
    return make_academy_page(site)


def events(response) -> dict:
    calendar = icalendar.Calendar.from_ical(response.content)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_it_holds_every_entry_at_its_time(client, page):
    response = client.get(FEED)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response["Content-Disposition"] == 'inline; filename="kiertotalous-2023.ics"'
    found = events(response)
    assert len(found) == 9
    assert found["Käynnistystilaisuus"]["dtstart"].dt == datetime(2023, 9, 12, 7, 0, tzinfo=UTC)
    assert found["Käynnistystilaisuus"]["dtend"].dt == datetime(2023, 9, 12, 13, 0, tzinfo=UTC)
    assert found["Työpaja 2"]["dtstart"].dt == datetime(2023, 11, 22, 7, 0, tzinfo=UTC)
    assert found["Haku päättyy"]["dtstart"].dt == datetime(2023, 5, 31, 20, 59, tzinfo=UTC)
    assert found["Haku päättyy"]["dtend"].dt == datetime(2023, 5, 31, 21, 0, tzinfo=UTC)


def test_periods_are_whole_days_that_block_nobody(client, page):
    coaching = events(client.get(FEED))["Sparraus"]
    assert (coaching["dtstart"].dt, coaching["dtend"].dt) == (date(2023, 11, 1), date(2024, 2, 1))
    assert coaching["transp"] == "TRANSPARENT"
    assert "transp" not in events(client.get(FEED))["Työpaja 1"]


def test_ids_are_those_of_the_blocks_in_every_language(client, page):
    make_translation(page, "sv")
    uid = f"{block_id('kick-off')}.{page.translation_key}@keino-academy"
    assert str(events(client.get(FEED))["Käynnistystilaisuus"]["uid"]) == uid
    swedish = client.get(FEED.replace("/fi/", "/sv/"))
    assert str(events(swedish)["Käynnistystilaisuus"]["uid"]) == uid
    assert swedish["Content-Language"] == "sv"


def test_it_is_sent_again_only_when_the_page_was_published_again(client, page, frozen):
    first = client.get(FEED)
    frozen.shift(3600)
    again = client.get(FEED, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(FEED).content == first.content
    page.save_revision().publish()
    changed = client.get(FEED, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    stamp = events(changed)["Työpaja 1"]["dtstamp"].dt
    assert stamp == datetime(2023, 5, 10, 13, 0, tzinfo=ZoneInfo("Europe/Helsinki"))


def test_sequences_are_the_seconds_of_the_last_publication(client, page, frozen):
    def sequences():
        return {int(event["sequence"]) for event in events(client.get(FEED)).values()}

    published = int((datetime(2023, 5, 10, 9) - datetime(2020, 1, 1)).total_seconds())
    assert sequences() == {published}
    frozen.shift(90)
    assert sequences() == {published}
    page.save_revision()
    assert sequences() == {published}, "a draft is nothing that calendars are told of"
    page.save_revision().publish()
    assert sequences() == {published + 90}
    assert sequence_at(datetime(2088, 1, 1, tzinfo=UTC)) < 2**31
    assert sequence_at(None) == sequence_at(datetime(2000, 1, 1, tzinfo=UTC)) == 0


def test_a_stale_translation_takes_the_source_s_times_and_its_sequence(client, page, frozen):
    make_translation(page, "sv")
    address = FEED.replace("/fi/", "/sv/")
    before = client.get(address)
    frozen.shift(60)
    raw = list(page.timeline.raw_data)
    next(child for child in raw if child["id"] == block_id("kick-off"))["value"]["date"] = "2023-09-13"
    page.timeline = page.timeline.stream_block.to_python(raw)
    page.save_revision().publish()
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    old, new = (events(answer)["Käynnistystilaisuus"] for answer in (before, after))
    assert (new["dtstart"].dt - old["dtstart"].dt, new["sequence"] - old["sequence"]) == (
        timedelta(days=1),
        60,
    )


def test_other_readers_read_it_too(client, page):
    ics = pytest.importorskip("ics")
    vobject = pytest.importorskip("vobject")
    text = client.get(FEED).content.decode()
    assert len(ics.Calendar(text).events) == 9
    assert len(vobject.readOne(text).vevent_list) == 9


@pytest.mark.parametrize("path", ["fi/no-such", "xx/kiertotalous-2023"])
def test_what_is_not_there_is_404(client, page, path):
    assert client.get(f"/academy/{path}/calendar.ics").status_code == 404


def test_what_not_everyone_may_see_is_not_there(client, page):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(FEED).status_code == 404


def test_an_unpublished_page_has_no_calendar(client, page):
    page.unpublish()
    assert client.get(FEED).status_code == 404
