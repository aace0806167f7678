"""Many times from a plan in the admin: seen before they are made, made as one, taken away as one."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from example_site.holidays import public_holidays
from keino_academy.announcement.models import AcademyRight
from keino_academy.booking import actions
from keino_academy.booking.errors import HostTwiceError, SlotCancelledError
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import (
    BookableSession,
    Booking,
    Host,
    HostBusy,
    HostCalendar,
    Slot,
    SlotBatch,
)
from tests.factories.booking import TIMES, make_booking, make_series, make_session

MANY = "keino_slots:many"


def plan(of, **fields) -> dict:
    """What the plan's form sends: five days, three times each."""
    return {
        "series": of.pk, "first": "2023-06-12", "last": "2023-06-18", "weekdays": [0, 1, 2, 3, 4],
        "opens": "09:00", "closes": "12:00", "minutes": 45, "pause": 15, "breaks": "", "seats": 1,
        "place": "", "join_link": "", "hosts": [], "sitting": "together", **fields,
    }  # fmt: skip


def host(academy, name: str, **fields) -> Host:
    return Host.objects.create(academy=academy, name=name, email=f"{name.lower()}@example.org", **fields)


def text(element) -> str:
    return re.sub(r"\s+", " ", element.get_text(" ").replace("\u2060", "")).strip()


class Preview:
    """The second step as a browser has it: what it shows, and what its form would send."""

    def __init__(self, response) -> None:
        self.status = response.status_code
        self.response = response
        self.form = BeautifulSoup(response.content, "html.parser").select_one("form[action$='/many/']")

    @property
    def rows(self) -> list[list[str]]:
        return [[text(cell) for cell in row.select("td")] for row in self.form.select("tbody tr")]

    @property
    def days(self) -> list[str]:
        return [text(legend) for legend in self.form.select("fieldset > legend")]

    def send(self, **fields) -> dict:
        """What its button sends, with every box as it stands."""
        data: dict = {"make": "1"}
        for box in self.form.select("input[name]:not([disabled])"):
            if box["type"] != "checkbox" or box.has_attr("checked"):
                data.setdefault(box["name"], []).append(box.get("value", ""))
        data.pop("csrfmiddlewaretoken", None)
        return {**data, **fields}


def preview(client, data: dict) -> Preview:
    return Preview(client.post(reverse(MANY), data))


def make(client, data: dict):
    """Both steps with every free time ticked."""
    return client.post(reverse(MANY), preview(client, data).send())


@pytest.fixture
def empty(academy):
    return make_series(academy, slots=[])


def test_the_plan_is_reached_from_the_times_and_from_the_session(organiser, client, series):
    address = reverse(MANY)
    assert f'href="{address}"' in client.get(reverse("keino_slots:index")).content.decode()
    session = BookableSession.objects.get()
    edit = client.get(reverse(BookableSession.snippet_viewset.get_url_name("edit"), args=[session.pk]))
    assert f'href="{address}?series={series.pk}"' in edit.content.decode()
    page = client.get(address, {"series": series.pk})
    assert page.context["form"]["series"].value() == series.pk
    assert page.context["form"]["minutes"].value() == series.minutes


def test_a_session_that_was_never_published_has_no_times_to_plan(organiser, client, academy):
    session = make_session(academy)
    BookableSession.objects.filter(pk=session.pk).update(
        translation_key="7b6ad7e6-6d0e-4a58-8c93-1d8f0a4f0c55"
    )
    edit = client.get(reverse(BookableSession.snippet_viewset.get_url_name("edit"), args=[session.pk]))
    assert edit.status_code == 200
    assert reverse(MANY) not in edit.content.decode()


@pytest.mark.parametrize("named", ["x", "9" * 30, "-1", "²"])
def test_an_address_that_names_no_series_is_an_empty_plan(organiser, client, series, named):
    page = client.get(reverse(MANY), {"series": named})
    assert (page.status_code, page.context["form"]["series"].value()) == (200, None)


def test_the_preview_writes_nothing_and_shows_each_day_and_time(organiser, client, empty):
    seen = preview(client, plan(empty, weekdays=[0, 1], breaks="10.30–11"))
    assert seen.status == 200
    assert seen.days == ["ma 12.6.2023", "ti 13.6.2023"]
    assert seen.rows == [["9.00–9.45", ""], ["11.00–11.45", ""]] * 2
    assert Slot.objects.count() == SlotBatch.objects.count() == 0
    assert "no-store" in seen.response["Cache-Control"]


def test_times_are_made_as_one_batch_and_none_twice(organiser, client, academy, empty):
    maija = host(academy, "Maija")
    sent = preview(client, plan(empty, hosts=[maija.pk], place="Huone 1")).send()
    for _again in range(2):
        assert client.post(reverse(MANY), sent).status_code == 302
        assert empty.slots.count() == 15
    batch = SlotBatch.objects.get()
    assert (batch.series, batch.made_by, batch.made_at) == (
        empty,
        organiser,
        datetime(2023, 5, 10, 9, tzinfo=UTC),
    )
    assert batch.slots.count() == 15
    first = empty.slots.first()
    assert (first.starts, first.ends) == (
        datetime(2023, 6, 12, 6, tzinfo=UTC), datetime(2023, 6, 12, 6, 45, tzinfo=UTC),
    )  # fmt: skip
    assert (first.place, [one.name for one in first.hosts.all()]) == ("Huone 1", ["Maija"])
    assert ModelLogEntry.objects.filter(action="keino_academy.make_batch").count() == 1
    page = client.get(reverse("keino_batches:index"))
    assert [str(message) for message in page.context["messages"]][-1].startswith("0 ")


def test_only_what_is_ticked_is_made(organiser, client, empty):
    sent = preview(client, plan(empty)).send()
    assert len(sent["time"]) == 15
    assert client.post(reverse(MANY), {**sent, "time": [*sent["time"][3:5], "nonsense"]}).status_code == 302
    assert [slot.starts.hour for slot in empty.slots.all()] == [6, 7]
    longer = preview(client, plan(empty, last="2023-06-20"))
    assert [bool(row[1]) for row in longer.rows[:6]] == [False, False, False, True, True, False]
    assert len(longer.send()["time"]) == 19
    assert client.post(reverse(MANY), longer.send()).status_code == 302
    assert (empty.slots.count(), SlotBatch.objects.count()) == (21, 2)


def test_nothing_ticked_is_told_and_the_plan_is_kept(organiser, client, empty):
    seen = preview(client, preview(client, plan(empty)).send(time=[]))
    assert seen.status == 200
    assert seen.response.context["error"]
    assert len(seen.rows) == 15
    assert empty.slots.count() == 0


def test_the_plan_can_be_changed_after_it_was_seen(organiser, client, empty):
    seen = preview(client, plan(empty, breaks="10–10.30"))
    sent = seen.send()
    del sent["make"]
    page = client.post(reverse(MANY), {**sent, "change": "1"})
    assert page.status_code == 200
    assert page.context["form"]["breaks"].value() == "10–10.30"
    assert "days" not in page.context
    assert empty.slots.count() == 0


def test_hosts_in_parallel_get_times_of_their_own_at_once(organiser, client, academy, empty):
    maija = host(academy, "Maija", place="Huone 1", join_link="https://teams.example/maija")
    olli = host(academy, "Olli", place="Huone 2")
    data = plan(empty, hosts=[maija.pk, olli.pk], sitting="parallel", weekdays=[0])
    assert make(client, data).status_code == 302
    rows = [
        (slot.starts.hour, slot.hosts.get().name, slot.place, slot.join_link) for slot in empty.slots.all()
    ]
    link = "https://teams.example/maija"
    assert sorted(rows) == [
        (6, "Maija", "Huone 1", link), (6, "Olli", "Huone 2", ""),
        (7, "Maija", "Huone 1", link), (7, "Olli", "Huone 2", ""),
        (8, "Maija", "Huone 1", link), (8, "Olli", "Huone 2", ""),
    ]  # fmt: skip


def test_hosts_together_sit_in_each_time_and_the_form_s_place_goes_first(organiser, client, academy, empty):
    maija, olli = host(academy, "Maija", place="Huone 1"), host(academy, "Olli", place="Huone 2")
    data = plan(empty, hosts=[maija.pk, olli.pk], weekdays=[0])
    assert make(client, {**data, "place": "Sali"}).status_code == 302
    assert {slot.place for slot in empty.slots.all()} == {"Sali"}
    assert make(client, {**data, "weekdays": [1]}).status_code == 302
    tuesday = empty.slots.filter(place="Huone 1")
    assert [slot.hosts.count() for slot in tuesday] == [2, 2, 2]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"last": "2023-06-01"}, {"last"}),
        ({"last": "9999-01-01"}, {"last"}),
        ({"first": "9998-06-01", "last": "9998-06-02"}, {"first"}),
        ({"first": "0001-01-01", "last": "0001-01-01"}, {"first"}),
        ({"closes": "08:00"}, {"closes"}),
        ({"weekdays": [6], "last": "2023-06-17"}, {"__all__"}),
        ({"breaks": "8–13"}, {"__all__"}),
        ({"minutes": 0}, {"minutes"}),
        ({"minutes": 5, "pause": 0, "last": "2023-12-31"}, {"__all__"}),
        ({"breaks": "lounas"}, {"breaks"}),
        ({"breaks": "12.30–11.30"}, {"breaks"}),
        ({"breaks": "\x00"}, {"breaks"}),
        ({"sitting": "parallel"}, {"hosts"}),
        ({"sitting": "elsewhere"}, {"sitting"}),
        ({"join_link": "javascript:alert(1)"}, {"join_link"}),
    ],
)
@pytest.mark.parametrize("button", [{}, {"make": "1", "time": "20230612T0600"}])
def test_a_plan_that_makes_no_sense_is_told(organiser, client, empty, fields, wrong, button):
    page = client.post(reverse(MANY), {**plan(empty, **fields), **button})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == wrong
    assert empty.slots.count() == 0


def test_a_thousand_times_are_made_and_one_more_is_told(organiser, client, academy, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
    series = make_series(academy, slots=[])
    day = {"opens": "00:00", "closes": "20:50", "minutes": 5, "pause": 0, "weekdays": range(7)}
    data = plan(series, last="2023-06-15", **day)
    assert make(client, data).status_code == 302
    assert series.slots.count() == SlotBatch.objects.get().slots.count() == 1000
    page = client.post(reverse(MANY), {**data, "closes": "20:55"})
    assert page.context["form"].non_field_errors()[0].count("1\u00a0000") == 1


def test_a_plan_is_never_larger_than_the_form_that_django_takes(organiser, client, empty, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 80
    seen = preview(client, plan(empty, opens="00:00", closes="04:00", minutes=60, pause=0))
    assert len(seen.rows) == 20
    assert client.post(reverse(MANY), seen.send()).status_code == 302
    page = client.post(reverse(MANY), plan(empty, opens="00:00", closes="05:00", minutes=60, pause=0))
    assert "20" in page.context["form"].non_field_errors()[0]


# What stands in the way


def test_a_host_who_sits_elsewhere_can_not_be_chosen(organiser, client, academy, empty):
    maija = host(academy, "Maija")
    other = make_series(academy, slots=[], title="Sparraus")
    busy = Slot(
        series=other,
        starts=datetime(2023, 6, 12, 7, tzinfo=UTC),
        ends=datetime(2023, 6, 12, 7, 45, tzinfo=UTC),
    )
    actions.add_slots([busy], [maija])
    seen = preview(client, plan(empty, hosts=[maija.pk], weekdays=[0]))
    remarks = [row[1] for row in seen.rows]
    assert (remarks[0], remarks[2]) == ("", "")
    assert "Maija" in remarks[1]
    assert "10.00–10.45" in remarks[1]
    assert len(seen.send()["time"]) == 2
    forced = preview(client, seen.send(time=[f"20230612T0600-{maija.pk}", f"20230612T0700-{maija.pk}"]))
    assert forced.status == 409
    assert forced.response.context["error"]
    assert empty.slots.count() == SlotBatch.objects.count() == 0
    actions.cancel_slot(busy)
    assert make(client, plan(empty, hosts=[maija.pk], weekdays=[0])).status_code == 302
    assert empty.slots.count() == 3


def test_a_host_who_was_given_away_after_the_preview_stops_all_of_it(
    organiser, client, academy, empty, monkeypatch
):
    maija = host(academy, "Maija")
    sent = preview(client, plan(empty, hosts=[maija.pk])).send()
    make_real = actions.make_batch

    def overtaken(*args, **kwargs):
        other = make_series(academy, slots=[], title="Sparraus")
        starts = datetime(2023, 6, 13, 6, 30, tzinfo=UTC)
        actions.add_slots([Slot(series=other, starts=starts, ends=starts + timedelta(minutes=45))], [maija])
        return make_real(*args, **kwargs)

    monkeypatch.setattr("keino_academy.booking.batch_views.actions.make_batch", overtaken)
    seen = preview(client, sent)
    assert seen.status == 409
    assert "13.6.2023" in seen.response.context["error"]
    assert len(seen.send()["time"]) == 13
    assert empty.slots.count() == SlotBatch.objects.count() == 0


def test_doubtful_times_are_left_to_the_editor(organiser, client, academy, settings):
    settings.KEINO_ACADEMY = {"HOLIDAYS": "example_site.holidays.public_holidays"}
    series = make_series(academy, slots=[], books_from=date(2023, 6, 21), books_until=date(2023, 6, 30))
    maija = host(academy, "Maija")
    calendar = HostCalendar.objects.create(host=maija, url="https://calendar.example/maija.ics")
    HostBusy.objects.create(
        host=maija, calendar=calendar,
        starts=datetime(2023, 6, 22, 6, 30, tzinfo=UTC), ends=datetime(2023, 6, 22, 7, 0, tzinfo=UTC),
    )  # fmt: skip
    data = plan(series, first="2023-06-20", last="2023-06-23", hosts=[maija.pk], closes="11:00")
    seen = preview(client, data)
    assert seen.days == ["ti 20.6.2023", "ke 21.6.2023", "to 22.6.2023", "pe 23.6.2023"]
    remarks = [row[1] for row in seen.rows]
    assert "21.6.2023" in remarks[0]
    assert "21.6.2023" in remarks[1]
    assert remarks[2:4] == ["", ""]
    assert remarks[4].startswith("Maija")
    assert remarks[5] == ""
    assert remarks[6] == remarks[7]
    assert remarks[6].endswith(": Juhannusaatto")
    assert len(seen.send()["time"]) == 3
    everything = [box["value"] for box in seen.form.select("input[name=time]:not([disabled])")]
    assert client.post(reverse(MANY), seen.send(time=everything)).status_code == 302
    assert series.slots.count() == 8


def test_past_times_can_not_be_made_and_a_closed_session_is_told(organiser, client, academy, frozen):
    series = make_series(academy, slots=[], books_from=date(2023, 5, 1), books_until=date(2023, 5, 9))
    seen = preview(client, plan(series, first="2023-05-10", last="2023-05-10", closes="15:00"))
    assert [bool(row[1]) for row in seen.rows] == [True, True, True, True, False, False]
    assert seen.response.context["series_closed"]
    assert len(seen.send()["time"]) == 2
    frozen.shift(timedelta(hours=1))
    assert preview(client, seen.send()).status == 409
    assert series.slots.count() == 0


@pytest.mark.parametrize("number", [5, 200])
def test_the_preview_asks_as_often_for_five_times_as_for_two_hundred(organiser, client, academy, number):
    series = make_series(academy, slots=number)
    hosts = [host(academy, f"Maija{n}") for n in range(5)]
    data = plan(
        series, weekdays=[0], minutes=5, pause=0, opens="00:00", sitting="parallel",
        closes=f"{number // 60:02}:{number % 60:02}", hosts=[one.pk for one in hosts],
    )  # fmt: skip
    assert len(preview(client, data).rows) == number
    assert make(client, data).status_code == 302
    with CaptureQueriesContext(connection) as asked:
        client.post(reverse(MANY), data)
    # Whether the user may do something is asked by every item of the menu, which other rooms fill.
    assert len([query for query in asked if not query["sql"].startswith("SELECT 1 AS")]) == 15


# Rights


def test_without_the_right_nothing_opens(client, series, organiser):
    batch = SlotBatch.objects.create(series=series, made_at=TIMES[0])
    AcademyRight.objects.update(right="read")
    for address in (
        reverse(MANY), reverse("keino_batches:index"), reverse("keino_batches:undo", args=[batch.pk]),
    ):  # fmt: skip
        assert client.get(address).status_code == 302
        assert client.post(address, {**plan(series), "make": "1"}).status_code in {302, 405}
    assert series.slots.count() == len(TIMES)


def test_a_foreign_series_or_host_is_no_choice(organiser, client, academy, series, foreign):
    stranger = host(foreign.academy, "Vieras")
    for fields, field in (({"series": foreign.pk}, "series"), ({"hosts": [stranger.pk]}, "hosts")):
        for button in ({}, {"make": "1", "time": "20230612T0600"}):
            page = client.post(reverse(MANY), {**plan(series, **fields), **button})
            assert set(page.context["form"].errors) == {field}
    for query in ("", f"?series={foreign.pk}"):
        page = client.get(reverse(MANY) + query)
        assert "Vieras" not in page.content.decode()
        assert page.context["form"]["series"].value() is None
    assert foreign.slots.count() == series.slots.count() == len(TIMES)


def test_foreign_batches_are_not_there(organiser, client, series, foreign):
    batch = SlotBatch.objects.create(series=foreign, made_at=TIMES[0])
    foreign.slots.update(batch=batch)
    assert list(client.get(reverse("keino_batches:index")).context["object_list"]) == []
    for ask in (client.get, client.post):
        assert ask(reverse("keino_batches:undo", args=[batch.pk]), follow=True).status_code == 404
    assert foreign.slots.filter(cancelled_at=None).count() == len(TIMES)


# Taking away


@pytest.fixture
def batch(organiser, client, empty) -> SlotBatch:
    assert make(client, plan(empty)).status_code == 302
    return SlotBatch.objects.get()


def test_batches_are_listed_with_who_when_and_how_many(organiser, client, batch):
    make_booking(batch.slots.all()[3])
    page = client.get(reverse("keino_batches:index"))
    cells = [
        text(cell) for cell in BeautifulSoup(page.content, "html.parser").select("table.listing tbody td")
    ]
    assert cells[0].startswith("10.5.2023 klo 12.00, organiser")
    assert cells[1:3] == [batch.series.title, "1 / 15"]
    assert reverse("keino_batches:undo", args=[batch.pk]) in page.content.decode()


def test_listing_batches_asks_as_often_for_one_as_for_many(organiser, client, batch):
    address = reverse("keino_batches:index")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _n in range(20):
        SlotBatch.objects.create(series=batch.series, made_by=organiser, made_at=TIMES[0])
    with CaptureQueriesContext(connection) as more:
        client.get(address)
    assert len(more) == len(few)


def test_taking_away_asks_first_and_then_takes_all(organiser, client, batch, empty):
    address = reverse("keino_batches:undo", args=[batch.pk])
    question = client.get(address)
    assert question.status_code == 200
    assert "15" in text(BeautifulSoup(question.content, "html.parser").select_one("main"))
    assert empty.slots.count() == 15
    for _again in range(2):
        assert client.post(address).status_code == 302
        assert Slot.objects.count() == 0
    batch.refresh_from_db()
    assert batch.undone_at == datetime(2023, 5, 10, 9, tzinfo=UTC)
    assert ModelLogEntry.objects.filter(action="keino_academy.take_away_batch").count() == 1
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("held", [False, True])
def test_one_that_is_booked_keeps_them_all(organiser, client, batch, empty, held):
    slot = batch.slots.all()[3]
    if held:
        actions.hold(slot, "visitor", nonce="n", language="fi")
    else:
        make_booking(slot, person="Aino Mäki", organisation="Koivuranta")
    address = reverse("keino_batches:undo", args=[batch.pk])
    for ask, status in ((client.get, 200), (client.post, 409)):
        page = ask(address)
        assert page.status_code == status
        shown = text(BeautifulSoup(page.content, "html.parser").select_one("main"))
        assert "13.6.2023" in shown
        assert ("Aino Mäki" in shown) is not held
        assert "<form action" not in page.content.decode()
    batch.refresh_from_db()
    assert batch.undone_at is None
    assert empty.slots.filter(cancelled_at=None).count() == 15
    assert Booking.objects.count() == 1


def test_what_was_booked_once_is_cancelled_and_its_booking_kept(organiser, client, batch, empty, frozen):
    booked, held, *_others = batch.slots.all()
    booking = make_booking(booked)
    actions.cancel(booking, by_organiser=True)
    actions.hold(held, "visitor", nonce="n", language="fi")
    frozen.shift(timedelta(days=1))
    assert client.post(reverse("keino_batches:undo", args=[batch.pk])).status_code == 302
    assert {slot.pk for slot in empty.slots.all()} == {booked.pk, held.pk}
    assert empty.slots.filter(cancelled_at=None).count() == 0
    assert sorted(Booking.objects.values_list("state", flat=True)) == ["cancelled", "expired"]


def test_a_time_that_was_taken_away_is_told_to_who_would_book_it(organiser, client, batch):
    slot = batch.slots.first()
    actions.take_away(batch)
    with pytest.raises(SlotCancelledError):
        make_booking(slot)


def test_a_batch_is_offered_to_those_who_wait(organiser, client, academy):
    series = make_series(academy, slots=[TIMES[0]])
    make_booking(series.slots.get())
    waiting = actions.join(
        series, Holder(key="", person="Aino", email="aino@koivuranta.example"), nonce="w", language="fi"
    )
    assert make(client, plan(series, weekdays=[0])).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert SlotBatch.objects.get().slots.filter(bookings__waiting=waiting).count() == 1


# One time


def test_a_host_s_second_time_at_once_is_told_beside_the_hosts(organiser, client, academy, series):
    maija = host(academy, "Maija")
    first, second = series.slots.all()[:2]
    data = {
        "series": series.pk, "day": "2023-06-05", "starts_at": "09:00", "ends_at": "09:45", "seats": 1,
        "place": "", "join_link": "", "hosts": [maija.pk],
    }  # fmt: skip
    edit = reverse("keino_slots:edit", args=[first.pk])
    assert client.post(edit, data).status_code == 302
    assert client.post(edit, {**data, "place": "Huone 2"}).status_code == 302
    late = {**data, "starts_at": "09:30", "ends_at": "10:15"}
    for address in (reverse("keino_slots:add"), reverse("keino_slots:edit", args=[second.pk])):
        page = client.post(address, late)
        assert page.status_code == 200
        assert set(page.context["form"].errors) == {"hosts"}
        assert "5.6.2023" in page.context["form"].errors["hosts"][0]
        assert "Maija" not in page.context["form"].errors["hosts"][0]
    assert [one.pk for one in maija.slots.all()] == [first.pk]
    assert client.post(edit, {**late, "hosts": []}).status_code == 302


def test_times_that_touch_do_not_overlap_and_a_clock_that_shows_twice_tells_them_apart(academy, empty):
    maija = host(academy, "Maija")
    # 3.30–4.00 on both sides of the change, and the half hours that touch them.
    starts = [datetime(2023, 10, 29, 0, 30, tzinfo=UTC) + timedelta(minutes=30 * n) for n in range(4)]
    slots = [
        Slot(series=empty, starts=academy.local(at), ends=academy.local(at + timedelta(minutes=30)))
        for at in starts
    ]
    assert [actions.add_slots([slot], [maija]) for slot in slots] == [1, 1, 1, 1]
    assert [actions.add_slots([slot], [maija]) for slot in slots] == [0, 0, 0, 0]
    with pytest.raises(HostTwiceError):
        actions.add_slots(
            [Slot(series=empty, starts=starts[1] - timedelta(minutes=5), ends=starts[1])], [maija]
        )


def test_a_host_has_a_place_and_a_link_of_their_own(organiser, client, academy):
    data = {
        "academy": academy.pk, "name": "Maija", "email": "maija@example.org", "place": "Huone 1",
        "join_link": "teams.example/maija",
    }  # fmt: skip
    assert client.post(reverse("keino_hosts:add"), data).status_code == 302
    one = Host.objects.get()
    assert (one.place, one.join_link) == ("Huone 1", "https://teams.example/maija")


# The site's public holidays


@pytest.mark.parametrize(
    ("language", "name"),
    [("fi", "Juhannusaatto"), ("sv", "Midsommarafton"), ("en", "Midsummer Eve"), ("de", "Midsummer Eve")],
)
def test_the_example_site_names_finland_s_holidays(language, name):
    found = public_holidays(2023, language)
    assert found[date(2023, 6, 23)] == name
    assert date(2023, 6, 22) not in found


@pytest.mark.parametrize("path", ["nowhere.at.all", "example_site.holidays.nothing", "holidays", 7])
def test_a_list_of_holidays_that_is_not_there_is_an_error_of_the_check(settings, path):
    settings.KEINO_ACADEMY = {"HOLIDAYS": path}
    with pytest.raises(SystemCheckError, match=r"keino_academy\.E003.*HOLIDAYS names"):
        call_command("check", tags=["keino_academy"])


def test_a_turn_that_collided_leaves_no_keys_behind(academy, empty, monkeypatch):
    maija = host(academy, "Maija")
    slots = [Slot(series=empty, starts=at, ends=at + timedelta(minutes=45)) for at in TIMES[:2]]
    turns = []

    def collide(collided: Slot) -> None:
        turns.append(collided.pk)
        if len(turns) == 1:
            raise IntegrityError

    # Somebody waits, so that something comes after the rows were written.
    holder = Holder(key="", person="Aino", email="aino@koivuranta.example")
    actions.join(empty, holder, nonce="w", language="fi")
    monkeypatch.setattr("keino_academy.booking.actions.slots.promote", collide)
    with pytest.raises(IntegrityError):
        actions.add_slots(slots, [maija])
    # Meanwhile another takes the keys.
    other = make_series(academy, slots=[TIMES[4], TIMES[5]], title="Sparraus")
    monkeypatch.setattr("keino_academy.booking.actions.slots.promote", lambda _slot: None)
    assert actions.add_slots(slots, [maija]) == 2
    assert (empty.slots.count(), other.slots.count()) == (2, 2)
