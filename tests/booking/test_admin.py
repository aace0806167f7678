"""Times, bookings and sessions in the admin, each academy's for its own people."""

from datetime import UTC, datetime, time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import AcademyRight
from keino_academy.announcement.queries import find_face
from keino_academy.booking.models import BookableSession, Booking, Slot, SlotSeries
from keino_academy.core.models import OutboxMail
from tests.factories.booking import make_booking, make_series, make_session


def test_lists_show_the_academy_s_own(organiser, client, series, foreign):
    make_booking(series.slots.first(), person="Aino Mäki")
    slots = client.get(reverse("keino_slots:index"))
    assert slots.status_code == 200
    assert "5.6.2023" in slots.content.decode().replace("\u2060", "")
    assert {slot.series_id for slot in slots.context["object_list"]} == {series.pk}
    assert "Vieras sarja" not in slots.content.decode()
    bookings = client.get(reverse("keino_bookings:index")).content.decode()
    assert "Aino Mäki" in bookings
    assert "Vieras" not in bookings


@pytest.mark.parametrize("name", ["keino_slots:edit", "keino_slots:cancel", "keino_slots:history"])
def test_foreign_slots_are_not_there(organiser, client, foreign, name):
    address = reverse(name, args=[foreign.slots.first().pk])
    assert client.get(address, follow=True).status_code == 404
    client.post(address)
    assert Slot.objects.filter(cancelled_at=None).count() == foreign.slots.count()


@pytest.mark.parametrize("name", ["keino_bookings:inspect", "keino_bookings:cancel"])
def test_foreign_bookings_are_not_there(organiser, client, foreign, name):
    address = reverse(name, args=[foreign.bookings.get().pk])
    assert client.get(address, follow=True).status_code == 404
    client.post(address)
    assert foreign.bookings.get().state == "booked"


def test_without_the_right_nothing_opens(client, series, organiser):
    AcademyRight.objects.update(right=Right.READ)
    for name in ("keino_slots:index", "keino_slots:add", "keino_bookings:index"):
        assert client.get(reverse(name)).status_code == 302
        assert client.post(reverse(name)).status_code == 302


def test_one_time_is_added_in_the_academy_s_clock(organiser, client, series):
    data = {
        "series": series.pk, "day": "2023-06-20", "starts_at": "13:30", "ends_at": "14:15", "seats": 3,
        "place": "", "join_link": "", "hosts": [],
    }  # fmt: skip
    answer = client.post(reverse("keino_slots:add"), data)
    assert answer.status_code == 302
    slot = series.slots.last()
    assert (slot.starts, slot.seats) == (datetime(2023, 6, 20, 10, 30, tzinfo=UTC), 3)
    edit = client.get(reverse("keino_slots:edit", args=[slot.pk]))
    assert edit.context["form"].initial["starts_at"] == time(13, 30)


def test_a_changed_time_is_told_to_those_who_booked(organiser, client, series):
    slot = series.slots.first()
    booking = make_booking(slot)
    data = {
        "series": series.pk, "day": "2023-06-05", "starts_at": "09:30", "ends_at": "10:15", "seats": 1,
        "place": "Huone 1", "join_link": "", "hosts": [],
    }  # fmt: skip
    assert client.post(reverse("keino_slots:edit", args=[slot.pk]), data).status_code == 302
    booking.refresh_from_db()
    assert booking.sequence == 1
    mail = OutboxMail.objects.get(kind="booking/changed")
    assert (mail.calendar_method, mail.to) == ("REQUEST", booking.email)
    assert "DTSTART:20230605T063000Z" in mail.calendar
    client.post(reverse("keino_slots:edit", args=[slot.pk]), data)
    assert OutboxMail.objects.filter(kind="booking/changed").count() == 1


def test_seats_that_are_booked_stay(organiser, client, academy):
    slot = make_series(academy, slots=1, seats=2).slots.get()
    for _ in range(2):
        make_booking(slot)
    data = {
        "series": slot.series_id, "day": "2023-06-05", "starts_at": "09:00", "ends_at": "09:45", "seats": 1,
        "place": "", "join_link": "", "hosts": [],
    }  # fmt: skip
    page = client.post(reverse("keino_slots:edit", args=[slot.pk]), data)
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    slot.refresh_from_db()
    assert slot.seats == 2


def test_cancelling_a_slot_asks_first_and_tells_its_bookers(organiser, client, series):
    slot = series.slots.first()
    make_booking(slot)
    address = reverse("keino_slots:cancel", args=[slot.pk])
    assert client.get(address).status_code == 200
    slot.refresh_from_db()
    assert slot.cancelled_at is None
    assert client.post(address).status_code == 302
    slot.refresh_from_db()
    assert slot.cancelled_at is not None
    assert OutboxMail.objects.filter(kind="booking/slot_cancelled").count() == 1


def test_the_organiser_cancels_a_booking(organiser, client, series):
    booking = make_booking(series.slots.first())
    address = reverse("keino_bookings:cancel", args=[booking.pk])
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    booking.refresh_from_db()
    assert (booking.state, booking.cancelled_by_organiser) == ("cancelled", True)
    assert client.get(reverse("keino_bookings:inspect", args=[booking.pk])).status_code == 200


def test_bookings_are_neither_edited_nor_deleted(organiser, client, series):
    booking = make_booking(series.slots.first())
    for name in ("edit", "delete"):
        assert client.get(reverse(f"keino_bookings:{name}", args=[booking.pk])).status_code == 302
        assert client.post(reverse(f"keino_bookings:{name}", args=[booking.pk])).status_code == 302
    assert client.get(reverse("keino_bookings:add")).status_code == 302
    assert Booking.objects.get().person == booking.person


def session_data(academy, **fields) -> dict:
    return {
        "title": "Keskustelu", "text": "", "preparation": "null", "place": "", "hosts_said": "",
        "academy": academy.pk, "purpose": "discussion", "minutes": 30, "books_from": "", "books_until": "",
        "audience": "anyone", "change_until_hours": 12, "one_per_holder": "on", "waiting_list": "on", "offer_hours": 24,
        "remind_hours": 24, "remind_soon_minutes": 0, **fields,
    }  # fmt: skip


def test_publishing_a_session_writes_its_series_and_a_draft_does_not(organiser, client, academy):
    address = reverse(BookableSession.snippet_viewset.get_url_name("add"))
    assert client.get(address).status_code == 200
    assert client.post(address, session_data(academy)).status_code == 302
    session = BookableSession.objects.get()
    assert not session.live
    assert SlotSeries.objects.count() == 0
    edit = reverse(BookableSession.snippet_viewset.get_url_name("edit"), args=[session.pk])
    client.post(edit, session_data(academy, **{"action-publish": "1"}))
    series = SlotSeries.objects.get()
    assert (series.minutes, series.change_until_hours, series.published) == (30, 12, True)


def test_foreign_sessions_are_neither_opened_nor_saved(organiser, client, academy, foreign):
    session = BookableSession.objects.get(academy=foreign.academy)
    names = ("edit", "delete", "history", "usage", "unpublish")
    for name in names:
        address = reverse(BookableSession.snippet_viewset.get_url_name(name), args=[session.pk])
        assert client.get(address, follow=True).status_code == 404
        assert client.post(address, session_data(academy, title="Vallattu"), follow=True).status_code == 404
    session.refresh_from_db()
    assert (session.title, session.live) == ("Vieras sarja", True)
    listing = client.get(reverse(BookableSession.snippet_viewset.get_url_name("list")))
    assert "Vieras sarja" not in listing.content.decode()
    address = reverse(BookableSession.snippet_viewset.get_url_name("add"))
    page = client.post(address, session_data(foreign.academy))
    assert "academy" in page.context["form"].errors


def test_a_stale_translation_changes_nothing(academy):
    source = make_session(academy, minutes=45)
    translation = make_session(academy, "sv", source=source, minutes=90)
    series = SlotSeries.objects.get()
    assert (series.minutes, series.title) == (45, source.title)
    translation.unpublish()
    assert SlotSeries.objects.get().published
    source.refresh_from_db()
    source.unpublish()
    assert not SlotSeries.objects.get().published


def test_listing_slots_asks_as_often_for_one_as_for_many(organiser, client, academy):
    series = make_series(academy, slots=2)
    client.get(reverse("keino_slots:index"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("keino_slots:index"))
    make_series(academy, slots=40)
    for slot in series.slots.all():
        make_booking(slot)
    with CaptureQueriesContext(connection) as more:
        client.get(reverse("keino_slots:index"))
    assert len(more) == len(few)


CHOOSER = "wagtailsnippetchoosers_keino_academy_bookablesession"


def test_the_chooser_offers_sessions_of_the_user_s_academies_only(organiser, client, series, foreign):
    own = BookableSession.objects.get(translation_key=series.translation_key)
    other = BookableSession.objects.get(translation_key=foreign.translation_key)
    for name in ("choose", "choose_results"):
        text = client.get(reverse(f"{CHOOSER}:{name}")).content.decode()
        assert own.title in text
        assert "Vieras sarja" not in text
    assert client.get(reverse(f"{CHOOSER}:chosen", args=[own.pk])).status_code == 200
    assert client.get(reverse(f"{CHOOSER}:chosen", args=[other.pk])).status_code != 200
    several = client.get(reverse(f"{CHOOSER}:chosen_multiple"), {"id": [own.pk, other.pk]}).json()
    assert [item["id"] for item in several["result"]] == [str(own.pk)]


def test_the_chooser_offers_editors_the_sessions_of_pages_that_they_edit(client, series, foreign, academy):
    page = find_face(academy, "fi")
    group = Group.objects.create(name="Page editors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=page, permission=change)
    user = get_user_model().objects.create_user("page-editor", "p@example.org", "x")
    user.groups.add(group)
    client.force_login(user)
    text = client.get(reverse(f"{CHOOSER}:choose")).content.decode()
    assert BookableSession.objects.get(translation_key=series.translation_key).title in text
    assert "Vieras sarja" not in text
