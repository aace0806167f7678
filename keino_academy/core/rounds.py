"""Doing one thing again and again, as a service does."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections


def go_on(work: Callable[[], object], pause: float, logger: logging.Logger) -> None:
    """Do ``work``, wait ``pause`` seconds, and again; SIGTERM and Ctrl-C end it between two rounds."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    while not ended.is_set():
        close_old_connections()
        try:
            work()
        except DatabaseError as error:
            # The database is away or busy: what waits there keeps waiting.
            logger.warning("The database could not be read: %s", type(error).__name__)
        ended.wait(pause)
