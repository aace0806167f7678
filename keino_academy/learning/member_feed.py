"""What a member's own calendar holds: the organisation's bookings, and the sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from keino_academy.announcement.entries import Entry
from keino_academy.announcement.feed import calendar_entry
from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import entries_in, find_face, published_at
from keino_academy.applications.queries import holder_key
from keino_academy.booking.holders import FeedPart
from keino_academy.booking.models import PersonalFeed
from keino_academy.core import calendars, clock
from keino_academy.core.languages import current_language
from keino_academy.learning import queries
from keino_academy.learning.access import may
from keino_academy.learning.models import AbstractSessionPage, Member, SessionTime
from keino_academy.learning.occasions import Occasion
from keino_academy.learning.phases import Action, allows, phase


def feed_part(feed: PersonalFeed) -> FeedPart | None:
    """The member's part, in the active language; None for who is no member any more, or not of ours."""
    member = _member(feed)
    if member is None:
        return None
    application = member.participation.application
    holders = (feed.holder, holder_key(application)) if application else (feed.holder,)
    return FeedPart(holders, tuple(_sessions(member.participation.academy, member)))


def _member(feed: PersonalFeed) -> Member | None:
    """The member who is in and may read now; asked anew at every fetch."""
    kind, _colon, key = feed.holder.partition(":")
    if kind != "member" or not key.isdecimal():
        return None
    found = queries.live_members(participation__academy=feed.academy_id, pk=int(key))
    member = found.select_related("user", "participation__academy", "participation__application").first()
    if member is None or (member.user and not member.user.is_active):
        return None
    dates = member.participation.academy.call_dates
    return member if allows(phase(dates, clock.now()), Action.READ) else None


def _sessions(academy: Academy, member: Member) -> Iterator[calendars.Entry]:
    """Each session as its timeline entry, with the way to its page.

    The join link stands there as on the page: for who may read it, from a little before the session.
    """
    language = current_language()
    homes = queries.homes_of([academy])[academy.pk]
    home = homes.get(language) or homes.get(academy.language) or next(iter(homes.values()), None)
    face = find_face(academy, language)
    if home is None or face is None:
        return
    entries = {entry.id: entry for entry in entries_in(academy, face)}
    rows = {row.entry_id: row for row in SessionTime.objects.filter(academy=academy)}
    published, reads = published_at(academy, face), may(member.user, Action.READ, home)
    for page in queries.sessions_of(home):
        entry = entries.get(page.timeline_entry)
        if entry is not None:
            key, row = academy.translation_key, rows.get(entry.id)
            sequence = row.sequence if row else 0
            event = calendar_entry(entry, key, published, sequence=sequence, url=page.full_url or "")
            lines = (event.description, _join_link(page, entry) if reads else "")
            yield replace(event, description="\n".join(filter(None, lines)))


def _join_link(page: AbstractSessionPage, entry: Entry) -> str:
    return Occasion(page.title, "", entry, page.join_link, clock.now()).open_link
