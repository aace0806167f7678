"""Mend what keeps participants' pages and documents closed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from keino_academy.learning.closing import close_all


class Command(BaseCommand):
    help = "Closes every academy's participants' pages and their documents. Safe to run at any time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        mended = close_all()
        self.stdout.write(f"{mended} mended" if mended else "Everything was closed")
