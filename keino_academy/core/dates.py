"""Dates and times as Finnish, Swedish and English write them.

Every function takes local values (a date, or an aware datetime that is already in
the academy's zone) and writes them in the active language. Other languages than the
three fall back to Django's own formats. No-break spaces and word joiners keep the
parts of a date on one line.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext, ngettext

NBSP = "\u00a0"
#: An en dash between numbers, which must not end a line.
DASH = "–\u2060"


def _language() -> str:
    return (get_language() or "en")[:2]


def day(value: date) -> str:
    """``12.9.2023``; ``12 September 2023``."""
    if _language() in {"fi", "sv"}:
        return f"{value.day}.{value.month}.{value.year}"
    if _language() == "en":
        return date_format(value, "j F Y").replace(" ", NBSP)
    return date_format(value, "DATE_FORMAT")


def short_day(value: date) -> str:
    """A day without its year: ``12.9.``; ``12 Sep``."""
    if _language() == "fi":
        return f"{value.day}.{value.month}."
    if _language() == "sv":
        return f"{value.day}.{value.month}"
    return date_format(value, "j M").replace(" ", NBSP)


def weekday(value: date) -> str:
    """The short name of the weekday: ``ti``; ``Tue``."""
    name = str(WEEKDAYS_ABBR[value.weekday()])
    return name.lower() if _language() in {"fi", "sv"} else name


def weekday_long(value: date) -> str:
    """The whole name of the weekday: ``tiistai``; ``Tuesday``."""
    return date_format(value, "l").lower() if _language() in {"fi", "sv"} else date_format(value, "l")


def weekday_on(value: date) -> str:
    """On what weekday: ``tiistaina``, ``tisdag``, ``on Tuesday``."""
    name = weekday_long(value)
    if _language() == "fi":
        return "keskiviikkona" if value.weekday() == 2 else f"{name}na"
    # Swedish "på tisdag" means the coming one alone.
    return name if _language() == "sv" else f"on {name}"


def dated(value: date) -> str:
    """A day with its weekday: ``ti 12.9.2023``; ``Tue 12 September 2023``."""
    return f"{weekday(value)}{NBSP}{day(value)}"


def clock(value: time | datetime) -> str:
    """``klo 9.00``; ``kl. 9.00``; ``9:00``."""
    if _language() == "fi":
        return f"klo{NBSP}{value.hour}.{value.minute:02}"
    if _language() == "sv":
        return f"kl.{NBSP}{value.hour}.{value.minute:02}"
    if _language() == "en":
        return f"{value.hour}:{value.minute:02}"
    return time_format(value, "TIME_FORMAT")


def bare_clock(value: time | datetime) -> str:
    """``9.00`` without a word before it, as one large numeral."""
    return f"{value.hour}{'.' if _language() in {'fi', 'sv'} else ':'}{value.minute:02}"


def bare_hours(start: time | datetime, end: time | datetime) -> str:
    """``9.00–11.30`` without a word before it, as in a list of times."""
    mark = "." if _language() in {"fi", "sv"} else ":"
    return f"{start.hour}{mark}{start.minute:02}{DASH}{end.hour}{mark}{end.minute:02}"


def hours(start: time | datetime, end: time | datetime) -> str:
    """``klo 10–16``, ``klo 9.00–11.30``; ``kl. 10–16``; ``10:00–16:00``."""
    if _language() not in {"fi", "sv"}:
        return bare_hours(start, end)
    word = "klo" if _language() == "fi" else "kl."
    if start.minute == end.minute == 0:
        return f"{word}{NBSP}{start.hour}{DASH}{end.hour}"
    return f"{word}{NBSP}{bare_hours(start, end)}"


def moment(value: datetime) -> str:
    """A day and its clock: ``31.5.2023 klo 23.59``; ``31 May 2023, 23:59``."""
    between = " " if _language() in {"fi", "sv"} else ", "
    return f"{day(value)}{between}{clock(value)}"


def occasion(start: datetime, end: datetime) -> str:
    """From when to when: ``12.9.2023 klo 10–16``; over several days both moments."""
    if start.date() != end.date():
        return f"{moment(start)} – {moment(end)}"
    between = " " if _language() in {"fi", "sv"} else ", "
    return f"{day(start)}{between}{hours(start, end)}"


def days(first: date, last: date) -> str:
    """A range of days, both included: ``1.–15.6.2023``; ``1–15 June 2023``."""
    if first == last:
        return day(first)
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if _language() in {"fi", "sv"}:
        start = f"{first.day}." if same_month else f"{first.day}.{first.month}."
        if _language() == "sv":
            start = start[:-1]
        return f"{start}{DASH}{day(last)}" if same_year else f"{day(first)}{DASH}{day(last)}"
    if _language() == "en" and same_month:
        return f"{first.day}{DASH}{day(last)}"
    start = date_format(first, "j F").replace(" ", NBSP) if same_year and _language() == "en" else day(first)
    return f"{start} – {day(last)}"


@cache
def _month_name(number: int, _whole_language: str | None) -> str:
    # Django's way to it is long, and lists and exports go it for every row.
    name = date_format(date(2000, number, 1), "F")
    return name.lower() if _language() in {"fi", "sv"} else name


def month_name(value: date) -> str:
    """The month without its year: ``syyskuu``; ``September``."""
    return _month_name(value.month, get_language())


def month(value: date) -> str:
    """``syyskuu 2023``; ``september 2023``; ``September 2023``."""
    return f"{month_name(value)}{NBSP}{value.year}"


def short_month(value: date) -> str:
    """The month's short name without its year: ``marras``; ``nov``; ``Nov``."""
    name = month_name(value)
    return name.removesuffix("kuu") if _language() == "fi" else name[:3]


def months(first: date, last: date) -> str:
    """``marraskuu 2023 – tammikuu 2024``; one month stands alone."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    return f"{month(first)} – {month(last)}"


def season(value: date) -> str:
    """``syksy 2023``: December to February are winter, named by the year of the day."""
    names = [gettext("winter"), gettext("spring"), gettext("summer"), gettext("autumn")]
    return f"{names[value.month % 12 // 3]}{NBSP}{value.year}"


def year(value: date) -> str:
    """``vuonna 2024``; ``under 2024``; ``during 2024``."""
    return gettext("during %(year)s") % {"year": value.year}


def left(until: timedelta) -> str:
    """How long there is left, in the largest unit that tells the truth.

    From two days on whole days, from two hours on whole hours, then minutes rounded up
    (so that the last minute says one, not none).
    """
    minutes = max(0, -(-int(until.total_seconds()) // 60))
    if minutes >= 2 * 24 * 60:
        count = minutes // (24 * 60)
        return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
    if minutes >= 2 * 60:
        count = minutes // 60
        return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": count}
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def zone_name(value: datetime, zone: str) -> str:
    """Whose time it is: ``Suomen aikaa`` for Helsinki, else the IANA name and the offset."""
    if zone == "Europe/Helsinki":
        return gettext("Finnish time")
    total = int((value.utcoffset() or timedelta(0)).total_seconds()) // 60
    sign, total = ("−", -total) if total < 0 else ("+", total)
    return f"{zone.rsplit('/', maxsplit=1)[-1].replace('_', ' ')}, UTC{sign}{total // 60}" + (
        f":{total % 60:02}" if total % 60 else ""
    )
