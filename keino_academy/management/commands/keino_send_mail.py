"""Send what waits in the outbox."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from keino_academy.core.outbox import drain
from keino_academy.core.rounds import go_on

logger = logging.getLogger("keino_academy.outbox")


class Command(BaseCommand):
    help = "Sends the mail that waits in the outbox. Safe to run at any time, and several times at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="Go on until the process is ended.")
        parser.add_argument("--pause", type=float, default=2, help="Seconds between two rounds (2).")

    def handle(self, *_args: Any, loop: bool, pause: float, **_options: Any) -> None:
        if loop:
            go_on(drain, pause, logger)
            return
        sent = drain()
        self.stdout.write(f"{sent} sent")
