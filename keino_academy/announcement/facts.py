"""From what a page says as facts to exact moments: the one place where the two meet.

Pure: a page is read as anything that has the fields of ``AcademyFacts``.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Protocol

from keino_academy.announcement.call import CallDates
from keino_academy.core.zones import closing_moment, day_end, day_start, moment

#: When a call closes if only its day is told.
LAST = time(23, 59)


class Facts(Protocol):
    """What is read: wall-clock dates and times in ``time_zone``."""

    time_zone: str
    opens_on: date | None
    opens_at: time | None
    closes_on: date | None
    closes_at: time | None
    grace_minutes: int | None
    starts_on: date | None
    ends_on: date | None
    alumni_until: date | None
    archived_from: date | None


def opening(facts: Facts) -> datetime | None:
    """The first instant of the call: the start of its day where no time is told."""
    if facts.opens_on is None:
        return None
    return moment(facts.opens_on, facts.opens_at or time.min, facts.time_zone)


def closing(facts: Facts) -> datetime | None:
    """The first instant that is too late: the end of its day where no time is told."""
    if facts.closes_on is None:
        return None
    # An editor's midnight is a time too, so no truth is asked of it.
    at = LAST if facts.closes_at is None else facts.closes_at
    return closing_moment(facts.closes_on, at, facts.time_zone)


def call_dates(facts: Facts, released: datetime | None = None, published: bool = True) -> CallDates:
    """The moments that decide the state: first days are included, and so are last days."""
    zone = facts.time_zone
    return CallDates(
        opens=opening(facts),
        closes=closing(facts),
        grace=timedelta(minutes=facts.grace_minutes or 0),
        released=released,
        starts=day_start(facts.starts_on, zone) if facts.starts_on else None,
        ends=day_end(facts.ends_on, zone) if facts.ends_on else None,
        alumni_until=day_end(facts.alumni_until, zone) if facts.alumni_until else None,
        archived_from=day_start(facts.archived_from, zone) if facts.archived_from else None,
        published=published,
    )


def moment_to_show(dates: CallDates, mode: str, now: datetime) -> datetime:
    """At which moment a preview stands, so that the page is ``planned``, ``open``, ``closed`` or ``past``.

    Without the date that it needs, a preview stands at the present moment.
    """
    day = timedelta(days=1)
    if mode == "planned":
        first = dates.opens or dates.closes
        return first - 7 * day if first else now
    if mode == "open" and dates.closes:
        return max(dates.closes - 3 * day, dates.opens or dates.closes - 3 * day)
    if mode == "open" and dates.opens:
        return dates.opens + day
    if mode == "closed" and dates.closes:
        return dates.closes + dates.grace + timedelta(minutes=1)
    if mode == "past":
        end = dates.ends or dates.starts or dates.closes
        return end + day if end else now
    return now
