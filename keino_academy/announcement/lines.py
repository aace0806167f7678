"""The paste box: lines such as ``12.9.2023 klo 10–16 Käynnistystilaisuus, Helsinki``. Pure.

A line is a date, perhaps a time, a title, and after the last comma the place. Each
becomes a draft of an entry, or is named with what to do about it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.written_dates import UnreadableDateError, When, read_when
from keino_academy.blocks.enums import Audience
from keino_academy.core.text import clean_line

#: As long as the blocks allow.
LONGEST = 120
END_OF_DAY = time(23, 59)

# Word joiners, soft hyphens and zero-width characters, which come along from pages and documents.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_BULLET = re.compile(r"\A(?:[-–—•*·]\s+)+")
_ONLINE = r"(?:etänä|verkossa|på distans|distans|online)"
_SERVICE = r"(?:microsoft teams|teams|zoom|google meet|meet|webex|skype)"
_IN_BRACKETS = re.compile(rf"\s*\(([^()]*\b(?:{_ONLINE}|{_SERVICE})\b[^()]*)\)\s*$", re.IGNORECASE)
_ONLINE_LAST = re.compile(rf"(?:[\s,]+|^){_ONLINE}\s*$", re.IGNORECASE)
_ONLINE_WORD = re.compile(rf"\b{_ONLINE}\b[\s,:]*", re.IGNORECASE)


@dataclass(frozen=True)
class ParsedLine:
    """A draft of an entry. ``kind`` is the block's name, ``fields`` are its values."""

    kind: str
    fields: dict[str, Any]
    number: int


@dataclass(frozen=True)
class UnreadLine:
    """A line that could not be read: its number from 1, its text, and what to do."""

    number: int
    text: str
    reason: Any


def read_lines(text: str, since: date | None = None) -> tuple[list[ParsedLine], list[UnreadLine]]:
    """Read each line that is not blank, whatever the text.

    A day without a year is the next such day from the line before on, or from ``since``.
    """
    read: list[ParsedLine] = []
    unread: list[UnreadLine] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _BULLET.sub("", clean_line(_INVISIBLE.sub("", raw)))
        if not line:
            continue
        try:
            when, rest = read_when(line, since)
            read.append(_draft(when, rest, number))
        except UnreadableDateError as error:
            unread.append(UnreadLine(number, line, error.reason))
        else:
            since = when.days.first
    return read, unread


def _draft(when: When, rest: str, number: int) -> ParsedLine:
    title, place, online = _read_what(rest)
    if not title:
        raise UnreadableDateError(_("Write a title after the date."))
    if max(len(title), len(place)) > LONGEST:
        raise UnreadableDateError(_("Write a shorter title and place, at most 120 characters each."))
    days = when.days
    if when.by:
        kind, own = "deadline", {"date": days.first, "time": when.starts or END_OF_DAY}
    elif when.starts:
        kind, own = "moment", {"date": days.first, "starts": when.starts, "ends": when.ends}
    else:
        kind, own = "period", {"first": days.first, "last": days.last, "precision": str(days.precision)}
    return ParsedLine(kind, {**own, "title": title, "place": place, "online": online}, number)


def _read_what(rest: str) -> tuple[str, str, bool]:
    """Title, place and whether it is online, from what follows the date."""
    rest = rest.lstrip(" ,:;.–—-").rstrip(" ,;")
    places: list[str] = []
    online = False
    if match := _IN_BRACKETS.search(rest):
        online = True
        places.append(_ONLINE_WORD.sub("", match[1]).strip(" ,"))
        rest = rest[: match.start()]
    if match := _ONLINE_LAST.search(rest):
        online = True
        rest = rest[: match.start()]
    title, comma, place = rest.strip(" ,").rpartition(",")
    if comma:
        places.insert(0, place.strip())
    else:
        title = place
    return title.strip(" ,"), ", ".join(place for place in places if place), online


def as_stream(lines: Iterable[ParsedLine]) -> list[dict[str, Any]]:
    """The drafts as raw data of the ``timeline`` stream, each with an id of its own."""
    return [
        {
            "type": line.kind,
            "value": {
                "short_title": "",
                "description": "",
                "audience": Audience.EVERYONE.value,
                **{
                    name: value.isoformat() if isinstance(value, date | time) else value
                    for name, value in line.fields.items()
                },
                **({"said": ""} if line.kind == "period" else {}),
            },
            "id": str(uuid.uuid4()),
        }
        for line in lines
    ]
