"""The timeline as a calendar that one subscribes to. Pure but for the reading that it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from keino_academy.announcement.entries import Entry, Kind, Precision
from keino_academy.announcement.reading import Reading
from keino_academy.core import calendars

#: From here seconds are counted as SEQUENCE.
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def calendar(reading: Reading, page_url: str, published_at: datetime | None) -> str:
    """The calendar file: moments and deadlines at their time, periods as whole days that block nobody.

    It is stamped with the last publication of what it says, so that the same page gives the same bytes.
    """
    page = reading.page
    uid = f"{page.translation_key}-{page.locale.language_code}"
    entries = calendar_entries(reading.entries, page.translation_key, page_url, published_at)
    return calendars.feed(page.title, entries, uid)


def calendar_entries(
    entries: Iterable[Entry], key: UUID, page_url: str, published_at: datetime | None
) -> Iterator[calendars.Entry]:
    """The timeline's entries as a calendar's; ``key`` is the academy's translation key."""
    for entry in entries:
        url = f"{page_url}#entry-{entry.id}" if page_url else ""
        yield calendar_entry(entry, key, published_at, url=url)


def calendar_entry(
    entry: Entry, key: UUID, published_at: datetime | None, *, sequence: int = 0, url: str = ""
) -> calendars.Entry:
    """One entry, as every calendar file has it: whichever brings it, programs see one thing.

    Its SEQUENCE is that of the publication, or the one given where that is higher.
    """
    starts, ends = _times(entry)
    return calendars.Entry(
        uid=uid_of(entry.id, key),
        title=entry.title,
        starts=starts,
        ends=ends,
        stamp=published_at or _EPOCH,
        sequence=max(sequence, sequence_at(published_at)),
        description=_description(entry),
        place=place_of(entry),
        url=url,
    )


def uid_of(entry_id: str, key: UUID) -> str:
    """The UID of an entry, the same in every language and every file."""
    return f"{entry_id}.{key}@keino-academy"


def sequence_at(published_at: datetime | None) -> int:
    """The SEQUENCE of what was published then: whole seconds since 2020.

    RFC 5545 wants an integer that rises with every revision. Nothing counts a page's
    publications, and a count of its revisions falls when old ones are purged; the time of
    the last publication only rises. Seconds since 2020 fit 31 bits until 2088.
    """
    return max(0, int((published_at - _EPOCH).total_seconds())) if published_at else 0


def place_of(entry: Entry) -> str:
    """Where it is, in words: ``Helsinki``; ``Online (Teams)``."""
    if not entry.online:
        return entry.place
    return _("Online (%(place)s)") % {"place": entry.place} if entry.place else _("Online")


def _times(entry: Entry) -> tuple[datetime, datetime] | tuple:
    if entry.all_day or entry.kind is Kind.PERIOD:
        return entry.first_day, entry.last_day + timedelta(days=1)
    if entry.kind is Kind.DEADLINE:
        # The last minute in which it can be done; one that ends on the hour is that hour's last.
        return entry.ends - timedelta(minutes=1), entry.ends
    return entry.starts, entry.ends


def _description(entry: Entry) -> str:
    """The description, after words that tell that the days are not exact."""
    known = entry.said or (_("The days are not known yet.") if entry.precision is not Precision.DAY else "")
    return "\n".join(filter(None, (known, entry.description)))
