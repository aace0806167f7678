"""Dates and times at the beginning of a written line. Pure.

:func:`read_when` tries the forms one after another, the longer ones first, and gives
what the line says with the text that is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from keino_academy.announcement import date_words as words
from keino_academy.blocks.enums import Precision
from keino_academy.blocks.spans import whole


class UnreadableDateError(Exception):
    """A date that cannot be read; ``reason`` says what to do."""

    def __init__(self, reason: Any) -> None:
        super().__init__("unreadable")
        self.reason = reason


@dataclass(frozen=True)
class Days:
    """First and last day, both included, as exactly as they are known."""

    first: date
    last: date
    precision: str = Precision.DAY


@dataclass(frozen=True)
class When:
    """What a line says of time. A deadline is ``by`` its day or its ``starts``."""

    days: Days
    starts: time | None = None
    ends: time | None = None
    by: bool = False


#: Reads a match; the day, if any, from which a date without a year is counted.
Form = tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Days]]


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDateError(_("There is no such day. Correct the date.")) from None


def _dated(year: str | None, month: int, day: str, since: date | None) -> date:
    """A day; without a year the next one from ``since`` on."""
    if year:
        return _day(int(year), month, int(day))
    if since is None:
        raise UnreadableDateError(_("Write the year too, such as 12.9.2023."))
    found = _day(since.year, month, int(day))
    return found if found >= since else _day(since.year + 1, month, int(day))


def _month(written: str) -> int:
    return int(written) if written.isdigit() else words.month_number(written)


def _one(match: re.Match[str], since: date | None) -> Days:
    day = _dated(match["year"], _month(match["month"]), match["day"], since)
    name = match.groupdict().get("weekday")
    if name and words.WEEKDAYS[words.fold(name)] != day.weekday():
        raise UnreadableDateError(_("The weekday is not that of the date. Correct one of them."))
    return Days(day, day)


def _range(match: re.Match[str], since: date | None) -> Days:
    month = _month(match["month"])
    first_month = _month(match["first_month"]) if match["first_month"] else month
    if match["year"] and not match["first_year"]:
        # "28.12.–3.1.2024" begins in the year before.
        year: str | None = str(int(match["year"]) - (first_month > month))
    else:
        year = match["first_year"]
    first = _dated(year, first_month, match["first_day"], since)
    last = _dated(match["year"], month, match["day"], first)
    return _ordered(first, last, Precision.DAY)


def _ordered(first: date, last: date, precision: str) -> Days:
    if last < first:
        raise UnreadableDateError(_("Write the earlier date first."))
    return Days(*whole(first, last, precision), precision)


def _months(match: re.Match[str], _since: date | None) -> Days:
    year, month = int(match["year"]), _month(match["month"])
    last = _day(year, month, 1)
    if not match["first_month"]:
        return _ordered(last, last, Precision.MONTH)
    first_month = _month(match["first_month"])
    first_year = int(match["first_year"]) if match["first_year"] else year - (first_month > month)
    return _ordered(_day(first_year, first_month, 1), last, Precision.MONTH)


def _seasons(match: re.Match[str], _since: date | None) -> Days:
    last = _day(int(match["year"]), words.SEASONS[words.fold(match["season"])], 1)
    if not match["first_season"]:
        return _ordered(last, last, Precision.SEASON)
    month = words.SEASONS[words.fold(match["first_season"])]
    year = int(match["first_year"]) if match["first_year"] else last.year - (month > last.month)
    return _ordered(_day(year, month, 1), last, Precision.SEASON)


def _years(match: re.Match[str], _since: date | None) -> Days:
    first = _day(int(match["year"]), 1, 1)
    return _ordered(first, _day(int(match["last_year"] or match["year"]), 1, 1), Precision.YEAR)


_Y, _M, _DASH = words.YEAR, words.MONTH, words.DASH
_ORDINAL = r"(?:\.|st|nd|rd|th)?"
_ISO = rf"(?P<year>{_Y})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?![0-9])"
_ISO_FIRST = rf"(?P<first_year>{_Y})-(?P<first_month>[0-9]{{2}})-(?P<first_day>[0-9]{{2}})"
_START = rf"(?:{words.WEEKDAY})?{words.ON}"
_SECOND = _START.replace("(?P<weekday>", "(?:")

#: The forms of days, seasons, months and years, longer ones first: "kesä" is the summer, "kesäkuu" June.
FORMS: tuple[Form, ...] = (
    (_pattern(rf"{_SECOND}{_ISO_FIRST}(?:{_DASH}|\s*/\s*){_ISO}"), _range),
    (
        _pattern(
            rf"{_SECOND}(?P<first_day>[0-9]{{1,2}})(?:\.(?:(?P<first_month>[0-9]{{1,2}})(?:\.(?P<first_year>{_Y})?)?)?)?"
            rf"{_DASH}{_SECOND}(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?P<year>{_Y})?"
        ),
        _range,
    ),
    (
        _pattern(
            rf"{_SECOND}(?P<first_day>[0-9]{{1,2}}){_ORDINAL}(?:\s+(?P<first_month>{_M}))?(?:,?\s*(?P<first_year>{_Y}))?"
            rf"{_DASH}{_SECOND}(?P<day>[0-9]{{1,2}}){_ORDINAL}\s+(?P<month>{_M})(?:,?\s*(?P<year>{_Y}))?"
        ),
        _range,
    ),
    (_pattern(rf"{_START}{_ISO}"), _one),
    (
        _pattern(rf"{_START}(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?:(?P<year>{_Y})|(?![0-9]))"),
        _one,
    ),
    (
        _pattern(
            rf"{_START}(?P<day>[0-9]{{1,2}}){_ORDINAL}\s+(?:of\s+)?(?P<month>{_M})(?:,?\s*(?P<year>{_Y}))?"
        ),
        _one,
    ),
    (_pattern(rf"{_START}(?P<month>{_M})\s+(?P<day>[0-9]{{1,2}}){_ORDINAL},\s*(?P<year>{_Y})"), _one),
    (
        _pattern(
            rf"{words.ON}(?:(?P<first_season>{words.SEASON})(?:\s+(?P<first_year>{_Y}))?{_DASH})?"
            rf"(?P<season>{words.SEASON})\s+(?P<year>{_Y})"
        ),
        _seasons,
    ),
    (
        _pattern(
            rf"{words.ON}(?:(?P<first_month>{_M})(?:\s+(?P<first_year>{_Y}))?{_DASH})?(?P<month>{_M})\s+(?P<year>{_Y})"
        ),
        _months,
    ),
    (_pattern(rf"(?P<first_month>(?!))?(?P<year>{_Y})-(?P<month>[0-9]{{2}})(?![-0-9])"), _months),
    (_pattern(rf"(?:{words.IN_YEAR}\s+)?(?P<year>{_Y})(?:{_DASH}(?P<last_year>{_Y}))?(?![-.:0-9])"), _years),
)

_HOUR, _MINUTE = r"[0-9]{1,2}", r"[0-9]{2}"
_CLOCK_WORD = r"(?:klo\b\.?|kello\b|kl\b\.?|at\b)"
#: "klo 10–16": after a word, minutes may be left out.
_TIMES_SAID = _pattern(
    rf"[\s,]*{_CLOCK_WORD}\s*(?P<h1>{_HOUR})(?:[.:](?P<m1>{_MINUTE}))?"
    rf"(?:{_DASH}(?:{_CLOCK_WORD}\s*)?(?P<h2>{_HOUR})(?:[.:](?P<m2>{_MINUTE}))?)?(?![.:]?[0-9])"
)
#: "10:00–16:00": without a word, they may not.
_TIMES_BARE = _pattern(
    rf"(?:[\s,]+|T)(?P<h1>{_HOUR})[.:](?P<m1>{_MINUTE})(?:{_DASH}(?P<h2>{_HOUR})[.:](?P<m2>{_MINUTE}))?(?![.:]?[0-9])"
)
_BY, _BY_AFTER = _pattern(words.BY), _pattern(words.BY_AFTER)


def _time(hour: str, minute: str | None) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise UnreadableDateError(_("There is no such time. Write one between 0.00 and 23.59.")) from None


def _read_times(text: str) -> tuple[time | None, time | None, str]:
    match = _TIMES_SAID.match(text) or _TIMES_BARE.match(text)
    if match is None:
        return None, None, text
    starts = _time(match["h1"], match["m1"])
    ends = _time(match["h2"], match["m2"]) if match["h2"] else None
    if ends and ends <= starts:
        raise UnreadableDateError(_("Write a time of ending that is later than the start."))
    return starts, ends, text[match.end() :]


def _read_days(text: str, since: date | None) -> tuple[Days, str]:
    for pattern, read in FORMS:
        match = pattern.match(text)
        if match:
            return read(match, since), text[match.end() :]
    raise UnreadableDateError(_("Begin the line with a date, such as 12.9.2023, or with a month and a year."))


def read_when(text: str, since: date | None = None) -> tuple[When, str]:
    """When the line is, and the rest of it; raises :class:`UnreadableDateError`."""
    before = _BY.match(text)
    days, rest = _read_days(text[before.end() :] if before else text, since)
    starts, ends, rest = _read_times(rest)
    after = _BY_AFTER.match(rest)
    by = bool(before or after)
    one_day = days.precision == Precision.DAY and days.first == days.last
    if by and (ends or not one_day):
        raise UnreadableDateError(_("Write one day, and at most one time, by which it must be done."))
    if starts and not one_day:
        raise UnreadableDateError(_("Write each day on a line of its own, with its hours."))
    return When(days, starts, ends, by), rest[after.end() :] if after else rest
