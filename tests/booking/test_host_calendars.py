"""A host's own calendar: what it hides, when it is read, what a fault changes, and its page in the admin."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import AcademyRight
from keino_academy.booking import actions
from keino_academy.booking.errors import HostBusyError
from keino_academy.booking.host_queries import hosts_busy
from keino_academy.booking.models import Host, HostBusy, HostCalendar
from keino_academy.booking.queries import free_days, free_times
from keino_academy.core import fetching
from keino_academy.core.due import run_due
from keino_academy.core.fetching import FetchError
from tests.booking.test_busy import calendar, event
from tests.factories.announcement import make_academy
from tests.factories.booking import TIMES, make_booking

URL = "https://outlook.example/owa/calendar/topsecret/calendar.ics"
#: Over the first of the times in June, from 9.30 to 10.00 in Helsinki.
MEETING = event("DTSTART:20230605T063000Z", "DTEND:20230605T070000Z", "SUMMARY:Salainen palaveri")


@pytest.fixture
def host(series) -> Host:
    """Who sits in all times of the series."""
    found = Host.objects.create(academy=series.academy, name="Sari Sparraaja", email="sari@keskus.example")
    found.slots.set(series.slots.all())
    return found


class Web:
    """What each address answers, instead of the web: bytes, or the code of a fault."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | str] = {}
        self.asked: list[str] = []

    def fetch(self, url: str, *, most_bytes: int, seconds: float) -> bytes:
        self.asked.append(url)
        answer = self.answers[url]
        if isinstance(answer, str):
            raise FetchError(answer)
        return answer


@pytest.fixture
def web(monkeypatch) -> Web:
    made = Web()
    monkeypatch.setattr(fetching, "fetch", made.fetch)
    return made


@pytest.fixture
def read(web, host) -> HostCalendar:
    """A calendar with one meeting, which was read."""
    web.answers[URL] = calendar(MEETING)
    return actions.add_address(host, URL)


def starts_of(times) -> list[datetime]:
    return [time.starts for time in times]


def busy_of(host: Host) -> list[tuple[datetime, datetime]]:
    return list(HostBusy.objects.filter(host=host).order_by("starts").values_list("starts", "ends"))


def at(hour: int, minute: int = 0, day: int = 5) -> datetime:
    return datetime(2023, 6, day, hour, minute, tzinfo=UTC)


def test_a_time_at_which_the_host_is_busy_is_not_offered(series, read):
    assert starts_of(free_times(series, date(2023, 6, 5))) == list(TIMES[1:3])
    assert [len(day.times) for day in free_days(series)[0]] == [2, 3, 3]
    assert [hosts_busy(slot) for slot in series.slots.all()[:2]] == [True, False]


def test_a_day_without_any_other_time_is_not_offered(series, host, web):
    web.answers[URL] = calendar(event("DTSTART;VALUE=DATE:20230606"))
    actions.add_address(host, URL)
    assert [day.day.day for day in free_days(series)[0]] == [5, 7]


@pytest.mark.parametrize(
    ("starts", "ends", "hidden"),
    [
        (at(5), at(6), False), (at(6, 45), at(7), False), (at(5), at(6, 1), True), (at(6, 44), at(6, 50), True),
        (at(6, 10), at(6, 11), True), (at(0), at(20), True), (at(6, 40, day=4), at(6, 40), True),
    ],
)  # fmt: skip
def test_what_touches_a_time_hides_nothing_and_what_overlaps_does(series, host, starts, ends, hidden):
    own = HostCalendar.objects.create(host=host, url=URL)
    HostBusy.objects.create(calendar=own, host=host, starts=starts, ends=ends)
    first = series.slots.first()
    assert hosts_busy(first) is hidden
    assert (TIMES[0] not in starts_of(free_times(series, date(2023, 6, 5)))) is hidden


def test_each_host_of_a_time_must_be_free_and_others_don_t_matter(series, host, read):
    second = Host.objects.create(academy=host.academy, name="Toinen", email="toinen@keskus.example")
    host.slots.clear()
    assert len(free_times(series, date(2023, 6, 5))) == 3
    series.slots.first().hosts.add(second, host)
    assert len(free_times(series, date(2023, 6, 5))) == 2


def test_it_costs_no_query(series, host, web):
    web.answers[URL] = calendar(*(event(f"DTSTART:202306{n:02}T120000Z", "DURATION:PT1H", uid=str(n)) for n in range(1, 29)))  # fmt: skip
    actions.add_address(host, URL)
    for ask in (lambda: free_days(series), lambda: free_times(series, date(2023, 6, 5))):
        with CaptureQueriesContext(connection) as queries:
            ask()
        assert len(queries) == 1


def test_booking_such_a_time_is_refused_and_one_that_was_booked_stays(series, host, web):
    first, second = series.slots.all()[:2]
    booking = make_booking(second)
    web.answers[URL] = calendar(MEETING, event("DTSTART:20230605T071000Z", "DURATION:PT1H", uid="two"))
    actions.add_address(host, URL)
    with pytest.raises(HostBusyError):
        make_booking(first)
    booking.refresh_from_db()
    assert (booking.state, booking.slot_id) == ("booked", second.pk)


def test_a_booking_that_came_into_the_host_s_calendar_hides_no_other_seat(series, host, web):
    slot = series.slots.first()
    slot.seats = 2
    slot.save()
    make_booking(slot)
    web.answers[URL] = calendar(event("DTSTART:20230605T060000Z", "DTEND:20230605T064500Z"))
    actions.add_address(host, URL)
    assert make_booking(slot).seat == 2


def test_times_of_a_day_and_of_the_nights_of_clock_changes_are_kept_in_utc(host, web, frozen):
    frozen.move_to(datetime(2023, 3, 1, 12, tzinfo=UTC))
    web.answers[URL] = calendar(
        event("DTSTART;VALUE=DATE:20230326", uid="spring"),
        event("DTSTART;VALUE=DATE:20231029", uid="autumn"),
    )
    actions.add_address(host, URL)
    spring, autumn = datetime(2023, 3, 25, 22, tzinfo=UTC), datetime(2023, 10, 28, 21, tzinfo=UTC)
    assert busy_of(host) == [
        (spring, spring + timedelta(hours=23)),
        (autumn, autumn + timedelta(hours=24)),
        (autumn + timedelta(hours=24), autumn + timedelta(hours=25)),
    ]


def test_nothing_is_kept_of_what_it_is_about(read):
    row = {name: str(value) for name, value in HostBusy.objects.values()[0].items()}
    assert "Salainen" not in str(row)
    assert set(row) == {"id", "calendar_id", "host_id", "starts", "ends"}


def test_a_calendar_is_read_again_after_an_hour_and_what_changed_is_what_holds(host, read, web, frozen):
    assert busy_of(host) == [(at(6, 30), at(7))]
    web.answers[URL] = calendar(event("DTSTART:20230606T063000Z", "DTEND:20230606T070000Z"))
    frozen.shift(timedelta(minutes=59))
    assert actions.read_due_calendars() == 0
    assert web.asked == [URL]
    frozen.shift(timedelta(minutes=1))
    assert actions.read_due_calendars() == 1
    assert busy_of(host) == [(at(6, 30, day=6), at(7, day=6))]
    assert actions.read_due_calendars() == 0


def test_it_falls_due_with_everything_else(host, read, web, frozen):
    frozen.shift(timedelta(hours=1))
    assert dict(run_due(["booking.hosts_calendars"])) == {"booking.hosts_calendars": 1}
    assert len(web.asked) == 2


@pytest.mark.parametrize(
    ("answer", "code"),
    [("slow", "slow"), ("inward", "inward"), ("status-404", "status-404"), (b"<html>", "no-calendar"), (b"BEGIN:VCALENDAR\r\n", "broken")],
)  # fmt: skip
def test_a_fault_is_noted_and_hides_what_it_hid_before(series, host, read, web, frozen, answer, code):
    frozen.shift(timedelta(hours=1))
    web.answers[URL] = answer
    assert actions.read_due_calendars() == 0
    read.refresh_from_db()
    assert (read.failure, read.failures) == (code, 1)
    assert read.read_at == datetime(2023, 5, 10, 9, tzinfo=UTC)
    assert busy_of(host) == [(at(6, 30), at(7))]
    assert len(free_times(series, date(2023, 6, 5))) == 2


def test_faults_wait_longer_each_time_and_a_good_reading_ends_that(read, web, frozen):
    web.answers[URL] = "slow"
    waits = []
    for _turn in range(7):
        actions.read_calendar(read)
        waits.append(read.next_read_at - datetime.now(UTC))
        frozen.move_to(read.next_read_at)
    assert waits == [timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 240, 360, 360)]
    web.answers[URL] = calendar(MEETING)
    assert actions.read_due_calendars() == 1
    read.refresh_from_db()
    assert (read.failure, read.failures, read.read_at) == ("", 0, datetime.now(UTC))
    assert read.next_read_at == datetime.now(UTC) + timedelta(hours=1)


def test_one_that_fails_stops_no_other(host, read, web, frozen):
    other = "https://other.example/a.ics"
    web.answers[other] = calendar(event("DTSTART:20230607T063000Z", "DURATION:PT1H"))
    actions.add_address(host, other)
    web.answers[URL] = "unreachable"
    frozen.shift(timedelta(hours=1))
    assert actions.read_due_calendars() == 1
    assert [found.failure for found in HostCalendar.objects.order_by("pk")] == ["unreachable", ""]


def test_a_calendar_that_another_round_claimed_is_left_to_it(read, web, frozen, monkeypatch):
    """Whoever reads has moved the next turn; a round that chose the calendar before sees that."""
    frozen.shift(timedelta(hours=1))
    rounds = []

    def meanwhile(url: str, **how: object) -> bytes:
        rounds.append(url)
        if len(rounds) == 1:
            assert actions.read_due_calendars() == 0
        return calendar(MEETING)

    monkeypatch.setattr(fetching, "fetch", meanwhile)
    assert actions.read_due_calendars() == 1
    assert rounds == [URL]


def test_calendars_of_an_archived_academy_rest(host, read, web, frozen):
    host.academy.archived_from = datetime(2023, 5, 10, 9, 30, tzinfo=UTC)
    host.academy.save()
    frozen.shift(timedelta(hours=1))
    assert actions.read_due_calendars() == 0
    assert web.asked == [URL]


def test_a_calendar_that_was_removed_while_it_was_read_leaves_nothing(host, read, web, monkeypatch):
    def meanwhile(url: str, **how: object) -> bytes:
        HostCalendar.objects.all().delete()
        return calendar(MEETING)

    monkeypatch.setattr(fetching, "fetch", meanwhile)
    actions.read_calendar(read)
    assert (HostCalendar.objects.count(), HostBusy.objects.count()) == (0, 0)


def test_busy_times_that_are_over_are_forgotten(host, read, frozen):
    frozen.move_to(datetime(2023, 6, 6, 6, 59, tzinfo=UTC))
    HostCalendar.objects.update(next_read_at=datetime(2024, 1, 1, tzinfo=UTC))
    actions.read_due_calendars()
    assert HostBusy.objects.count() == 1
    frozen.shift(timedelta(minutes=2))
    actions.read_due_calendars()
    assert HostBusy.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_web_is_waited_for_outside_any_transaction(host, monkeypatch):
    inside = []

    def look(url: str, **how: object) -> bytes:
        inside.append(connection.in_atomic_block)
        return calendar(MEETING)

    monkeypatch.setattr(fetching, "fetch", look)
    actions.add_address(host, URL)
    HostCalendar.objects.update(next_read_at=None)
    actions.read_due_calendars()
    assert inside == [False, False]


# ---- the page


@pytest.fixture
def organiser(academy, client):
    """A person of the academy's bookings, signed in."""
    group = Group.objects.create(name="Bookings")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    AcademyRight.objects.create(group=group, academy=academy, right=Right.BOOKINGS)
    user = get_user_model().objects.create_user("organiser", "organiser@example.org", "x")
    user.groups.add(group)
    client.force_login(user)
    return user


def page_of(host: Host) -> str:
    return reverse("keino_hosts:calendars", args=[host.pk])


def test_an_address_is_added_read_at_once_and_shown_without_its_secret(organiser, client, host, web):
    web.answers[URL] = calendar(MEETING)
    answer = client.post(page_of(host), {"do": "address", "url": URL}, follow=True)
    assert answer.redirect_chain == [(page_of(host), 302)]
    assert busy_of(host) == [(at(6, 30), at(7))]
    page = answer.content.decode()
    assert "outlook.example" in page
    assert "topsecret" not in page
    assert "private, no-store" in answer.headers["Cache-Control"]


def test_the_page_tells_when_it_was_read_and_what_is_hidden(organiser, client, series, host, read, frozen):
    frozen.shift(timedelta(minutes=14))
    [row] = client.get(page_of(host)).context["rows"]
    assert row["calendar"].coming == 1
    assert [slot.pk for slot in client.get(page_of(host)).context["hidden"]] == [series.slots.first().pk]


@pytest.mark.parametrize("calendars", [1, 3])
def test_the_page_asks_as_many_questions_for_many_calendars(organiser, client, host, web, calendars):
    for number in range(calendars):
        url = f"https://outlook.example/{number}.ics"
        web.answers[url] = calendar(MEETING)
        actions.add_address(host, url)
    client.get(page_of(host))
    with CaptureQueriesContext(connection) as queries:
        client.get(page_of(host))
    about = ("keino_academy_hostcalendar", "keino_academy_hostbusy")
    assert len([query for query in queries if any(table in query["sql"] for table in about)]) == 3


def test_a_fault_is_told_and_the_calendar_kept(organiser, client, host, web):
    web.answers[URL] = "status-404"
    answer = client.post(page_of(host), {"do": "address", "url": URL}, follow=True)
    assert HostCalendar.objects.get().failure == "status-404"
    assert "404" in answer.content.decode()
    web.answers[URL] = calendar(MEETING)
    client.post(page_of(host), {"do": "read", "calendar": HostCalendar.objects.get().pk})
    assert HostCalendar.objects.get().failure == ""
    assert busy_of(host) == [(at(6, 30), at(7))]


@pytest.mark.parametrize(
    "url", ["", "outlook.example/a.ics", "ftp://a.example/", "https://me:word@a.example/", "https://a.example:8080/", "x" * 1001, "https://a.example/\x00"],
)  # fmt: skip
def test_what_is_no_address_is_told_beside_the_field_and_not_asked(organiser, client, host, web, url):
    answer = client.post(page_of(host), {"do": "address", "url": url})
    assert answer.status_code == 200
    assert set(answer.context["address_form"].errors) == {"url"}
    assert (web.asked, HostCalendar.objects.count()) == ([], 0)


def test_the_same_address_is_no_second_calendar(organiser, client, host, read, web):
    client.post(page_of(host), {"do": "address", "url": f" {URL} "})
    assert HostCalendar.objects.count() == 1
    assert len(web.asked) == 2


def test_a_host_has_at_most_ten_calendars(organiser, client, host, web):
    HostCalendar.objects.bulk_create(HostCalendar(host=host, url=f"{URL}?{n}") for n in range(10))
    answer = client.post(page_of(host), {"do": "address", "url": URL})
    assert answer.context["address_form"].non_field_errors()
    assert (web.asked, HostCalendar.objects.count()) == ([], 10)


def upload(content: bytes, name: str = "kalenteri.ics") -> dict:
    return {"do": "file", "file": SimpleUploadedFile(name, content)}


def test_a_file_is_read_once_and_only_its_busy_times_are_kept(organiser, client, host, web, frozen):
    assert client.post(page_of(host), upload(calendar(MEETING))).status_code == 302
    found = HostCalendar.objects.get()
    assert (found.url, found.file_name, found.next_read_at) == ("", "kalenteri.ics", None)
    assert busy_of(host) == [(at(6, 30), at(7))]
    frozen.shift(timedelta(hours=2))
    assert actions.read_due_calendars() == 0
    client.post(page_of(host), upload(calendar()))
    assert (HostCalendar.objects.count(), busy_of(host)) == (1, [])
    client.post(page_of(host), {"do": "read", "calendar": found.pk})
    assert web.asked == []


@pytest.mark.parametrize(
    "content", [b"", b"<html></html>", b"PK\x03\x04", calendar(MEETING)[:-20], b"x" * (actions.MOST_BYTES + 1),
                calendar(event("DTSTART:20230101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"))],
    ids=["empty", "page", "zip", "cut", "large", "bomb"],
)  # fmt: skip
def test_a_file_that_is_no_calendar_is_told_beside_the_field(organiser, client, host, content):
    answer = client.post(page_of(host), upload(content))
    assert answer.status_code == 200
    assert set(answer.context["file_form"].errors) == {"file"}
    assert HostCalendar.objects.count() == 0


def test_a_file_s_name_is_shown_as_text(organiser, client, host):
    client.post(
        page_of(host), upload(calendar(MEETING), "<img src=x onerror=alert(1)>\u202e" + "a" * 150 + ".ics")
    )
    name = HostCalendar.objects.get().file_name
    assert len(name) <= 120
    assert "\u202e" not in name
    assert "<img" not in client.get(page_of(host)).content.decode().replace('<img src="/', "")


def test_a_calendar_is_removed_with_its_busy_times(organiser, client, host, read):
    assert client.post(page_of(host), {"do": "remove", "calendar": read.pk}).status_code == 302
    assert (HostCalendar.objects.count(), busy_of(host)) == (0, [])


def test_adding_and_removing_are_logged_without_the_address(organiser, client, host, web):
    web.answers[URL] = calendar(MEETING)
    client.post(page_of(host), {"do": "address", "url": URL})
    client.post(page_of(host), {"do": "remove", "calendar": HostCalendar.objects.get().pk})
    entries = ModelLogEntry.objects.filter(action__contains="host_calendar").order_by("pk")
    assert [entry.action for entry in entries] == ["keino_academy.add_host_calendar", "keino_academy.remove_host_calendar"]  # fmt: skip
    assert not any("secret" in f"{entry.label}{entry.data}" for entry in entries)


@pytest.mark.parametrize("data", [{}, {"do": "other"}, {"do": "read"}, {"do": "remove", "calendar": "x"}, {"do": "read", "calendar": "9" * 30}])  # fmt: skip
def test_a_button_that_is_not_there_does_nothing(organiser, client, host, read, web, data):
    assert client.post(page_of(host), data).status_code == 302
    assert (HostCalendar.objects.count(), len(web.asked)) == (1, 1)


def test_a_get_changes_nothing(organiser, client, host, read, web):
    for do in ("read", "remove", "address"):
        client.get(page_of(host), {"do": do, "calendar": read.pk, "url": URL})
    assert (HostCalendar.objects.count(), len(web.asked)) == (1, 1)


def test_a_foreign_host_s_calendars_are_not_there(organiser, client, site, host, read, web):
    other = make_academy(site, title="Toinen", slug="toinen", code="toinen")
    foreign = Host.objects.create(academy=other, name="Vieras", email="v@example.org")
    theirs = HostCalendar.objects.create(host=foreign, url=URL)
    for data in ({"do": "address", "url": URL}, {"do": "read", "calendar": theirs.pk}, {"do": "remove", "calendar": theirs.pk}, upload(calendar(MEETING))):  # fmt: skip
        assert client.post(page_of(foreign), data, follow=True).status_code == 404
    assert client.get(page_of(foreign), follow=True).status_code == 404
    for do in ("read", "remove"):
        client.post(page_of(host), {"do": do, "calendar": theirs.pk})
    assert (HostCalendar.objects.filter(host=foreign).count(), len(web.asked)) == (1, 1)


def test_without_the_right_nothing_opens(organiser, client, host, read, web):
    AcademyRight.objects.update(right=Right.READ)
    assert client.get(page_of(host)).status_code == 302
    assert client.post(page_of(host), {"do": "remove", "calendar": read.pk}).status_code == 302
    assert (HostCalendar.objects.count(), len(web.asked)) == (1, 1)


def test_list_and_form_of_hosts_lead_to_it(organiser, client, host):
    for address in (reverse("keino_hosts:index"), reverse("keino_hosts:edit", args=[host.pk])):
        assert f'href="{page_of(host)}"' in client.get(address).content.decode()


def test_the_address_is_in_no_log(organiser, client, host, web, caplog):
    caplog.set_level("DEBUG")
    web.answers[URL] = "broken"
    client.post(page_of(host), {"do": "address", "url": URL})
    actions.read_due_calendars()
    assert "topsecret" not in "".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")  # fmt: skip
