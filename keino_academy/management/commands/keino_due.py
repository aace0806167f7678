"""Do what falls due by time alone."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from keino_academy.core.due import names, run_due
from keino_academy.core.rounds import go_on

logger = logging.getLogger("keino_academy.due")


class Command(BaseCommand):
    help = (
        "Does what falls due by time alone, such as reminders. Safe to run at any time, and several times at "
        "once. Exits with 1 when something failed; the rest is done all the same."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="Go on until the process is ended.")
        parser.add_argument("--pause", type=float, default=60, help="Seconds between two rounds (60).")
        parser.add_argument(
            "--only",
            action="append",
            default=[],
            choices=names(),
            metavar="NAME",
            help=f"Only this; may be given several times. One of: {', '.join(names())}.",
        )

    def handle(self, *_args: Any, loop: bool, pause: float, only: list[str], **_options: Any) -> None:
        if loop:
            go_on(lambda: self.do(only), pause, logger)
        elif self.do(only):
            sys.exit(1)

    def do(self, only: list[str]) -> int:
        """One round: says what was done; how much failed."""
        failed = 0
        for name, number in run_due(only):
            if number is None:
                failed += 1
                self.stderr.write(f"{name}: failed, see the log")
            elif number:
                self.stdout.write(f"{name}: {number} done")
        return failed
