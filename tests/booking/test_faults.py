"""What goes wrong around a booking: locks, kills, mail servers. Nothing is lost, and people are told."""

import os
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from django.test import override_settings
from django.urls import reverse

from keino_academy.booking import actions, contention, mails
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, SlotSeries, Waiting
from keino_academy.booking.signals import booking_made
from keino_academy.core import outbox
from keino_academy.core.models import OutboxMail
from tests.booking.test_book import chosen
from tests.booking.test_crowd import FORK
from tests.conftest import TODAY
from tests.core.test_outbox import SMTP, free_port, smtp_server
from tests.factories.announcement import make_academy
from tests.factories.booking import TIMES, make_booking, make_series
from tests.factories.site import make_site

pytestmark = pytest.mark.django_db(transaction=True)

AINO = Holder("", "Koivuranta", "Aino Mäki", "aino@koivuranta.example")
only_sqlite = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="SQLite locks its whole file; PostgreSQL never does"
)


@pytest.fixture
def series(settings) -> SlotSeries:
    # A clock that runs: processes wait for each other by it. Forms may be sent as quickly as a test does.
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": TODAY - datetime.now(UTC), "FORM_MIN_SECONDS": 0}
    return make_series(make_academy(make_site()), slots=TIMES[:3])


@contextmanager
def locked(seconds: float) -> Iterator[None]:
    """Hold SQLite's one lock for so long, as a backup might."""
    begun, ready = threading.Event(), threading.Event()

    def hold() -> None:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        ready.set()
        begun.wait(seconds)
        other.execute("ROLLBACK")
        other.close()

    holder = threading.Thread(target=hold)
    holder.start()
    ready.wait()
    try:
        yield
    finally:
        begun.set()
        holder.join()


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """How long SQLite waits for a lock."""
    options = connection.settings_dict["OPTIONS"]
    before = options["timeout"]
    connections.close_all()
    options["timeout"] = seconds
    try:
        yield
    finally:
        connections.close_all()
        options["timeout"] = before


def in_a_process(work: Callable[[], object]) -> int:
    """Do it in a process of its own; its exit code, which is negative when a signal ended it."""
    connections.close_all()
    process = FORK.Process(target=work)
    process.start()
    process.join(60)
    return process.exitcode


def killed(*_args: object, **_kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def form(client, address: str, **fields: str) -> dict[str, str]:
    page = client.get(address)
    return {
        "person": AINO.person,
        "organisation": AINO.organisation,
        "email": AINO.email,
        "note": "",
        "website2": "",
        "form_token": page.context["form"]["form_token"].value(),
        **fields,
    }


@only_sqlite
@pytest.mark.slow
def test_a_database_that_is_locked_for_eight_seconds_is_waited_for(client, series):
    hold = chosen(client, series)["Location"]
    data = form(client, hold)
    begun = time.monotonic()
    with locked(8):
        answer = client.post(hold, data)
    assert answer.status_code == 303
    assert 7 < time.monotonic() - begun < 20
    assert Booking.objects.get().state == "booked"


@only_sqlite
@pytest.mark.parametrize(
    ("language", "title"),
    [("fi", "Ruuhkaa juuri nyt"), ("sv", "Just nu är det rusning"), ("en", "Busy for a moment")],
)
def test_a_database_that_stays_locked_is_told_and_the_form_can_be_sent_again(
    client, series, monkeypatch, language, title
):
    monkeypatch.setattr(contention, "_PATIENCE", 1)
    hold = chosen(client, series, language=language)["Location"]
    data = form(client, hold)
    with patience(0.5), locked(60):
        begun = time.monotonic()
        answer = client.post(hold, data)
        assert time.monotonic() - begun < 3
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["Cache-Control"] == "private, no-store"
    assert f'<h1 class="ka-title">{title}</h1>' in answer.content.decode()
    assert Booking.objects.get().state == "held"
    assert not OutboxMail.objects.exists()
    assert client.post(hold, data).status_code == 303
    assert Booking.objects.get().state == "booked"
    assert OutboxMail.objects.filter(kind="booking/booked").count() == 1


@pytest.mark.postgres
def test_a_connection_that_is_cut_is_told_and_the_next_request_works(client, series):
    address = reverse("keino_academy:booking_days", kwargs={"language": "en", "series": series.pk})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    connection.close_if_unusable_or_obsolete()
    assert client.get(address).status_code == 200


def test_what_is_no_lock_is_no_503(client, series, monkeypatch):
    from django.db import ProgrammingError

    def nonsense(*_args: object, **_kwargs: object) -> None:
        raise ProgrammingError("column nowhere does not exist")

    monkeypatch.setattr("keino_academy.booking.views.days.free_days", nonsense)
    address = reverse("keino_academy:booking_days", kwargs={"language": "en", "series": series.pk})
    with pytest.raises(ProgrammingError):
        client.get(address)


def test_killed_before_the_commit_nothing_was_booked(series):
    slot = series.slots.order_by("starts").first()

    def work() -> None:
        booking_made.connect(killed)
        actions.book(slot, AINO, nonce="one form", language="fi")

    assert in_a_process(work) == -signal.SIGKILL
    assert (Booking.objects.count(), OutboxMail.objects.count()) == (0, 0)
    assert actions.book(slot, AINO, nonce="one form", language="fi").seat == 1


def test_killed_while_a_hold_is_confirmed_it_is_still_held(series):
    slot = series.slots.order_by("starts").first()
    kept = actions.hold(slot, "one browser", nonce="one form", language="fi")

    def work() -> None:
        mails.tell_booked = killed
        actions.confirm(kept, AINO, language="fi")

    assert in_a_process(work) == -signal.SIGKILL
    kept.refresh_from_db()
    assert (kept.state, kept.person) == ("held", "")
    assert actions.confirm(kept, AINO, language="fi").state == "booked"


def test_killed_between_commit_and_mail_the_mail_goes_out_once(series):
    slot = series.slots.order_by("starts").first()

    def work() -> None:
        outbox._nudge = killed
        actions.book(slot, AINO, nonce="one form", language="fi")

    assert in_a_process(work) == -signal.SIGKILL
    again = actions.book(slot, AINO, nonce="one form", language="fi")
    assert Booking.objects.get() == again
    with smtp_server() as mailbox:
        assert outbox.drain() == 2
        assert outbox.drain() == 0
    assert [letter.rcpt_tos for letter in mailbox.letters] == [
        [AINO.email],
        ["organiser@osaamiskeskus.example"],
    ]


def test_killed_after_a_cancel_the_times_are_passed_on_by_the_next_run(series):
    bookings = [make_booking(slot, key=f"application:{n}") for n, slot in enumerate(series.slots.all())]
    for name in ("aino", "bertta"):
        holder = Holder(f"application:{name}", "", name, f"{name}@{name}.example")
        actions.join(series, holder, nonce=name, language="fi")
    # Two times became free, and whoever was to pass them on is killed after the first.
    Booking.objects.filter(pk__in=[booking.pk for booking in bookings[:2]]).update(state="cancelled")

    def work() -> None:
        told = actions.waiting.promote

        def once(slot: object) -> object:
            actions.waiting.promote = killed
            return told(slot)

        actions.waiting.promote = once
        actions.pass_on(series)

    assert in_a_process(work) == -signal.SIGKILL
    assert Waiting.objects.filter(state="offered").count() == 1
    actions.pass_all_on()
    assert Waiting.objects.filter(state="offered").count() == 2
    assert OutboxMail.objects.filter(kind="booking/offered").count() == 2


@pytest.fixture(params=["refuses", "hangs"])
def bad_server(request) -> Iterator[int]:
    """The port of a mail server that refuses, or that accepts and says nothing."""
    if request.param == "refuses":
        yield free_port()
        return
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield silent.getsockname()[1]


def test_a_mail_server_that_is_down_keeps_nobody_waiting(client, series, bad_server):
    hold = chosen(client, series)["Location"]
    data = form(client, hold)
    server = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": bad_server, "EMAIL_TIMEOUT": 0.5}
    with override_settings(EMAIL_BACKEND=SMTP, **server):
        begun = time.monotonic()
        answer = client.post(hold, data)
        assert time.monotonic() - begun < 1
        assert answer.status_code == 303
        assert outbox.drain(most=1) == 0
    mail = OutboxMail.objects.get(kind="booking/booked")
    assert (mail.state, mail.attempts) == ("waiting", 1)
    OutboxMail.objects.update(next_try_at=mail.created_at)
    with smtp_server() as mailbox:
        assert outbox.drain() == 2
    assert mailbox.letters[0].rcpt_tos == [AINO.email]
