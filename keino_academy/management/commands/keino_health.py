"""Say whether what works in the background does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from keino_academy.core import due
from keino_academy.core.models import OutboxMail


class Command(BaseCommand):
    help = (
        "Tell the age of the oldest mail that waits, how many failed, and how long ago keino_due ran. "
        "Exits with 1 beyond a limit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mail-age",
            type=int,
            default=900,
            metavar="SECONDS",
            help="How old a waiting mail may be (default: %(default)s).",
        )

        parser.add_argument(
            "--due-age",
            type=int,
            metavar="SECONDS",
            help="How long ago keino_due may have run; needs a cache that all processes share (default: no limit).",
        )

    def handle(self, *_args: Any, mail_age: int, due_age: int | None, **_options: Any) -> None:
        faults = [*self.mail(mail_age), *self.due(due_age)]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)

    def mail(self, limit: int) -> Iterator[str]:
        """Tell of mail; yields what is wrong."""
        waiting = OutboxMail.objects.filter(state=OutboxMail.State.WAITING)
        oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
        age = int((timezone.now() - oldest).total_seconds()) if oldest else 0
        failed = OutboxMail.objects.filter(state=OutboxMail.State.FAILED).count()
        self.stdout.write(f"mail: {waiting.count()} waiting, the oldest for {age} s; {failed} failed")
        if age > limit:
            yield f"mail waits longer than {limit} s: does keino_send_mail run?"

    def due(self, limit: int | None) -> Iterator[str]:
        """Tell of what falls due by time; yields what is wrong."""
        seconds = due.seconds_since()
        self.stdout.write("due: not known" if seconds is None else f"due: run {seconds} s ago")
        if limit is not None and (seconds is None or seconds > limit):
            yield f"what is due was not done for {limit} s: does keino_due run?"
