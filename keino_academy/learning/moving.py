"""Following the timeline: which sessions moved or are gone, and who is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from keino_academy.announcement.entries import Entry
from keino_academy.announcement.feed import sequence_at
from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.queries import entries_of, faces
from keino_academy.core import clock
from keino_academy.learning import queries, session_mails
from keino_academy.learning.models import SessionTime
from keino_academy.learning.noted import is_other, noted_entry, noted_facts

__all__ = ["follow_sessions", "note_sessions"]


def follow_sessions(academy: Academy, page: AbstractAcademyPage) -> int:
    """Compare the published source page with the times that were noted, and note what holds now.

    New sessions are noted silently. Of a coming one that moved or is gone each member is told
    once, in the transaction; publishing again without a change tells nobody. Returns how many
    sessions members were told of.
    """
    with transaction.atomic():
        entries = {entry.id: entry for entry in entries_of(page, academy.time_zone)}
        rows = {row.entry_id: row for row in _rows(academy)}
        _note_new(academy, entries, set(rows))
        told = 0
        for row in rows.values():
            entry = entries.get(row.entry_id)
            if entry is None:
                told += _gone(academy, row, page.last_published_at)
            elif is_other(row, entry):
                told += _moved(academy, row, entry, page.last_published_at)
    return told


@transaction.atomic
def note_sessions(academy: Academy) -> None:
    """Note the times of sessions whose pages were just published, so that a later move is seen."""
    page = faces(academy).get(academy.language)
    if page is not None:
        entries = {entry.id: entry for entry in entries_of(page, academy.time_zone)}
        _note_new(academy, entries, {row.entry_id for row in _rows(academy)})


def _rows(academy: Academy) -> list[SessionTime]:
    return list(SessionTime.objects.select_for_update().filter(academy=academy).order_by("pk"))


def _note_new(academy: Academy, entries: Mapping[str, Entry], known: set[str]) -> None:
    named = {page.timeline_entry for page in queries.sessions_in(academy) if page.live}
    new = (entries[key] for key in sorted(named - known) if key in entries)
    SessionTime.objects.bulk_create(
        SessionTime(academy=academy, entry_id=entry.id, **noted_facts(entry)) for entry in new
    )


def _moved(academy: Academy, row: SessionTime, entry: Entry, published_at: datetime | None) -> bool:
    before = noted_entry(row, academy, entry.title)
    for name, value in noted_facts(entry).items():
        setattr(row, name, value)
    _raise(row, published_at)
    row.save()
    if not _is_coming(before, entry):
        return False
    session_mails.tell_moved(academy, row, before, entry)
    return True


def _gone(academy: Academy, row: SessionTime, published_at: datetime | None) -> bool:
    before = noted_entry(row, academy)
    _raise(row, published_at)
    row.delete()
    if not _is_coming(before):
        return False
    session_mails.tell_cancelled(academy, row, before)
    return True


def _raise(row: SessionTime, published_at: datetime | None) -> None:
    """A new version: above the last one, and where the academy's calendar stands by its publication."""
    row.sequence = max(row.sequence + 1, sequence_at(published_at))
    row.changed_at = published_at or timezone.now()


def _is_coming(*entries: Entry) -> bool:
    """Whether any of them is not over yet: what is past is corrected in silence."""
    return any(max(entry.starts, entry.ends) > clock.now() for entry in entries)
