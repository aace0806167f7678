"""What organisers wrote down of a discussion, in words. Applicants never see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.criteria import Verdict
from keino_academy.applications.models import Application, DiscussionNote
from keino_academy.core import dates

#: The question of the note on the application as a whole.
WHOLE = ""
VERDICTS = {Verdict.MET: _("met"), Verdict.UNSURE: _("unsure"), Verdict.NOT_MET: _("not met")}


@dataclass(frozen=True)
class NoteWords:
    """A note with the label of its question, who wrote it and when."""

    question: str
    label: str
    text: str
    verdict: str
    by: str
    when: str


def notes_of(application: Application, labels: Mapping[str, str]) -> list[NoteWords]:
    """The notes in the order of ``labels`` (of questions, by id), that on the whole last; one query."""
    order = {key: place for place, key in enumerate(labels)}
    found = application.notes.select_related("author")
    ordered = sorted(found, key=lambda note: (note.question == WHOLE, order.get(note.question, len(order))))
    return [_words(application, note, labels) for note in ordered]


def _words(application: Application, note: DiscussionNote, labels: Mapping[str, str]) -> NoteWords:
    label = labels.get(note.question, note.question) if note.question else str(_("The whole"))
    return NoteWords(
        note.question,
        label,
        note.text,
        verdict_word(note.verdict),
        _name(note.author),
        dates.moment(application.academy.local(note.written_at)),
    )


def verdict_word(verdict: str) -> str:
    """The verdict in words; nothing where none was given."""
    return str(dict(VERDICTS).get(verdict, verdict))  # type: ignore[call-overload]


def say_note(note: DiscussionNote) -> str:
    """Verdict and text in one cell of a spreadsheet."""
    return "\n".join(part for part in (verdict_word(note.verdict), note.text) if part)


def _name(user: Any) -> str:
    return str(user.get_full_name() or user.get_username()) if user else str(_("somebody"))
