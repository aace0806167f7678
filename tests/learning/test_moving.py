"""Sessions that move or are taken out of the timeline: who is told, once, and what calendars hold."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from django.urls import reverse

from keino_academy.announcement.models import AcademyPage
from keino_academy.announcement.queries import find_face
from keino_academy.core.models import OutboxMail
from keino_academy.learning import moving
from keino_academy.learning.models import SessionPage, SessionTime
from tests.conftest import HELSINKI
from tests.factories.academy_texts import block_id
from tests.factories.announcement import make_academy
from tests.factories.learning import add_page, make_learning_pages, make_member, make_participation
from tests.factories.site import make_translation

MOVED, CANCELLED = "learning/session_moved", "learning/session_cancelled"
WORKSHOP = block_id("workshop-1")


@pytest.fixture
def people(academy, home):
    """Two organisations of the academy; four people who are in and know it, one twice."""
    first = make_participation(academy, "helena@koivuranta.example")
    make_member(first, "yrjo@koivuranta.example", language="sv")
    second = make_participation(academy, "aino@hiekka.example", organisation="Hiekkaniemi", language="en")
    make_member(second, "Helena@koivuranta.example")
    return first, second


def page_of(academy) -> AcademyPage:
    return find_face(academy, academy.language)


def publish(academy, entry: str = WORKSHOP, *, gone: bool = False, **changed: Any) -> None:
    """Publish the source page with a changed entry."""
    page = page_of(academy)
    raw = [child for child in page.timeline.raw_data if not (gone and child["id"] == entry)]
    for child in raw:
        if child["id"] == entry:
            child["value"].update(changed)
    page.timeline = page.timeline.stream_block.to_python(raw)
    page.save_revision().publish()


def told(kind: str = MOVED) -> list[str]:
    return sorted(OutboxMail.objects.filter(kind=kind).values_list("to", flat=True))


def event_of(mail):
    return icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")[0]


ALL = ["aino@hiekka.example", "helena@koivuranta.example", "yrjo@koivuranta.example"]


def test_a_moved_session_is_told_to_every_member_once(academy, people, autumn):
    publish(academy, date="2023-10-11")
    assert told() == ALL
    for _again in range(2):
        autumn.shift(60)
        publish(academy)
    assert told() == ALL
    publish(academy, date="2023-10-12")
    assert told() == sorted(ALL * 2)


def test_the_mail_says_what_was_and_what_holds_and_moves_the_entry(academy, people, client, autumn):
    before = public(client, academy)
    autumn.shift(90)
    publish(academy, date="2023-10-11", starts="10:00:00", ends="12:00:00", place="Zoom")
    mail = OutboxMail.objects.get(kind=MOVED, to="helena@koivuranta.example")
    text = mail.text.replace("\xa0", " ").replace("\u2060", "")
    assert "ke 11.10.2023 klo 10–12 (" in text
    assert "ti 10.10.2023 klo 9.00–11.30, " in text
    assert SessionPage.objects.get(timeline_entry=WORKSHOP).full_url in text
    assert mail.subject.replace("\u2060", "") == "Siirretty: Työpaja 1, ke 11.10.2023 klo 10–12"
    assert (mail.calendar_method, mail.scope, mail.reply_to) == (
        "REQUEST",
        academy.translation_key,
        "organiser@osaamiskeskus.example",
    )
    event, now = event_of(mail), public(client, academy)
    assert event["uid"] == now["uid"] == before["uid"]
    assert event["dtstart"].dt == now["dtstart"].dt == datetime(2023, 10, 11, 7, tzinfo=UTC)
    assert event["sequence"] == now["sequence"] == before["sequence"] + 90
    assert event["dtstamp"].dt == now["dtstamp"].dt
    assert str(event["attendee"]) == "mailto:helena@koivuranta.example"
    assert mail.calendar.count("BEGIN:VEVENT") == mail.calendar.count("ATTENDEE") == 1
    assert "koivuranta" not in OutboxMail.objects.get(kind=MOVED, to="aino@hiekka.example").calendar


def public(client, academy):
    """The session in the academy's feed."""
    answer = client.get(reverse("keino_academy:feed", args=["fi", academy.code]))
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return next(event for event in found if str(event["uid"]).startswith(WORKSHOP))


def test_each_reads_their_own_language(academy, home, people):
    swedish = make_translation(page_of(academy), "sv", title="Ledning av cirkulära upphandlingar")
    raw = list(swedish.timeline.raw_data)
    for child in raw:
        child["value"]["title"] = f"sv {child['value']['title']}"
    swedish.timeline = swedish.timeline.stream_block.to_python(raw)
    swedish.save_revision().publish()
    publish(academy, date="2023-10-11")
    mail = OutboxMail.objects.get(kind=MOVED, to="yrjo@koivuranta.example")
    assert (mail.language, str(event_of(mail)["summary"])) == ("sv", "sv Työpaja 1")
    assert "Ledning av cirkulära upphandlingar" in mail.text
    assert "11.10.2023 kl. 9.00" in mail.text.replace("\xa0", " ")
    english = OutboxMail.objects.get(kind=MOVED, to="aino@hiekka.example")
    assert "11 October 2023" in english.text.replace("\xa0", " ")
    assert "10 October 2023" in english.text.replace("\xa0", " ")


def test_a_session_that_is_gone_is_cancelled_for_every_member_once(academy, people, autumn, client):
    before = public(client, academy)
    autumn.shift(90)
    publish(academy, gone=True)
    publish(academy)
    assert told(CANCELLED) == ALL
    assert told() == []
    mail = OutboxMail.objects.get(kind=CANCELLED, to="helena@koivuranta.example")
    assert mail.calendar_method == "CANCEL"
    event = event_of(mail)
    assert (event["uid"], event["sequence"]) == (before["uid"], before["sequence"] + 90)
    assert event["dtstart"].dt == before["dtstart"].dt
    assert str(event["summary"]) == SessionPage.objects.get(timeline_entry=WORKSHOP).title
    assert "ti 10.10.2023 klo 9.00" in mail.text.replace("\xa0", " ").replace("\u2060", "")


def test_only_those_of_the_academy_who_have_access_are_told(site, academy, people, make_user):
    first, _second = people
    left = make_member(first, "left@koivuranta.example")
    left.left_at = left.invited_at
    left.save()
    uninvited = make_member(first, "uninvited@koivuranta.example")
    uninvited.invited_at = None
    uninvited.save()
    make_member(first, "closed@koivuranta.example", user=make_user("closed", is_active=False))
    make_participation(academy, "ended@lampi.example", organisation="Lampi", ended_at=left.left_at)
    other = make_academy(site, title="Muu akatemia", slug="muu", code="muu")
    make_learning_pages(page_of(other))
    make_participation(other, "muu@muu.example", organisation="Muu")
    publish(academy, date="2023-10-11")
    assert told() == ALL
    publish(other, date="2023-10-13")
    assert told() == sorted([*ALL, "muu@muu.example"])
    mail = OutboxMail.objects.get(kind=MOVED, to="muu@muu.example")
    assert mail.scope == other.translation_key
    publish(other, gone=True)
    assert told(CANCELLED) == ["muu@muu.example"]


def test_what_is_no_session_or_is_over_is_changed_in_silence(academy, people, autumn):
    publish(academy, block_id("closing-event"), date="2024-02-02")
    publish(academy, block_id("kick-off"), date="2023-09-13")
    assert SessionTime.objects.get(entry_id=block_id("kick-off")).starts.date() == date(2023, 9, 13)
    publish(academy, block_id("kick-off"), gone=True)
    publish(academy, title="Toinen nimi", description="Toinen kuvaus", said="")
    assert told() == told(CANCELLED) == []


def test_a_session_that_had_begun_and_is_put_off_is_told(academy, people, autumn):
    autumn.move_to(datetime(2023, 10, 10, 18, tzinfo=HELSINKI))
    publish(academy, date="2023-10-24")
    assert told() == ALL


def test_a_new_place_alone_is_told(academy, people):
    publish(academy, place="Helsinki", online=False)
    mail = OutboxMail.objects.get(kind=MOVED, to="helena@koivuranta.example")
    assert str(event_of(mail)["location"]) == "Helsinki"
    assert "(Teams)" in mail.text
    assert mail.text.count("10.10.2023") == 1


def test_a_session_page_that_comes_later_is_followed_from_then_on(academy, home, people):
    publish(academy, block_id("workshop-2"), date="2023-11-23")
    assert told() == []
    add_page(home, SessionPage, title="Työpaja 2", slug="tyopaja-2", timeline_entry=block_id("workshop-2"))
    assert told() == []
    publish(academy, block_id("workshop-2"), date="2023-11-24")
    assert told() == ALL


def test_a_draft_tells_nobody(academy, people):
    page = page_of(academy)
    raw = list(page.timeline.raw_data)
    for child in raw:
        child["value"].pop("date", None)
    page.timeline = page.timeline.stream_block.to_python(raw)
    page.save_revision()
    assert told() == told(CANCELLED) == []


def test_a_whole_day_moves_as_a_whole_day(academy, people):
    publish(academy, starts=None, ends=None)
    publish(academy, date="2023-10-29")
    mail = OutboxMail.objects.filter(kind=MOVED, to="helena@koivuranta.example").latest("pk")
    event = event_of(mail)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2023, 10, 29), date(2023, 10, 30))
    publish(academy, gone=True)
    event = event_of(OutboxMail.objects.filter(kind=CANCELLED).latest("pk"))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2023, 10, 29), date(2023, 10, 30))


def test_sequences_only_rise_even_within_one_second(academy, people):
    seen = [SessionTime.objects.get(entry_id=WORKSHOP).sequence]
    for day in (11, 12, 13):
        publish(academy, date=f"2023-10-{day}")
        seen.append(SessionTime.objects.get(entry_id=WORKSHOP).sequence)
        mail = OutboxMail.objects.filter(kind=MOVED).latest("pk")
        assert event_of(mail)["sequence"] == seen[-1]
    assert seen == sorted(set(seen))
    publish(academy, gone=True)
    assert event_of(OutboxMail.objects.filter(kind=CANCELLED).latest("pk"))["sequence"] > seen[-1]


def test_once_the_academy_is_archived_nobody_is_told(academy, people, autumn):
    autumn.move_to(datetime(2025, 1, 2, tzinfo=HELSINKI))
    publish(academy, date="2025-10-10")
    assert told() == []


def test_noting_again_changes_nothing(academy, people):
    rows = list(SessionTime.objects.values())
    assert {row["entry_id"] for row in rows} == {block_id("kick-off"), WORKSHOP}
    moving.note_sessions(academy)
    assert moving.follow_sessions(academy, page_of(academy)) == 0
    assert list(SessionTime.objects.values()) == rows


def test_the_tell_is_undone_with_the_publication(academy, people):
    from django.db import transaction

    class UndoneError(Exception):
        pass

    with pytest.raises(UndoneError), transaction.atomic():
        publish(academy, date="2023-10-11")
        assert told() == ALL
        raise UndoneError
    assert told() == []
    assert SessionTime.objects.get(entry_id=WORKSHOP).starts == datetime(2023, 10, 10, 6, tzinfo=UTC)
