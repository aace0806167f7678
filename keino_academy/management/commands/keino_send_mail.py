"""Send what waits in the outbox."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from keino_academy.core.outbox import drain

logger = logging.getLogger("keino_academy.outbox")


class Command(BaseCommand):
    help = "Sends the mail that waits in the outbox. Safe to run at any time, and several times at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="Go on until the process is ended.")
        parser.add_argument("--pause", type=float, default=2, help="Seconds between two rounds (2).")

    def handle(self, *_args: Any, loop: bool, pause: float, **_options: Any) -> None:
        if loop:
            self.go_on(pause)
            return
        sent = drain()
        self.stdout.write(f"{sent} sent")

    def go_on(self, pause: float) -> None:
        """Send again and again; SIGTERM and Ctrl-C end it between two mails' rounds."""
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        while not ended.is_set():
            close_old_connections()
            try:
                drain()
            except DatabaseError as error:
                # The database is away or busy: what waits there keeps waiting.
                logger.warning("The outbox could not be read: %s", type(error).__name__)
            ended.wait(pause)
