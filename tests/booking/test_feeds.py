"""A calendar of one's own: what stands in it, who may have it, how it is renewed, what is noted."""

from datetime import UTC, timedelta

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from keino_academy.announcement.models import Academy
from keino_academy.booking import actions
from keino_academy.booking.feeds import feed_url
from keino_academy.booking.fetchers import program_of
from keino_academy.booking.models import Booking, Host, PersonalFeed
from keino_academy.booking.queries import booking_url
from tests.booking.test_book import own
from tests.conftest import TODAY
from tests.factories.announcement import make_academy_page
from tests.factories.applications import make_application
from tests.factories.booking import make_booking, make_series
from tests.factories.site import make_translation

EMAIL = "aino@koivuranta.example"


@pytest.fixture
def booking(series) -> Booking:
    slot = series.slots.order_by("starts").first()
    slot.join_link = "https://teams.example/k/7m4q"
    slot.save()
    return make_booking(slot, email=EMAIL)


@pytest.fixture
def feed(academy, booking) -> PersonalFeed:
    return actions.make_feed(academy, f"email:{EMAIL}", "fi")


@pytest.fixture
def guest(client, booking) -> Client:
    """A browser that came by the link in the mail."""
    client.get(booking_url(booking))
    return client


def path(feed, language="fi"):
    feed.refresh_from_db()
    return reverse("keino_academy:personal_feed", kwargs={"language": language, "secret": feed.secret})


def events(response):
    assert response.status_code == 200
    found = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["uid"]): event for event in found}


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_it_holds_the_booking_as_it_was_mailed_and_the_academy_s_dates(client, academy, feed, booking):
    response = client.get(path(feed))
    found = events(response)
    public = events(client.get(reverse("keino_academy:feed", args=["fi", academy.code])))
    assert set(found) == {booking.uid, *public}
    assert all(found[uid] == event for uid, event in public.items())
    event = found[booking.uid]
    assert (event["dtstart"].dt, event["dtend"].dt) == (booking.slot.starts, booking.slot.ends)
    assert (event["sequence"], event["dtstamp"].dt) == (0, TODAY.astimezone(UTC))
    assert f"http://localhost{booking_url(booking)}" in event["description"]
    assert "https://teams.example/k/7m4q" in event["description"]
    calendar = icalendar.Calendar.from_ical(response.content)
    assert "method" not in calendar
    assert not calendar.walk("VEVENT")[0].get("attendee")


def test_it_is_kept_by_its_one_reader_who_asks_whether_it_holds(client, feed, frozen):
    first = client.get(path(feed))
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Content-Disposition"] == 'inline; filename="kiertotalous-2023.ics"'
    frozen.shift(3600)
    again = client.get(path(feed), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path(feed)).content == first.content
    for answer in (first, again):
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-cache", "strict-origin")
        assert "Vary" not in answer or "Cookie" not in answer["Vary"]
        assert not answer.cookies
    assert client.head(path(feed)).status_code == 200
    assert client.post(path(feed)).status_code == 405


def test_what_happens_to_a_booking_is_there_at_the_next_fetch(client, feed, booking, series, frozen):
    etag = client.get(path(feed))["ETag"]
    frozen.shift(60)
    target = series.slots.order_by("starts")[1]
    actions.move(booking, target)
    moved = client.get(path(feed), headers={"if-none-match": etag})
    event = events(moved)[booking.uid]
    assert (event["dtstart"].dt, event["sequence"]) == (target.starts, 1)
    assert event["dtstamp"].dt == TODAY + timedelta(minutes=1)
    target.refresh_from_db()
    target.starts += timedelta(minutes=15)
    actions.change_slot(target)
    changed = client.get(path(feed), headers={"if-none-match": moved["ETag"]})
    event = events(changed)[booking.uid]
    assert (event["dtstart"].dt, event["sequence"]) == (target.starts, 2)
    actions.cancel_slot(target)
    gone = client.get(path(feed), headers={"if-none-match": changed["ETag"]})
    assert booking.uid not in events(gone)


def test_it_speaks_the_language_of_its_address(client, feed, booking, academy):
    from keino_academy.announcement.queries import find_face

    make_translation(find_face(academy, "fi"), "sv", title="Ledning av cirkulära upphandlingar")
    text = client.get(path(feed, "sv")).content.decode().replace("\r\n ", "")
    assert "Ledning av cirkulära upphandlingar" in text
    assert booking_url(booking, "sv") in text


def test_nobody_else_s_bookings_are_in_it(client, site, feed, booking, series):
    slots = series.slots.order_by("starts")
    other = make_booking(slots[2], email="eino@koivuranta.example")
    page = make_academy_page(site, slug="toinen", code="toinen")
    elsewhere = make_series(Academy.objects.get(translation_key=page.translation_key))
    same = make_booking(elsewhere.slots.first(), email=EMAIL)
    found = events(client.get(path(feed)))
    assert booking.uid in found
    assert not {other.uid, same.uid} & set(found)
    assert len(found) == 10


@pytest.mark.parametrize("number", [1, 30])
def test_a_fetch_asks_as_much_for_thirty_bookings_as_for_one(
    client, academy, number, django_assert_num_queries
):
    series = [make_series(academy, slots=number, one_per_holder=False), make_series(academy, slots=1)]
    for one in series:
        for slot in one.slots.all():
            make_booking(slot, email=EMAIL)
    # The feed, the page's two, bookings, sessions, two of restrictions, the publication, and the note.
    feed = actions.make_feed(academy, f"email:{EMAIL}", "fi")
    address = path(feed)
    client.get(address)
    with django_assert_num_queries(9):
        found = events(client.get(address))
    assert len(found) == 9 + number + 1


def test_a_closed_page_tells_nothing_of_its_dates(client, feed, booking, academy):
    from wagtail.models import PageViewRestriction

    from keino_academy.announcement.queries import find_face

    page = find_face(academy, "fi")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert set(events(client.get(path(feed)))) == {booking.uid}
    page.unpublish()
    assert set(events(client.get(path(feed)))) == {booking.uid}


@pytest.mark.parametrize("secret", ["", "x" * 32, "a%00b", "../1", "%2e%2e"])
def test_an_unknown_secret_and_a_dead_one_are_answered_alike(client, feed, secret):
    old = path(feed)
    dead = client.get(old.replace(feed.secret, feed.secret[::-1]))
    answer = client.get(old.replace(feed.secret, secret))
    assert answer.status_code == dead.status_code == 404
    assert "BEGIN:" not in answer.content.decode()
    if len(secret) == len(feed.secret):
        assert dead["Cache-Control"] == answer["Cache-Control"]
        assert "no-store" in answer["Cache-Control"]
        assert dead.content == answer.content.replace(secret.encode(), feed.secret[::-1].encode())


@pytest.mark.parametrize(
    ("agent", "program"),
    [
        ("Google-Calendar-Importer", "Google Calendar"),
        ("Mozilla/4.0 (compatible; ms-office; MSOffice 16)", "Outlook"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.1; Pro)", "Outlook"),
        ("iOS/16.5 (20F66) dataaccessd/1.0", "Apple Calendar"),
        ("macOS/13.4 (22F66) CalendarAgent/988", "Apple Calendar"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.11", "Thunderbird"),
        ("curl/7.88", ""),
        ("", ""),
    ],
)
def test_programs_are_told_by_what_they_call_themselves(agent, program):
    assert program_of(agent) == program


def test_a_fetch_is_noted_once_a_minute_also_when_nothing_is_new(client, feed, frozen):
    google = {"user-agent": "Google-Calendar-Importer"}
    etag = client.get(path(feed), headers=google)["ETag"]
    assert noted(feed) == (TODAY, "Google Calendar")
    frozen.shift(59)
    client.get(path(feed), headers={"user-agent": "Thunderbird/115"})
    assert noted(feed) == (TODAY, "Google Calendar")
    frozen.shift(1)
    again = {"user-agent": "Mozilla Thunderbird/115", "if-none-match": etag}
    assert client.get(path(feed), headers=again).status_code == 304
    assert noted(feed) == (TODAY + timedelta(minutes=1), "Thunderbird")
    frozen.shift(60)
    client.head(path(feed))
    assert noted(feed)[0] == TODAY + timedelta(minutes=1)


def noted(feed):
    feed.refresh_from_db()
    return feed.fetched_at, feed.fetched_by


def test_the_owner_makes_it_by_a_button_and_sees_who_fetches_it(guest, booking, frozen):
    page = guest.get(own("booking", booking.reference))
    assert not PersonalFeed.objects.exists()
    assert soup(page).select_one(f"form[action='{own('booking_feed', booking.reference)}'][method=post]")
    guest.get(own("booking_feed", booking.reference))
    assert not PersonalFeed.objects.exists()
    for _twice in range(2):
        answer = guest.post(own("booking_feed", booking.reference))
        assert answer.status_code == 303
        assert answer["Location"] == f"{own('booking', booking.reference)}#ka-feed"
    feed = PersonalFeed.objects.get()
    section = shown(guest, booking)
    assert section.select_one("input")["value"] == feed_url(feed) == f"http://localhost{path(feed)}"
    assert section.select_one("a")["href"] == f"webcal://localhost{path(feed)}"
    assert "14" not in section.get_text()
    Client().get(path(feed), headers={"user-agent": "Google-Calendar-Importer"})
    frozen.shift(timedelta(hours=14, minutes=20))
    text = " ".join(shown(guest, booking).get_text().split())
    assert "14" in text
    assert "Google Calendar" in text


def shown(guest, booking):
    return soup(guest.get(own("booking", booking.reference))).select_one("[aria-labelledby=ka-feed]")


def test_renewing_asks_first_and_kills_the_old_address_at_once(guest, booking, feed, client):
    old = path(feed)
    Client().get(old)
    question = guest.get(own("booking_feed_renew", booking.reference))
    assert question.status_code == 200
    assert path(feed) == old
    answer = guest.post(own("booking_feed_renew", booking.reference))
    assert answer.status_code == 303
    assert path(feed) != old
    assert (feed.fetched_at, feed.fetched_by) == (None, "")
    assert Client().get(old).status_code == 404
    assert Client().get(path(feed)).status_code == 200


def test_who_typed_an_address_is_not_given_its_calendar(client, series, booking, feed):
    """Booking with another's address opens one's own booking only, until the mail's link is used."""
    from keino_academy.core.doors import open_door

    def door(request):
        open_door(request, "booking", booking.reference)

    session = client.session
    request = type("Request", (), {"session": session})()
    door(request)
    session.save()
    page = client.get(own("booking", booking.reference))
    assert page.status_code == 200
    assert feed.secret not in page.content.decode()
    for name in ("booking_feed", "booking_feed_renew"):
        assert client.get(own(name, booking.reference)).status_code == 404
        assert client.post(own(name, booking.reference)).status_code == 404
    client.get(booking_url(booking))
    assert feed.secret in client.get(own("booking", booking.reference)).content.decode()


def test_an_application_has_one_with_all_its_bookings(client, academy, series):
    application = make_application(academy)
    key = f"application:{application.pk}"
    booking = make_booking(series.slots.first(), key=key)
    other = make_booking(make_series(academy).slots.first(), key=key)
    client.get(booking_url(booking))
    client.post(own("booking_feed", booking.reference))
    feed = PersonalFeed.objects.get()
    assert {booking.uid, other.uid} < set(events(client.get(path(feed))))
    type(application).objects.filter(pk=application.pk).update(state="erased")
    assert client.get(path(feed)).status_code == 404


def test_a_corrected_address_ends_the_calendar_that_may_be_a_stranger_s(client, academy, series):
    application = make_application(academy)
    key = f"application:{application.pk}"
    make_booking(series.slots.first(), key=key, email=EMAIL)
    feed, other = (actions.make_feed(academy, holder, "fi") for holder in (key, f"email:{EMAIL}"))
    address = path(feed)
    actions.correct_bookers_address(key, EMAIL, "right@koivuranta.example")
    assert client.get(address).status_code == 404
    assert client.get(path(other)).status_code == 200


@pytest.mark.parametrize("holder", ["nobody:1", "application:1", "member:1", "host:1", "host:x", "visitor:1"])
def test_for_whom_nobody_answers_there_is_none(client, academy, holder):
    assert client.get(path(actions.make_feed(academy, holder, "fi"))).status_code == 404


@pytest.fixture
def host(academy) -> Host:
    return Host.objects.create(academy=academy, name="Kaisa Kierto", email="kaisa@keskus.example")


def test_a_host_reads_who_comes_and_no_free_times(client, academy, series, host):
    application = make_application(academy)
    first, second, _free, other = series.slots.order_by("starts")[:4]
    for slot in (first, second, _free):
        slot.hosts.add(host)
    make_booking(other, email="muu@koivuranta.example")
    coming = {"organisation": "Koivurannan kaupunki", "person": "Aino Mäki"}
    booking = make_booking(first, key=f"application:{application.pk}", **coming)
    Booking.objects.filter(pk=booking.pk).update(note="Katso http://evil.example\nja tule")
    actions.cancel(make_booking(second, email="eino@koivuranta.example"))
    feed = actions.make_feed(academy, f"host:{host.pk}", "fi")
    found = events(client.get(path(feed)))
    mine = {uid: event for uid, event in found.items() if uid.startswith("slot-")}
    assert set(mine) == {f"slot-{first.pk}.{academy.translation_key}@keino-academy"}
    assert len(found) == 10
    (event,) = mine.values()
    assert event["dtstart"].dt == first.starts
    assert str(event["summary"]) == "Keskustelu kiertotalouden akatemiasta: Koivurannan kaupunki"
    lines = str(event["description"]).replace("\u2060", "").split("\n")
    assert lines[0] == "Aino Mäki, Koivurannan kaupunki"
    assert application.reference in lines[1]
    assert lines[2:4] == ["Katso http://evil.example", "ja tule"]
    assert "http://evil" not in event["description"], "what a stranger typed is no link"
    assert booking.secret not in event["description"]
    assert "koivuranta.example" not in event["description"]


def test_a_host_s_sequence_rises_with_whatever_happens_to_the_slot(client, academy, host):
    series = make_series(academy, slots=2, seats=3)
    slot, other = series.slots.order_by("starts")
    slot.hosts.add(host)
    feed = actions.make_feed(academy, f"host:{host.pk}", "fi")
    uid = f"slot-{slot.pk}.{academy.translation_key}@keino-academy"
    first = make_booking(slot)
    seen = [sequence(client, feed, uid)]
    second = make_booking(slot)
    seen.append(sequence(client, feed, uid))
    actions.move(second, other)
    seen.append(sequence(client, feed, uid))
    actions.cancel(make_booking(slot))
    seen.append(sequence(client, feed, uid))
    slot.refresh_from_db()
    slot.starts += timedelta(minutes=5)
    actions.change_slot(slot)
    seen.append(sequence(client, feed, uid))
    assert seen == sorted(set(seen))
    actions.cancel(first)
    assert uid not in events(client.get(path(feed)))


def sequence(client, feed, uid):
    return int(events(client.get(path(feed)))[uid]["sequence"])


@pytest.mark.parametrize("number", [1, 30])
def test_a_host_s_fetch_asks_as_much_for_thirty(client, academy, host, number, django_assert_num_queries):
    application = make_application(academy)
    series = make_series(academy, slots=number, one_per_holder=False)
    for slot in series.slots.all():
        slot.hosts.add(host)
        make_booking(slot, key=f"application:{application.pk}")
    feed = actions.make_feed(academy, f"host:{host.pk}", "fi")
    address = path(feed)
    client.get(address)
    with django_assert_num_queries(12):
        found = events(client.get(address))
    assert len(found) == 9 + number


def test_a_host_who_is_gone_or_another_academy_s_has_none(client, site, academy, host):
    feed = actions.make_feed(academy, f"host:{host.pk}", "fi")
    assert client.get(path(feed)).status_code == 200
    page = make_academy_page(site, slug="toinen", code="toinen")
    host.academy = Academy.objects.get(translation_key=page.translation_key)
    host.save()
    assert client.get(path(feed)).status_code == 404
    host.delete()
    assert client.get(path(feed)).status_code == 404


def test_the_organiser_makes_and_renews_a_host_s_address(admin_client, academy, host):
    address = reverse("keino_hosts:feed", args=[host.pk])
    assert admin_client.get(address).status_code == 200
    assert not PersonalFeed.objects.exists()
    for _twice in range(2):
        assert admin_client.post(address)["Location"] == address
    feed = PersonalFeed.objects.get()
    old = path(feed)
    assert f"http://localhost{old}" in admin_client.get(address).content.decode()
    question = admin_client.get(f"{address}?renew=1")
    assert old not in question.content.decode()
    assert path(feed) == old
    admin_client.post(address, {"renew": "1"})
    assert path(feed) != old
    assert address in admin_client.get(reverse("keino_hosts:edit", args=[host.pk])).content.decode()
    assert address in admin_client.get(reverse("keino_hosts:index")).content.decode()


def test_a_name_of_ten_thousand_characters_and_line_breaks_breaks_no_file(client, academy, host, series):
    slot = series.slots.first()
    slot.hosts.add(host)
    booking = make_booking(slot, email=EMAIL)
    nasty = "A\r\nATTENDEE:mailto:x@evil.example\x0b\x00 " + "ä" * 10_000
    Booking.objects.filter(pk=booking.pk).update(
        note=nasty.replace("\x00", ""), person="B\nEND:VCALENDAR"[:120]
    )
    feed = actions.make_feed(academy, f"host:{host.pk}", "fi")
    text = client.get(path(feed)).content.decode()
    assert "\nATTENDEE" not in text
    assert text.count("\nEND:VCALENDAR") == 1
    assert len(events(client.get(path(feed)))) == 10
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
