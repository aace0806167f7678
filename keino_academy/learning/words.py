"""A session and a phase in words, in the active language. Pure."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keino_academy.announcement.call import CallDates
from keino_academy.announcement.entries import Precision
from keino_academy.core import dates
from keino_academy.learning.occasions import Occasion
from keino_academy.learning.phases import CLOSING, Phase


def numeral(occasion: Occasion, what: str = "") -> str:
    """The one large numeral: the day, or the hour once the session is near (``what="day"``: the day)."""
    if occasion.entry is None or occasion.item is None:
        return ""
    if occasion.soon and what != "day":
        return dates.bare_clock(occasion.entry.starts)
    return dates.short_day(occasion.entry.first_day) if occasion.item.machine else ""


def brief(occasion: Occasion) -> str:
    """A time as short as a narrow column wants it: ``12.9.``, ``marras–tammi``, ``2024``."""
    entry = occasion.entry
    if entry is None or entry.said:
        return entry.said if entry else ""
    first, last = entry.first_day, entry.last_day
    if entry.precision is Precision.YEAR:
        return f"{first.year}" if first.year == last.year else f"{first.year}{dates.DASH}{last.year}"
    if entry.precision is Precision.MONTH:
        names = [dates.short_month(day) for day in (first, last)]
        return dates.DASH.join(dict.fromkeys(names))
    if entry.precision is Precision.DAY and first == last:
        return dates.short_day(first)
    return occasion.item.brief if occasion.item else ""


def heading(occasion: Occasion) -> tuple[str, str]:
    """The line above the title, and the title: the entry's name is not said twice."""
    name = occasion.entry.name if occasion.entry else ""
    beginning = f"{name}: "
    if name and occasion.title.startswith(beginning):
        rest = occasion.title.removeprefix(beginning)
        return name, rest[:1].upper() + rest[1:]
    return ("" if occasion.title.startswith(name) else name), occasion.title


def when(occasion: Occasion) -> str:
    """The weekday with its hours and how far it is; the day once the numeral is the hour."""
    if occasion.entry is None or occasion.item is None:
        return ""
    if not occasion.timed:
        return occasion.item.day
    first = (
        dates.day(occasion.entry.first_day) if occasion.soon else dates.weekday_on(occasion.entry.first_day)
    )
    words = first if occasion.soon else f"{first} {occasion.item.hours}".strip()
    away = distance(occasion)
    return f"{words}, {away}" if away else words


def distance(occasion: Occasion) -> str:
    """How far away a session is: ``today``, ``in 8 days``, ``begins in 10 minutes``, ``under way``."""
    if occasion.entry is None or occasion.over or not occasion.timed:
        return ""
    if occasion.running:
        return _("under way")
    minutes, days = occasion.minutes_left, occasion.days_left
    if occasion.soon:
        return ngettext("begins in %(count)s minute", "begins in %(count)s minutes", minutes) % {
            "count": minutes
        }
    if days <= 0:
        return _("today")
    return ngettext("tomorrow", "in %(count)s days", days) % {"count": days}


def place(occasion: Occasion) -> str:
    """Where it is: ``Helsinki``; ``online (Teams)``."""
    if occasion.entry is None:
        return ""
    if not occasion.entry.online:
        return occasion.entry.place
    if occasion.entry.place:
        return _("Online (%(service)s)") % {"service": occasion.entry.place}
    return _("Online")


def hours_and_place(occasion: Occasion) -> str:
    """Both in one line, without what is not known."""
    hours = occasion.item.hours if occasion.item and occasion.timed else ""
    return ", ".join(part for part in (hours, place(occasion)) if part)


def facts(occasion: Occasion) -> list[tuple[str, str]]:
    """What the head of a session's page tells beside the date."""
    if occasion.entry is None or occasion.item is None:
        return [(_("When"), _("The day is not known yet."))]
    entry, parts = occasion.entry, [occasion.item.day, occasion.item.hours]
    if occasion.timed and entry.online:
        # Only there may readers be in another zone than the session.
        parts.append(dates.zone_name(entry.starts, str(entry.starts.tzinfo)))
    rows = [(_("When"), " ".join(part for part in parts if part)), (_("Where"), place(occasion))]
    return [(name, text) for name, text in rows if text]


def joins_at(occasion: Occasion) -> str:
    """From when the join link is shown: ``10.10. klo 8.45``, or nothing."""
    if occasion.joins_at is None or occasion.over:
        return ""
    return f"{dates.short_day(occasion.joins_at)} {dates.clock(occasion.joins_at)}"


def phase_words(phase: Phase, call: CallDates, local: datetime | None) -> str:
    """What the phase means to a participant; nothing while the academy goes on.

    ``local`` is the moment at which the alumni time ends, in the academy's zone.
    """
    if phase is Phase.CLOSING and call.ends is not None:
        last = (call.ends + CLOSING).date()
        return _("The academy is over. What is unfinished can be finished until %(day)s.") % {
            "day": dates.day(last)
        }
    if phase is Phase.ALUMNI:
        if local is None:
            return _("The academy is over. You can still read its pages.")
        return _("The academy is over. You can read its pages until %(day)s.") % {"day": dates.day(local)}
    return ""
