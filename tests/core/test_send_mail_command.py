"""The command that cron runs."""

import os
import signal

import pytest
from django.core.management import call_command
from django.db import OperationalError

from keino_academy.core.models import OutboxMail
from keino_academy.management.commands import keino_send_mail


@pytest.fixture
def restored_signals():
    """The command takes signals over; give them back."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def make_mail(number: int) -> OutboxMail:
    return OutboxMail.objects.create(
        kind="test/mail",
        to="reader@example.org",
        language="fi",
        subject="Hei",
        text="Hei\n",
        message_id=f"<{number}@x>",
    )


def test_once_sends_all_that_waits_and_says_how_many(db, mailoutbox, capsys):
    make_mail(1)
    make_mail(2)
    call_command("keino_send_mail")
    call_command("keino_send_mail")
    assert len(mailoutbox) == 2
    assert capsys.readouterr().out == "2 sent\n0 sent\n"


def test_loop_outlives_a_busy_database_and_ends_when_asked(db, monkeypatch, restored_signals):
    rounds = []

    def drain() -> int:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise OperationalError("database is locked")
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    monkeypatch.setattr(keino_send_mail, "drain", drain)
    call_command("keino_send_mail", "--loop", "--pause", "0")
    assert rounds == [0, 1]
