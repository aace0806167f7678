"""Say whether what works in the background does."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from keino_academy.core.models import OutboxMail


class Command(BaseCommand):
    help = "Tell the age of the oldest mail that waits, and how many failed. Exits with 1 beyond the limit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mail-age",
            type=int,
            default=900,
            metavar="SECONDS",
            help="How old a waiting mail may be (default: %(default)s).",
        )

    def handle(self, *_args: Any, mail_age: int, **_options: Any) -> None:
        waiting = OutboxMail.objects.filter(state=OutboxMail.State.WAITING)
        oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
        age = int((timezone.now() - oldest).total_seconds()) if oldest else 0
        failed = OutboxMail.objects.filter(state=OutboxMail.State.FAILED).count()
        self.stdout.write(f"mail: {waiting.count()} waiting, the oldest for {age} s; {failed} failed")
        if age > mail_age:
            self.stderr.write(f"mail waits longer than {mail_age} s: does keino_send_mail run?")
            sys.exit(1)
