"""A session's time and place as they are noted, and back again. Pure."""

from __future__ import annotations

from datetime import time
from typing import Any

from keino_academy.announcement.entries import Entry, Kind
from keino_academy.announcement.models import Academy
from keino_academy.learning.models import SessionTime

#: Before a place that is online; no words, which change with the language.
_ONLINE = "@"


def noted_facts(entry: Entry) -> dict[str, Any]:
    """What is noted of an entry."""
    longest = SessionTime._meta.get_field("place").max_length
    place = f"{_ONLINE if entry.online else ''}{entry.place}"
    return {"starts": entry.starts, "ends": entry.ends, "place": place[:longest]}


def is_other(row: SessionTime, entry: Entry) -> bool:
    """Whether the time or the place differs from what was noted."""
    return any(getattr(row, name) != value for name, value in noted_facts(entry).items())


def noted_entry(row: SessionTime, academy: Academy, title: str = "") -> Entry:
    """The entry as it was noted: whole days where it began and ended at midnight."""
    starts, ends = academy.local(row.starts), academy.local(row.ends)
    return Entry(
        id=row.entry_id,
        kind=Kind.MOMENT,
        title=title,
        starts=starts,
        ends=ends,
        all_day=starts.time() == ends.time() == time.min and ends > starts,
        place=row.place.removeprefix(_ONLINE),
        online=row.place.startswith(_ONLINE),
    )
