"""What is said of a host's calendar: its name, when it was read, and what to do when it was not."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from keino_academy.booking.models import HostCalendar
from keino_academy.core import dates
from keino_academy.core.fetching import FetchError, read_place

_COPY_AGAIN = _(
    "Copy the private address (ICS) again from the settings of the host’s calendar, and add it here."
)
_BY_ITSELF = _("There is nothing to do at once: it is tried again by itself.")

_FAULTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "address": (
        _("This is no address that can be read."),
        _("Write one that begins with https:// or webcal://, without a user name or the number of a port."),
    ),
    "inward": (_("The address leads into a closed network, where this site does not go."), _COPY_AGAIN),
    "unknown": (_("There is no server of that name."), _COPY_AGAIN),
    "unreachable": (_("The calendar’s server could not be reached."), _BY_ITSELF),
    "certificate": (
        _("The calendar’s server could not prove that it is the right one: its certificate is not valid."),
        _("Tell those who run the calendar."),
    ),
    "slow": (_("The calendar’s server was too slow."), _BY_ITSELF),
    "large": (_("The calendar is too large."), _("Share a smaller one, such as one that shows only when the host is busy.")),
    "too-much": (_("The calendar holds too much."), _("Share a smaller one, such as one that shows only when the host is busy.")),
    "redirects": (_("The address leads on to another one that can’t be read."), _COPY_AGAIN),
    "broken": (_("What the server sent was cut short, or makes no sense as a calendar."), _BY_ITSELF),
    "no-calendar": (_("There is something else at the address, such as a web page, and no calendar."), _COPY_AGAIN),
}  # fmt: skip
_FILE_FAULTS = {
    "too-much": _("Choose a smaller file, such as one with the coming months only. This one holds too much."),
    "broken": _("Save the file again in your calendar program. This one is cut short, or makes no sense."),
    "no-calendar": _("Choose a calendar file, which ends in .ics. This is something else."),
}


def fault_words(code: str) -> str:
    """What went wrong at an address, and what to do."""
    what, then = _FAULTS.get(code) or _answered(code.removeprefix("status-"))
    return f"{what} {then}"


def fault_of_file(code: str) -> str:
    """What to do about a file."""
    return str(_FILE_FAULTS.get(code, _FILE_FAULTS["broken"]))


def name_of(calendar: HostCalendar) -> str:
    """The file's name, or the server's: the rest of an address is a secret."""
    try:
        return calendar.file_name or read_place(calendar.url).host
    except FetchError:
        return gettext("unknown")


def reading_words(calendar: HostCalendar, coming: int) -> str:
    """When the calendar was read well the last time, and what it says."""
    if calendar.read_at is None:
        return gettext("It has not been read yet, and hides no times.")
    busy = ngettext(
        "%(count)s busy time in the next 8 weeks.", "%(count)s busy times in the next 8 weeks.", coming
    ) % {"count": coming}
    return f"{_read_when(calendar, calendar.read_at)} {busy}"


def failure_words(calendar: HostCalendar) -> str:
    """What went wrong, what is kept and what to do; nothing after a good reading."""
    if not calendar.failure:
        return ""
    kept = gettext("What was read before still holds.") if calendar.read_at else ""
    return " ".join(filter(None, [fault_words(calendar.failure), kept, _next_try(calendar)]))


def _answered(status: str) -> tuple[str, str | Promise]:
    said = gettext("The address answered %(status)s.") % {"status": status}
    return said, _BY_ITSELF if status.startswith("5") else _COPY_AGAIN


def _read_when(calendar: HostCalendar, at: datetime) -> str:
    if calendar.file_name:
        return gettext("Read on %(day)s.") % {"day": dates.moment(calendar.host.academy.local(at))}
    if (timezone.now() - at).total_seconds() < 60:
        return gettext("Read just now.")
    return gettext("Last read %(time)s ago.") % {"time": timesince(at, depth=1)}


def _next_try(calendar: HostCalendar) -> str:
    if calendar.next_read_at is None:
        return ""
    at = dates.clock(calendar.host.academy.local(calendar.next_read_at))
    return gettext("The next try: %(clock)s.") % {"clock": at}
