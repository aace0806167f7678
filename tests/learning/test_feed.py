"""A member's own calendar: the organisation's bookings and the sessions, as long as one is a member."""

from datetime import datetime, timedelta

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino_academy.booking import actions as booking_actions
from keino_academy.booking.models import PersonalFeed
from keino_academy.learning import actions
from keino_academy.learning.models import SessionPage
from tests.conftest import HELSINKI, TODAY
from tests.factories.academy_texts import block_id
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application
from tests.factories.booking import make_booking, make_series
from tests.factories.learning import make_learning_pages, make_member, make_participation
from tests.learning.conftest import AUTUMN

MAKE, RENEW = "keino_academy:my_feed", "keino_academy:my_feed_renew"


@pytest.fixture
def application(academy, autumn):
    """Sent while the call was open."""
    autumn.move_to(TODAY)
    made = make_application(academy)
    autumn.move_to(AUTUMN)
    return made


@pytest.fixture
def member(academy, home, application, make_user):
    participation = make_participation(academy, user=make_user("reader"), application=application)
    return participation.members.get()


@pytest.fixture
def reader(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def feed(academy, member):
    return booking_actions.make_feed(academy, f"member:{member.pk}", "fi")


def path(feed):
    feed.refresh_from_db()
    return reverse("keino_academy:personal_feed", kwargs={"language": "fi", "secret": feed.secret})


def events(response):
    assert response.status_code == 200
    found = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["uid"]): event for event in found}


def uid(academy, name):
    return f"{block_id(name)}.{academy.translation_key}@keino-academy"


def section(client, home):
    page = BeautifulSoup(client.get(home.url).content, "html.parser")
    return page.select_one("[aria-labelledby=ka-feed]")


def booked(academy, key, **fields):
    """A time in the coming weeks, booked under the key."""
    days = {"books_from": AUTUMN.date(), "books_until": (AUTUMN + timedelta(days=60)).date()}
    series = make_series(academy, slots=[AUTUMN + timedelta(days=9)], one_per_holder=False, **days)
    return make_booking(series.slots.get(), key=key, **fields)


def test_it_holds_sessions_with_their_place_and_the_organisation_s_bookings(
    client, academy, home, application, feed
):
    mine = booked(academy, f"application:{application.pk}")
    other = booked(academy, "application:999")
    found = events(client.get(path(feed)))
    assert len(found) == 10
    assert mine.uid in found
    assert other.uid not in found
    workshop = SessionPage.objects.child_of(home).last()
    event = found[uid(academy, "workshop-1")]
    assert event["dtstart"].dt == datetime(2023, 10, 10, 9, tzinfo=HELSINKI)
    assert "Teams" in event["location"]
    assert str(event["url"]) == workshop.full_url
    assert f"#entry-{block_id('workshop-2')}" in found[uid(academy, "workshop-2")]["url"]


def test_the_join_link_is_there_when_it_is_on_the_page(client, academy, home, feed, member, autumn):
    link = "https://meet.example/2"
    assert link not in client.get(path(feed)).content.decode()
    autumn.move_to(datetime(2023, 10, 10, 8, 45, tzinfo=HELSINKI))
    assert link in events(client.get(path(feed)))[uid(academy, "workshop-1")]["description"]
    member.user = None
    member.save()
    assert link not in client.get(path(feed)).content.decode(), "may() knows accounts only"
    autumn.move_to(datetime(2023, 10, 10, 11, 30, tzinfo=HELSINKI))
    assert link not in client.get(path(feed)).content.decode()


def leave(member):
    actions.mark_left(member)


def leave_by_row(member):
    type(member).objects.filter(pk=member.pk).update(left_at=timezone.now())


def end(member):
    actions.end_participation(member.participation.application)


def end_by_row(member):
    member.participation.ended_at = timezone.now()
    member.participation.save()


def close_account(member):
    member.user.is_active = False
    member.user.save()


def correct_address(member):
    application = member.participation.application
    application.contact_email = "right@koivuranta.example"
    application.save()
    actions.correct_contacts_address(application, member.email)


@pytest.mark.parametrize(
    "out",
    [leave, leave_by_row, end, end_by_row, close_account, correct_address],
    ids=lambda out: out.__name__,
)
def test_who_is_out_gets_nothing_at_the_very_next_fetch(client, feed, member, out):
    address = path(feed)
    etag = client.get(address)["ETag"]
    out(member)
    answer = client.get(address, headers={"if-none-match": etag})
    assert answer.status_code == 404
    unknown = client.get(address.replace(feed.secret, "x" * 32))
    assert answer.content == unknown.content.replace(b"x" * 32, feed.secret.encode())


def test_an_archived_academy_has_no_members_calendars(client, feed, autumn):
    autumn.move_to(datetime(2024, 12, 30, tzinfo=HELSINKI))
    assert client.get(path(feed)).status_code == 200
    autumn.move_to(datetime(2025, 1, 2, tzinfo=HELSINKI))
    assert client.get(path(feed)).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_a_fetch_asks_as_much_for_thirty_bookings_and_twelve_sessions(
    client, academy, make_user, number, django_assert_num_queries, application
):
    from keino_academy.announcement.queries import find_face

    make_learning_pages(find_face(academy, "fi"), sessions=2 if number == 1 else 12)
    participation = make_participation(academy, user=make_user("reader"), application=application)
    for _time in range(number):
        booked(academy, f"application:{application.pk}")
    feed = booking_actions.make_feed(academy, f"member:{participation.members.get().pk}", "fi")
    address = path(feed)
    client.get(address)
    with django_assert_num_queries(20):
        found = events(client.get(address))
    assert len(found) == 9 + number


def test_a_member_makes_and_renews_it_on_my_academy(reader, academy, home, member, autumn):
    made = reverse(MAKE, args=["fi", academy.code])
    assert section(reader, home).select_one(f"form[action='{made}'][method=post]")
    assert reader.get(made)["Location"] == f"{home.url}#ka-feed"
    assert not PersonalFeed.objects.exists()
    for _twice in range(2):
        assert reader.post(made)["Location"] == f"{home.url}#ka-feed"
    feed = PersonalFeed.objects.get()
    assert feed.holder == f"member:{member.pk}"
    old = path(feed)
    assert section(reader, home).select_one("input")["value"] == f"http://localhost{old}"
    Client().get(old, headers={"user-agent": "Google-Calendar-Importer"})
    autumn.shift(timedelta(hours=14))
    assert "Google Calendar" in section(reader, home).get_text()
    renew = reverse(RENEW, args=["fi", academy.code])
    assert reader.get(renew).status_code == 200
    assert path(feed) == old
    reader.post(renew)
    assert path(feed) != old
    assert Client().get(old).status_code == 404


def test_others_make_none(client, site, academy, home, member, make_user):
    other = make_academy(site, title="Muu akatemia", slug="muu", code="muu")
    client.force_login(make_participation(other, user=make_user("other")).members.get().user)
    for name in (MAKE, RENEW):
        address = reverse(name, args=["fi", academy.code])
        assert client.post(address).status_code == 403
        assert Client().post(address).status_code == 302
    leave_by_row(member)
    client.force_login(member.user)
    assert client.post(reverse(MAKE, args=["fi", academy.code])).status_code == 403
    assert not PersonalFeed.objects.exists()


def test_an_organiser_reads_the_home_without_one(client, home, make_user):
    client.force_login(make_user("boss", is_superuser=True))
    assert section(client, home) is None


def test_a_member_who_left_elsewhere_keeps_the_other_one(client, site, academy, home, member, feed):
    make_member(member.participation, "yrjo@koivuranta.example")
    other = booking_actions.make_feed(academy, f"member:{member.participation.members.last().pk}", "fi")
    leave(member.participation.members.last())
    assert client.get(path(feed)).status_code == 200
    assert not PersonalFeed.objects.filter(pk=other.pk).exists()
