"""The organiser's week and day: who has booked what, each academy's for its own people."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import AcademyRight
from keino_academy.booking import actions
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import BookableSession, Booking, Host, Slot
from keino_academy.core.admin import READ_ACTION
from tests.booking.desks import make_organiser, own, said
from tests.factories.announcement import make_academy
from tests.factories.booking import HELSINKI, make_booking, make_series, make_session

WEEK, DAY = "keino_bookings:week", "keino_bookings:day"


@pytest.fixture
def organiser(academy, client):
    user = make_organiser(academy)
    client.force_login(user)
    return user


@pytest.fixture
def foreign(site, academy):
    """A series of another academy with a booking and a host in the same week."""
    other = make_academy(site, title="Toinen", slug="toinen", code="toinen")
    series = make_series(other, title="Vieras sarja")
    host = Host.objects.create(academy=other, name="Vieras Isäntä", email="v@example.org")
    series.slots.first().hosts.add(host)
    make_booking(series.slots.first(), person="Vieras Varaaja")
    return series


def show(client, name=WEEK, **query):
    answer = client.get(reverse(name), {"day": "2023-06-05", **query})
    assert answer.status_code == 200
    return answer


def test_a_week_shows_who_has_booked_what_with_whom_and_where(organiser, client, academy, series):
    slot = series.slots.first()
    slot.hosts.add(Host.objects.create(academy=academy, name="Otso Laine", email="o@example.org"))
    Slot.objects.filter(pk=slot.pk).update(place="Huone 2")
    make_booking(slot, person="Aino Mäki", organisation="Koivurannan kaupunki")
    Booking.objects.update(note="uusi päiväkoti")
    answer = show(client)
    assert said(answer, ".ka-desk__title") == ["Week 23 5–9 June 2023"]
    assert said(answer, ".ka-desk__sum") == ["9 times: 1 seat booked, 8 free."]
    assert said(answer, ".ka-plan__day") == [
        "Monday 5 Jun 3 times: 1 seat booked, 2 free",
        "Tuesday 6 Jun 3 times: 3 free",
        "Wednesday 7 Jun 3 times: 3 free",
        "Thursday 8 Jun no times",
        "Friday 9 Jun no times",
    ]
    assert said(answer, ".ka-plan__hours")[:3] == ["9:00–9:45", "10:00–10:45", "13:00–13:45"]
    text = said(answer, ".ka-sit")[0]
    for part in ("Koivurannan kaupunki", "Aino Mäki", "uusi päiväkoti", "Otso Laine", "Huone 2"):
        assert part in text
    assert said(answer, ".ka-sit")[1].startswith("free")
    assert said(answer, ".ka-desk__key") == ["The hours are Finnish time."]


def test_a_seat_that_is_kept_or_offered_names_nobody(organiser, client, series, frozen):
    first, second = series.slots.all()[:2]
    actions.hold(first, "visitor", nonce="h", language="fi")
    for slot in series.slots.exclude(pk__in=[first.pk, second.pk]):
        make_booking(slot)
    gone = make_booking(second, person="Peruuttaja")
    actions.join(series, Holder("w", "Jonokunta", "Jonottaja", "j@example.org"), nonce="w", language="fi")
    actions.cancel(gone)
    texts = said(show(client), ".ka-sit")
    assert texts[0].startswith("being filled in until 12:10")
    assert texts[1].startswith("offered until 11 May 2023, 12:00")
    assert "Peruuttaja cancelled 10 May 2023, 12:00" in texts[1]
    assert "Jonottaja" not in "".join(texts)
    frozen.shift(timedelta(minutes=10))
    assert said(show(client), ".ka-sit")[0].startswith("free")


def test_what_was_cancelled_is_struck_and_says_so(organiser, client, series):
    first, second = series.slots.all()[:2]
    actions.cancel(make_booking(first, person="Peruuttaja"))
    actions.cancel_slot(second)
    answer = show(client)
    assert said(answer, ".ka-sit s") == ["Peruuttaja", "10:00–10:45"]
    assert said(answer, ".ka-sit")[1].startswith("10:00–10:45 cancelled")
    assert said(answer, ".ka-desk__sum") == ["8 times: 8 free, 1 time cancelled."]


def test_parallel_times_stand_side_by_side(organiser, client, academy, series):
    slot = series.slots.first()
    Slot.objects.create(series=series, starts=slot.starts, ends=slot.ends)
    answer = show(client, DAY)
    assert said(answer, ".ka-plan__hours")[0] == "9:00–9:45"
    assert len(said(answer, ".ka-plan__side--2:first-of-type > .ka-sit")) >= 2
    assert len(said(answer, ".ka-plan__row:nth-of-type(1) .ka-sit--2")) == 1


def test_the_night_on_which_the_hour_comes_twice(organiser, client, series):
    start = datetime(2023, 10, 28, 23, 0, tzinfo=UTC)
    for number in range(4):
        at = start + timedelta(hours=number)
        Slot.objects.create(series=series, starts=at, ends=at + timedelta(minutes=45))
    assert said(show(client, DAY, day="2023-10-29"), ".ka-plan__hours") == [
        "2:00–2:45 (UTC+3)", "3:00–3:45 (UTC+3)", "3:00–3:45 (UTC+2)", "4:00–4:45 (UTC+2)",
    ]  # fmt: skip


def test_the_night_on_which_an_hour_is_skipped(organiser, client, series):
    for hour in (0, 1):
        at = datetime(2023, 3, 26, hour, 0, tzinfo=UTC)
        Slot.objects.create(series=series, starts=at, ends=at + timedelta(minutes=45))
    answer = show(client, DAY, day="2023-03-26")
    assert said(answer, ".ka-plan__hours") == ["2:00–2:45 (UTC+2)", "4:00–4:45 (UTC+3)"]


def test_a_day_begins_and_ends_at_the_academy_s_midnight(organiser, client, series):
    for at in (datetime(2023, 6, 12, 0, 0, tzinfo=HELSINKI), datetime(2023, 6, 12, 23, 30, tzinfo=HELSINKI)):
        Slot.objects.create(series=series, starts=at, ends=at + timedelta(minutes=15))
    assert said(show(client, DAY, day="2023-06-11"), ".ka-sit") == []
    assert len(said(show(client, DAY, day="2023-06-12"), ".ka-sit")) == 2
    assert said(show(client, DAY, day="2023-06-13"), ".ka-sit") == []
    assert len(said(show(client, day="2023-06-18"), ".ka-sit")) == 2


def test_two_academies_in_two_zones_each_keep_their_clock(site, client, academy, series):
    other = make_academy(site, title="Toinen", slug="toinen", code="toinen")
    other.time_zone = "Europe/Stockholm"
    other.save()
    at = series.slots.first().starts
    make_series(other, slots=[at], title="Tukholman sarja")
    client.force_login(make_organiser(academy, other))
    assert said(show(client, DAY), ".ka-plan__hours")[:2] == [
        "9:00–9:45 (Helsinki, UTC+3)", "8:00–8:45 (Stockholm, UTC+2)",
    ]  # fmt: skip


def test_two_academies_in_two_zones_each_keep_their_day(site, client, academy):
    other = make_academy(site, title="Toinen", slug="toinen", code="toinen")
    other.time_zone = "Europe/Stockholm"
    other.save()
    at = datetime(2023, 6, 6, 0, 30, tzinfo=HELSINKI)
    make_series(academy, slots=[at], title="Helsingin sarja")
    make_series(other, slots=[at], title="Tukholman sarja")
    client.force_login(make_organiser(academy, other))
    for day, title in (("2023-06-05", "Tukholman sarja"), ("2023-06-06", "Helsingin sarja")):
        assert said(show(client, DAY, day=day), ".ka-desk__of") == [title]


def test_only_the_user_s_academies_are_shown_and_offered_as_filters(organiser, client, series, foreign):
    text = show(client).content.decode()
    assert "Vieras" not in text
    host = Host.objects.get(name="Vieras Isäntä")
    for query in ({"series": foreign.pk}, {"host": host.pk}):
        answer = show(client, **query)
        assert set(answer.context["form"].errors) == set(query)
        assert "Vieras" not in answer.content.decode()
        assert len(said(answer, ".ka-sit")) == 9


@pytest.mark.parametrize("name", [WEEK, DAY, "keino_bookings:attendance", "keino_waiting:index"])
def test_without_the_right_nothing_opens(organiser, client, series, name):
    AcademyRight.objects.update(right=Right.READ)
    assert client.get(reverse(name)).status_code == 302
    assert "/keino_bookings/week/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    AcademyRight.objects.update(right=Right.BOOKINGS)
    assert "/keino_bookings/week/" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_it_is_filtered_by_series_and_by_host_and_the_ways_keep_that(organiser, client, academy, series):
    other = make_series(academy, slots=1, title="Sparraus")
    host = Host.objects.create(academy=academy, name="Otso Laine", email="o@example.org")
    series.slots.last().hosts.add(host)
    assert len(said(show(client), ".ka-sit")) == 10
    answer = show(client, series=other.pk)
    assert len(said(answer, ".ka-sit")) == 1
    assert said(answer, ".ka-desk__of") == ["Sparraus"]
    answer = show(client, host=host.pk)
    assert len(said(answer, ".ka-sit")) == 1
    assert f"?day=2023-06-12&amp;host={host.pk}" in answer.content.decode()


def test_an_empty_week_leads_to_where_there_are_times_and_to_the_plan(organiser, client, series):
    answer = client.get(reverse(WEEK))
    assert said(answer, ".ka-desk__title") == ["Week 19 8–12 May 2023"]
    text = answer.content.decode()
    assert f"{reverse(WEEK)}?day=2023-06-05" in text
    assert reverse("keino_slots:many") in text
    assert said(answer, ".ka-desk__empty p")[0] == "There are no times here."


@pytest.mark.parametrize("day", ["", "x", "0001-01-01", "9999-12-31", "2023-02-30"])
def test_a_day_that_makes_no_sense_is_today(organiser, client, series, day):
    for name in (WEEK, DAY):
        answer = client.get(reverse(name), {"day": day})
        assert answer.status_code == 200
        assert f"{reverse(DAY)}?day=2023-05-1" in answer.content.decode()


def test_reading_a_week_is_noted_once_for_each_academy_whose_bookings_it_shows(
    organiser, client, academy, series, foreign
):
    show(client)
    assert not ModelLogEntry.objects.filter(action=READ_ACTION).exists()
    for slot in series.slots.all()[:3]:
        make_booking(slot)
    show(client)
    entry = ModelLogEntry.objects.get(action=READ_ACTION)
    assert (entry.object_id, entry.user) == (str(academy.pk), organiser)
    assert entry.data == {"model": "keino_academy.Booking", "first": "2023-06-05", "last": "2023-06-11"}


def test_a_title_is_in_the_user_s_language(organiser, client, academy, series):
    make_session(academy, "sv", source=BookableSession.objects.get())
    UserProfile.objects.filter(user=organiser).update(preferred_language="sv")
    assert said(show(client), ".ka-desk__of") == ["Samtal om akademin för cirkulär ekonomi"]


@pytest.mark.parametrize("name", [WEEK, DAY])
def test_it_asks_as_often_for_200_times_as_for_one(organiser, client, academy, name):
    series = make_series(academy, slots=1)
    host = Host.objects.create(academy=academy, name="Otso Laine", email="o@example.org")
    slot = series.slots.get()
    slot.hosts.add(host)
    make_booking(slot)
    show(client, name)
    with CaptureQueriesContext(connection) as few:
        show(client, name)
    many = [
        Slot(
            series=series,
            starts=slot.starts + timedelta(minutes=4 * n),
            ends=slot.ends + timedelta(minutes=4 * n),
        )
        for n in range(1, 200)
    ]
    for made in Slot.objects.bulk_create(many):
        made.hosts.add(host)
        Booking.objects.create(
            slot=made, series=series, seat=1, holder=f"k{made.pk}", holder_key=f"k{made.pk}",
            person=f"P {made.pk}", language="fi", uid=f"u{made.pk}", nonce=f"n{made.pk}",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        answer = show(client, name)
    assert len(said(answer, ".ka-sit")) == 200
    # Times, hosts, bookings, who waits, and the two filters.
    assert (own(few), own(more)) == (6, 6)
    assert len(few) == len(more)
