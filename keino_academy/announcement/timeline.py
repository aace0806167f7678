"""Entries of a timeline, read from the stream that an editor wrote.

Pure. The stream's stored form is read: building every block costs more than the whole
drawing, and a draft with gaps must not break a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from keino_academy.announcement.entries import Entry, Kind, Precision, in_order
from keino_academy.announcement.facts import LAST
from keino_academy.blocks.enums import Audience
from keino_academy.blocks.spans import whole
from keino_academy.core.zones import closing_moment, day_end, day_start, moment


def read_timeline(stream: Any, zone: str) -> tuple[Entry, ...]:
    """The entries of a page's ``timeline`` in the zone, by what is over first.

    Entries whose day is not written yet are left out.
    """
    found = (_read(place, child, zone) for place, child in enumerate(_stored(stream)))
    return tuple(in_order(entry for entry in found if entry is not None))


def _stored(stream: Any) -> Iterable[Mapping[str, Any]]:
    return getattr(stream, "raw_data", stream) or ()


def _read(place: int, child: Mapping[str, Any], zone: str) -> Entry | None:
    value = child.get("value") or {}
    times = _TIMES.get(child.get("type", ""), lambda _value, _zone: None)(value, zone)
    if times is None:
        return None
    return Entry(
        id=str(child.get("id") or place),
        title=value.get("title") or "",
        short=value.get("short_title") or "",
        place=value.get("place") or "",
        online=bool(value.get("online")),
        description=value.get("description") or "",
        said=value.get("said") or "",
        audience=value.get("audience") or Audience.EVERYONE,
        asked=value.get("audience") == Audience.APPLICANTS,
        **times,
    )


def _moment(value: Mapping[str, Any], zone: str) -> dict[str, Any] | None:
    day, start, end = as_date(value.get("date")), as_time(value.get("starts")), as_time(value.get("ends"))
    if day is None:
        return None
    if start is None:
        return {
            "kind": Kind.MOMENT,
            "starts": day_start(day, zone),
            "ends": day_end(day, zone),
            "all_day": True,
        }
    starts = moment(day, start, zone)
    ends = moment(day, end, zone) if end else starts
    return {"kind": Kind.MOMENT, "starts": starts, "ends": max(starts, ends)}


def _period(value: Mapping[str, Any], zone: str) -> dict[str, Any] | None:
    first = as_date(value.get("first"))
    if first is None:
        return None
    precision = Precision(value.get("precision") or Precision.DAY)
    first, last = whole(first, as_date(value.get("last")), precision)
    return {
        "kind": Kind.PERIOD,
        "precision": precision,
        "starts": day_start(first, zone),
        "ends": day_end(last, zone),
        "all_day": True,
    }


def _deadline(value: Mapping[str, Any], zone: str) -> dict[str, Any] | None:
    day = as_date(value.get("date"))
    if day is None:
        return None
    at = as_time(value.get("time"))
    at = LAST if at is None else at
    return {"kind": Kind.DEADLINE, "starts": moment(day, at, zone), "ends": closing_moment(day, at, zone)}


_TIMES = {"moment": _moment, "period": _period, "deadline": _deadline}


def as_date(value: Any) -> date | None:
    """A date of a stream, stored or not; None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value or None
    except ValueError:
        return None


def as_time(value: Any) -> time | None:
    """A time of a stream, stored or not; None for anything else."""
    try:
        return time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
