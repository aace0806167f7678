"""The timeline as a calendar that one subscribes to. Pure but for the reading that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from keino_academy.announcement.entries import Entry, Kind, Precision
from keino_academy.announcement.reading import Reading
from keino_academy.core import calendars


def calendar(reading: Reading, page_url: str) -> str:
    """The calendar file: moments and deadlines at their time, periods as whole days that block nobody.

    It is stamped with the page's last publication, so that the same page gives the same bytes.
    """
    page = reading.page
    stamp = page.last_published_at or page.first_published_at or datetime(2000, 1, 1, tzinfo=UTC)
    uid = f"{page.translation_key}-{page.locale.language_code}"
    return calendars.feed(page.title, _entries(reading, stamp, page_url), uid)


def _entries(reading: Reading, stamp: datetime, page_url: str) -> Iterator[calendars.Entry]:
    for entry in reading.entries:
        starts, ends = _times(entry)
        yield calendars.Entry(
            uid=f"{entry.id}.{reading.page.translation_key}@keino-academy",
            title=entry.title,
            starts=starts,
            ends=ends,
            stamp=stamp,
            description=_description(entry),
            place=_place(entry),
            url=f"{page_url}#entry-{entry.id}" if page_url else "",
        )


def _times(entry: Entry) -> tuple[datetime, datetime] | tuple:
    if entry.all_day or entry.kind is Kind.PERIOD:
        return entry.first_day, entry.last_day + timedelta(days=1)
    if entry.kind is Kind.DEADLINE:
        # The last minute in which it can be done; one that ends on the hour is that hour's last.
        return entry.ends - timedelta(minutes=1), entry.ends
    return entry.starts, entry.ends


def _place(entry: Entry) -> str:
    if not entry.online:
        return entry.place
    return _("Online (%(place)s)") % {"place": entry.place} if entry.place else _("Online")


def _description(entry: Entry) -> str:
    """The description, after words that tell that the days are not exact."""
    known = entry.said or (_("The days are not known yet.") if entry.precision is not Precision.DAY else "")
    return "\n".join(filter(None, (known, entry.description)))
