"""Lists of bookings, times and who waits: what they show, and what their spreadsheets hold."""

import csv
import io
from datetime import datetime, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from keino_academy.booking import actions
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, Host, Slot, Waiting
from keino_academy.booking.waiting_viewsets import REMOVE_WAITING
from keino_academy.core.admin import EXPORT_ACTION
from tests.booking.desks import make_organiser, said
from tests.factories.announcement import make_academy
from tests.factories.booking import make_booking, make_series

LISTS = ("keino_bookings:index", "keino_slots:index", "keino_waiting:index")
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def organiser(academy, client):
    user = make_organiser(academy)
    client.force_login(user)
    return user


@pytest.fixture
def waiting(series):
    """Three who wait."""
    return [wait(series, n) for n in range(3)]


def wait(series, n, **fields) -> Waiting:
    holder = Holder(f"w{n}", f"Jonokunta {n}", f"Jonottaja {n}", f"j{n}@example.org")
    for slot in series.slots.filter(bookings=None):
        make_booking(slot)
    return actions.join(series, holder, nonce=f"w{n}", language="sv", **fields)


def export(client, name, kind, **query):
    answer = client.get(reverse(name), {"export": kind, **query})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def xlsx(client, name, **query) -> list[dict]:
    sheet = openpyxl.load_workbook(io.BytesIO(export(client, name, "xlsx", **query))).active
    head, *rows = sheet.iter_rows(values_only=True)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [dict(zip(head, row, strict=True)) for row in rows]


def as_csv(client, name, **query) -> list[dict]:
    return list(csv.DictReader(io.StringIO(export(client, name, "csv", **query).decode("utf-8-sig"))))


def test_bookings_are_exported_with_all_that_an_organiser_needs(organiser, client, academy, series):
    slot = series.slots.first()
    slot.hosts.add(Host.objects.create(academy=academy, name="Otso Laine", email="o@example.org"))
    booking = make_booking(
        slot, person="Aino Mäki", organisation="Koivuranta", email="a@example.org", language="sv"
    )
    Booking.objects.update(note="uusi päiväkoti", attendance="no_show")
    (row,) = xlsx(client, "keino_bookings:index")
    row["When"] = row["When"].replace("\u00a0", " ").replace("\u2060", "")
    assert row == {
        "Reference": booking.reference, "When": "Mon 5 June 2023, 9:00–9:45",
        "Starts": datetime(2023, 6, 5, 9, 0), "Ends": datetime(2023, 6, 5, 9, 45),
        "Time zone": "Europe/Helsinki (UTC+3)", "Bookable session": series.title, "Academy": academy.title,
        "Hosts": "Otso Laine", "Place": None, "Seat number": 1, "State": "Booked", "Attendance": "Did not come",
        "Organisation": "Koivuranta", "Name": "Aino Mäki", "E-mail": "a@example.org", "Language": "Swedish",
        "Note": "uusi päiväkoti", "Booked": datetime(2023, 5, 10, 12, 0), "Cancelled": None,
    }  # fmt: skip
    (row,) = as_csv(client, "keino_bookings:index")
    assert (row["Starts"], row["Attendance"], row["Note"]) == (
        "2023-06-05 09:00:00", "Did not come", "uusi päiväkoti",
    )  # fmt: skip


def test_words_of_a_spreadsheet_are_in_the_user_s_language(organiser, client, series):
    UserProfile.objects.filter(user=organiser).update(preferred_language="sv")
    make_booking(series.slots.first(), language="fi")
    for read in (xlsx, as_csv):
        (row,) = read(client, "keino_bookings:index")
        assert row["Språk"] == "Finska"


def test_times_are_exported(organiser, client, academy):
    series = make_series(academy, slots=2, seats=3)
    first, second = series.slots.all()
    Slot.objects.filter(pk=first.pk).update(place="Huone 2")
    make_booking(first)
    actions.cancel_slot(second)
    rows = xlsx(client, "keino_slots:index")
    kept = (
        "Starts",
        "Bookable session",
        "Place",
        "Seats",
        "Seats booked",
        "Seats free",
        "State",
        "Cancelled",
    )
    assert [tuple(row[name] for name in kept) for row in rows] == [
        (datetime(2023, 6, 5, 9, 0), series.title, "Huone 2", 3, 1, 2, "Coming", None),
        (datetime(2023, 6, 5, 10, 0), series.title, None, 3, 0, 0, "Cancelled", datetime(2023, 5, 10, 12, 0)),
    ]


def test_the_hour_that_comes_twice_can_be_told_apart(organiser, client, series):
    from datetime import UTC

    Slot.objects.all().delete()
    for hour in (0, 1):
        at = datetime(2023, 10, 29, hour, 0, tzinfo=UTC)
        Slot.objects.create(series=series, starts=at, ends=at + timedelta(minutes=45))
    rows = xlsx(client, "keino_slots:index")
    assert [(row["Starts"], row["Time zone"]) for row in rows] == [
        (datetime(2023, 10, 29, 3, 0), "Europe/Helsinki (UTC+3)"),
        (datetime(2023, 10, 29, 3, 0), "Europe/Helsinki (UTC+2)"),
    ]


def test_no_cell_is_a_formula(organiser, client, academy, series):
    slot = series.slots.first()
    slot.hosts.add(Host.objects.create(academy=academy, name=EVIL, email="o@example.org"))
    Slot.objects.filter(pk=slot.pk).update(place="@SUM(1)")
    make_booking(slot, person=EVIL, organisation="+358 kunta")
    Booking.objects.update(note="-2+3")
    wait(series, 1)
    Waiting.objects.update(person="\t=1", organisation="=1", note="@x")
    for read in (xlsx, as_csv):
        first = read(client, "keino_bookings:index")[0]
        assert [first[name] for name in ("Hosts", "Place", "Name", "Organisation", "Note")] == [
            f"'{EVIL}", "'@SUM(1)", f"'{EVIL}", "'+358 kunta", "'-2+3",
        ]  # fmt: skip
        assert read(client, "keino_slots:index")[0]["Hosts"] == f"'{EVIL}"
        (row,) = read(client, "keino_waiting:index")
        assert [row[name] for name in ("Name", "Organisation", "Note")] == ["'\t=1", "'=1", "'@x"]


def test_a_seat_that_is_only_held_is_listed_without_a_name_and_what_ran_out_is_not(
    organiser, client, series, frozen
):
    actions.hold(series.slots.last(), "visitor", nonce="h", language="fi")
    first = series.slots.first()
    for slot in series.slots.exclude(bookings__state="held"):
        make_booking(slot)
    actions.join(series, Holder("w", "Jonokunta", "Jonottaja", "j@example.org"), nonce="w", language="fi")
    actions.cancel(first.bookings.get())
    states = [(row["State"], row["Name"]) for row in as_csv(client, "keino_bookings:index")]
    assert ("Offered to the waiting list", "") in states
    assert ("Being filled in", "") in states
    index = client.get(reverse("keino_bookings:index"))
    assert "Jonottaja" not in index.content.decode()
    offer = Booking.objects.get(state="held", waiting__isnull=False)
    inspect = reverse("keino_bookings:inspect", args=[offer.pk])
    assert "Jonottaja" not in client.get(inspect).content.decode()
    frozen.shift(timedelta(days=2))
    assert client.get(inspect, follow=True).status_code == 404
    actions.pass_all_on()
    assert Booking.objects.filter(state="expired").exists()
    assert (
        len(as_csv(client, "keino_bookings:index"))
        == Booking.objects.exclude(state__in=["expired", "held"]).count()
    )


@pytest.mark.parametrize("name", LISTS)
def test_foreign_rows_are_neither_listed_nor_exported(organiser, client, site, series, name):
    other = make_series(
        make_academy(site, title="Toinen", slug="toinen", code="toinen"), title="Vieras sarja"
    )
    wait(other, 9)
    assert "Vieras" not in client.get(reverse(name)).content.decode()
    for kind in ("xlsx", "csv"):
        assert b"Vieras" not in export(client, name, kind)
    assert len(as_csv(client, "keino_bookings:index")) == 0
    assert len(as_csv(client, "keino_waiting:index", series=other.pk)) == 0


@pytest.mark.parametrize("name", LISTS)
def test_an_export_is_noted_and_xlsx_is_offered_first(organiser, client, academy, series, waiting, name):
    text = client.get(reverse(name)).content.decode()
    assert 0 < text.index("export=xlsx") < text.index("export=csv")
    rows = as_csv(client, name)
    entry = ModelLogEntry.objects.get(action=EXPORT_ACTION)
    assert (entry.object_id, entry.data["rows"]) == (str(academy.pk), len(rows))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_and_its_export_ask_as_often_for_many_rows_as_for_one(organiser, client, academy, name):
    numbers = []
    for slots in (1, 30):
        series = make_series(academy, slots=slots, title=f"Sarja {slots}")
        wait(series, slots)
        for query in ({}, {"export": "csv"}):
            client.get(reverse(name), query).getvalue()
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name), query).getvalue()
            numbers.append(len(asked))
    assert numbers[:2] == numbers[2:]


def test_the_waiting_list_says_who_is_next(organiser, client, academy, series, waiting):
    waiting.append(wait(series, 3, day=datetime(2023, 6, 6).date()))
    actions.cancel(Booking.objects.filter(state="booked").first(), by_organiser=True)
    rows = as_csv(client, "keino_waiting:index")
    assert [(row["Name"], row["State"], row["Place in line"], row["Only on"]) for row in rows] == [
        ("Jonottaja 0", "A time is offered", "–", ""),
        ("Jonottaja 1", "Waiting", "1", ""),
        ("Jonottaja 2", "Waiting", "2", ""),
        ("Jonottaja 3", "Waiting", "3", "2023-06-06"),
    ]
    assert [row["Name"] for row in as_csv(client, "keino_waiting:index", state="offered")] == ["Jonottaja 0"]
    filtered = as_csv(client, "keino_waiting:index", state="waiting")
    assert [row["Place in line"] for row in filtered] == ["1", "2", "3"]


def test_somebody_is_taken_off_by_a_button_and_their_offer_goes_to_the_next(
    organiser, client, series, waiting
):
    first, second, _third = waiting
    actions.cancel(Booking.objects.filter(state="booked").first(), by_organiser=True)
    address = reverse("keino_waiting:remove", args=[first.pk])
    page = client.get(address)
    assert "Jonottaja 0" in said(page, ".nice-padding")[0]
    first.refresh_from_db()
    assert first.state == "offered"
    for _ in range(2):
        assert client.post(address).status_code == 302
    states = list(Waiting.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["left", "offered", "waiting"]
    assert Booking.objects.get(state="held").waiting == second
    entry = ModelLogEntry.objects.get(action=REMOVE_WAITING)
    assert (entry.object_id, entry.user) == (str(first.pk), organiser)


def test_a_foreign_place_is_not_there(organiser, client, site):
    other = make_series(make_academy(site, slug="toinen", code="toinen"), slots=1)
    waiting = wait(other, 9)
    address = reverse("keino_waiting:remove", args=[waiting.pk])
    for ask in (client.get, client.post):
        assert ask(address, follow=True).status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_no_two_columns_of_a_spreadsheet_have_one_name(organiser, client, series, name, language):
    UserProfile.objects.filter(user=organiser).update(preferred_language=language)
    (head,) = csv.reader(io.StringIO(export(client, name, "csv").decode("utf-8-sig").splitlines()[0]))
    assert len(set(head)) == len(head)
