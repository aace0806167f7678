"""The entries of a timeline in words: when each is, in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, gettext

from keino_academy.announcement.entries import Entry, Kind, Precision, Tense
from keino_academy.core import dates, zones


@dataclass(frozen=True)
class Item:
    """An entry with its number and its words.

    ``day`` and ``hours`` stand beside each other in the programme, ``brief`` in the legend of
    the drawing. ``machine`` is what ``<time datetime>`` holds; empty where HTML has no such value.
    """

    number: int
    entry: Entry
    tense: Tense
    day: str
    hours: str
    brief: str
    machine: str

    @property
    def tense_word(self) -> str:
        """Past, current or coming in one word."""
        if self.tense is Tense.PAST:
            return gettext("over")
        return gettext("now") if self.tense is Tense.CURRENT else gettext("coming")


def programme(entries: Sequence[Entry], now: datetime) -> list[Item]:
    """Every entry in words, numbered in the order given."""
    return [
        Item(
            number,
            entry,
            entry.tense(now),
            _tied(_day(entry)),
            _hours(entry),
            _tied(_brief(entry)),
            _machine(entry),
        )
        for number, entry in enumerate(entries, 1)
    ]


def _tied(words: str) -> str:
    """A dash that ends a line, never one that begins it."""
    return words.replace(" –", f"{dates.NBSP}–")


def _day(entry: Entry) -> str:
    if entry.said:
        return entry.said
    if entry.precision is Precision.DAY and (entry.days == 1 or entry.kind is Kind.DEADLINE):
        return dates.dated(entry.day)
    return _brief(entry)


def _brief(entry: Entry) -> str:
    """The time without its weekday and hours."""
    if entry.said:
        return entry.said
    first, last = entry.first_day, entry.last_day
    if entry.precision is Precision.MONTH:
        return dates.months(first, last).replace(dates.NBSP, " ")
    if entry.precision is Precision.SEASON:
        opening, closing = dates.season(first), dates.season(last)
        return opening if opening == closing or entry.days < 100 else f"{opening} – {closing}"
    if entry.precision is Precision.YEAR:
        return dates.year(first) if first.year == last.year else f"{first.year}{dates.DASH}{last.year}"
    if entry.days == 1 or entry.kind is Kind.DEADLINE:
        return _short(entry.day)
    return dates.days(first, last).replace(dates.NBSP, " ")


def _short(day: date) -> str:
    """A day with its year, short enough for the narrow columns of a legend."""
    english = (get_language() or "en")[:2] == "en"
    return f"{dates.short_day(day)}{dates.NBSP}{day.year}" if english else dates.day(day)


def _hours(entry: Entry) -> str:
    if entry.said or entry.all_day or entry.precision is not Precision.DAY or entry.kind is Kind.PERIOD:
        return ""
    if entry.kind is Kind.DEADLINE:
        return gettext("by %(clock)s") % {"clock": dates.clock(zones.last_minute(entry.ends))}
    if entry.starts == entry.ends:
        return dates.clock(entry.starts)
    if entry.days > 1:
        return f"{dates.clock(entry.starts)} – {dates.clock(entry.ends)}"
    return dates.hours(entry.starts, entry.ends)


def _machine(entry: Entry) -> str:
    """A moment, a day, a month or a year of HTML; a range has none."""
    if entry.said:
        return ""
    first, last = entry.first_day, entry.last_day
    if entry.precision is Precision.DAY:
        if entry.kind is Kind.DEADLINE and not entry.all_day:
            return zones.last_minute(entry.ends).isoformat(timespec="minutes")
        if entry.kind is Kind.MOMENT and not entry.all_day:
            return entry.starts.isoformat(timespec="minutes")
        return entry.day.isoformat() if entry.days == 1 or entry.kind is Kind.DEADLINE else ""
    if entry.precision is Precision.MONTH and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y}" if entry.precision is Precision.YEAR and first.year == last.year else ""
