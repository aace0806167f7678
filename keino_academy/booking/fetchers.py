"""Which program fetched a calendar, and how that is told to its owner. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from keino_academy.core import dates

#: What a User-Agent holds, in lower case, and whose program that is; the first that fits.
_PROGRAMS = (
    (("google",), "Google Calendar"),
    (("outlook", "exchange", "ms-office", "msoffice", "microsoft office"), "Outlook"),
    (("thunderbird", "lightning"), "Thunderbird"),
    (("calendaragent", "dataaccessd", "ical/", "calendarstore"), "Apple Calendar"),
)


def program_of(user_agent: str) -> str:
    """The program's name; empty where it is none that is known. Nothing else of it is kept."""
    told = user_agent.lower()
    return next((name for marks, name in _PROGRAMS if any(mark in told for mark in marks)), "")


def fetched_words(at: datetime | None, program: str, now: datetime) -> str:
    """When a calendar was last fetched and by what: ``Last fetched 14 hours ago by Google Calendar.``"""
    if at is None:
        return _(
            "Not fetched yet. Calendar programs ask every few hours, Google Calendar every 8 to 24 hours."
        )
    ago = dates.left(max(now - at, timedelta(minutes=1)))
    if not program:
        return _("Last fetched %(ago)s ago.") % {"ago": ago}
    return _("Last fetched %(ago)s ago by %(program)s.") % {"ago": ago, "program": program}
