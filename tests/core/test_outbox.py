"""The outbox: written with what it tells of, sent once when it can be."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.db import transaction
from django.template import engines
from django.test import override_settings
from django.utils import timezone

from keino_academy.core import outbox
from keino_academy.core.models import OutboxMail

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Mailbox:
    """A real SMTP server's other end."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(envelope)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def smtp_server() -> Iterator[Mailbox]:
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield mailbox
    finally:
        controller.stop()


@contextmanager
def no_smtp_server() -> Iterator[None]:
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=free_port()):
        yield


@pytest.fixture
def template(settings: Any, tmp_path: Any) -> None:
    folder = tmp_path / "keino_academy" / "mail" / "test"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text("Hello {{ name }},\n\nall is well.\n")
    (folder / "hello.subject.txt").write_text("Hello\n {{ name }}\n")
    conf = [dict(settings.TEMPLATES[0])]
    conf[0]["DIRS"] = [str(tmp_path), *conf[0]["DIRS"]]
    settings.TEMPLATES = conf
    engines._engines = {}
    yield
    engines._engines = {}


def write(**more: Any) -> OutboxMail:
    values: dict[str, Any] = {"to": "aino@koivuranta.example", "language": "en", "context": {"name": "Aino"}}
    return outbox.post("test/hello", **{**values, **more})


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("template")]


def test_a_mail_is_gone_when_its_transaction_is() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert not OutboxMail.objects.exists()


def test_the_subject_is_one_line_and_the_text_is_plain() -> None:
    mail = write()
    assert mail.subject == "Hello Aino"
    assert mail.text == "Hello Aino,\n\nall is well.\n"


def test_what_waits_goes_out_once_over_smtp() -> None:
    mail = write()
    with smtp_server() as mailbox:
        assert outbox.drain() == 1
        assert outbox.drain() == 0
    (letter,) = mailbox.letters
    assert letter.rcpt_tos == ["aino@koivuranta.example"]
    assert f"Message-ID: {mail.message_id}".encode() in letter.content
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == ("sent", 1, "")


def test_a_calendar_goes_as_an_alternative() -> None:
    write(calendar=outbox.Calendar("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST"))
    with smtp_server() as mailbox:
        outbox.drain()
    content = mailbox.letters[0].content
    assert b"multipart/alternative" in content
    assert b'text/calendar; method="REQUEST"' in content or b"text/calendar; method=REQUEST" in content


def test_a_server_that_is_down_delays_and_the_same_message_goes_later() -> None:
    mail = write()
    with no_smtp_server():
        assert outbox.drain() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 1)
    assert "Error" in mail.error or "Refused" in mail.error
    with smtp_server() as mailbox:
        assert outbox.drain() == 0, "it waits before the next attempt"
        with time_machine.travel(timezone.now() + timedelta(seconds=61)):
            assert outbox.drain() == 1
    assert f"Message-ID: {mail.message_id}".encode() in mailbox.letters[0].content


def test_a_mail_that_never_goes_is_failed_and_can_be_tried_again() -> None:
    mail = write()
    with no_smtp_server(), override_settings(KEINO_ACADEMY={"MAIL_ATTEMPTS": 1}):
        outbox.drain()
    mail.refresh_from_db()
    assert mail.state == "failed"
    assert outbox.retry(OutboxMail.objects.all()) == 1
    with smtp_server() as mailbox:
        assert outbox.drain() == 1
    assert len(mailbox.letters) == 1


def test_one_mail_that_fails_does_not_hold_up_the_others() -> None:
    write(to="first@koivuranta.example")
    write(to="second@koivuranta.example")

    class Picky(Mailbox):
        async def handle_RCPT(self, server, session, envelope, address, options):
            if address.startswith("first"):
                return "550 no such person"
            envelope.rcpt_tos.append(address)
            return "250 OK"

    mailbox, port = Picky(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            assert outbox.drain() == 1
    finally:
        controller.stop()
    assert [letter.rcpt_tos for letter in mailbox.letters] == [["second@koivuranta.example"]]


def test_a_mail_on_lease_is_left_to_who_holds_it_until_the_lease_runs_out() -> None:
    mail = write()
    OutboxMail.objects.filter(pk=mail.pk).update(leased_until=timezone.now() + timedelta(minutes=5))
    with smtp_server() as mailbox:
        assert outbox.drain() == 0
        with time_machine.travel(timezone.now() + timedelta(minutes=6)):
            assert outbox.drain() == 1
    assert len(mailbox.letters) == 1


def test_an_address_with_a_line_break_never_becomes_a_header() -> None:
    mail = write(to="aino@koivuranta.example\nBcc: all@koivuranta.example")
    with smtp_server() as mailbox:
        outbox.drain()
    mail.refresh_from_db()
    assert mailbox.letters == []
    assert mail.state == "waiting"
