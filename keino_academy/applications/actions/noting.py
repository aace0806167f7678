"""The verb that keeps what organisers write down of a discussion, so that none overwrites another unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from keino_academy.applications.models import Application, DiscussionNote
from keino_academy.core import clock

#: The name in Wagtail's log of writing notes.
NOTES_ACTION = "keino_academy.notes"
#: How long a note may be.
LONGEST_NOTE = 4000


@dataclass(frozen=True)
class Written:
    """A note as somebody sends it; ``seen`` is the :func:`stamp` of what stood there when it was opened."""

    question: str
    text: str
    verdict: str
    seen: str


def stamp(text: str = "", verdict: str = "") -> str:
    """What names a note's content; that of nothing is the stamp of a note that does not exist."""
    return hashlib.sha256(json.dumps([text, verdict]).encode()).hexdigest()[:32]


@transaction.atomic
def keep_notes(application: Application, notes: Iterable[Written], by: Any) -> tuple[str, ...]:
    """Keep the notes that were changed; the questions of those that somebody else changed meanwhile.

    Of these nothing is kept. A note that is as it was opened is left alone, whatever became of it
    since. One without text and verdict is taken away.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    known = {note.question: note for note in locked.notes.all()}
    kept, clashes = 0, []
    for one in notes:
        there = known.get(one.question)
        stands = stamp(there.text, there.verdict) if there else stamp()
        if stamp(one.text, one.verdict) in {one.seen, stands}:
            continue
        if one.seen != stands:
            clashes.append(one.question)
            continue
        _keep(locked, there, one, by)
        kept += 1
    if kept:
        log(locked, NOTES_ACTION, user=by, data={"notes": kept})
    return tuple(clashes)


def _keep(application: Application, there: DiscussionNote | None, written: Written, by: Any) -> None:
    if not written.text and not written.verdict:
        if there is not None:
            there.delete()
        return
    note = there or DiscussionNote(application=application, question=written.question)
    note.text, note.verdict = written.text, written.verdict
    note.author, note.written_at = by, clock.now()
    note.save()
