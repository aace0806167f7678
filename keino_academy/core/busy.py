"""The answer while the database does not answer in time: come again in a moment, nothing is lost."""

from __future__ import annotations

import logging

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger("keino_academy.busy")

#: When to come again (RFC 9110, 10.2.3), in seconds: locks and restarts last shorter.
RETRY_SECONDS = 30
#: What SQLite says when nothing is wrong with the statement.
_SQLITE = ("locked", "unable to open", "disk is full")


def is_busy(error: DatabaseError | InterfaceError) -> bool:
    """Whether the database was locked, stopped, full or out of reach, rather than asked for nonsense."""
    if isinstance(error, InterfaceError):
        return True
    # SQLite calls a missing column operational as well.
    return isinstance(error, OperationalError) and (
        connection.vendor != "sqlite" or any(words in str(error) for words in _SQLITE)
    )


def busy_answer(error: Exception) -> HttpResponse:
    """A page in the active language that needs no database: 503 with Retry-After."""
    if connection.in_atomic_block:
        # The host's own transaction around the request: what was half done in it must not stay.
        transaction.set_rollback(True)
    # The kind only: the error's text may hold what somebody typed, and logs hold no people.
    logger.error("The database did not answer in time: %s", type(error).__name__)
    page = render_to_string("keino_academy/errors/503.html")
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)
