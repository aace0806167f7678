"""The spreadsheet of answers: a row for each application, a column for each question that any of them was asked.

Every heading ends with its column's key in brackets: ``Name of the procurement [pilot_title]``. Words
follow the language and what editors write; keys never change, so that two exports can be laid side by side.
The keys of questions are their ids. What an application tells of itself in a column of its own has its key
among the facts, and no second column among the questions. What organisers noted of a discussion stands last,
under ``note_`` and the question's id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, partial
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.answers import export
from keino_academy.applications.discussion_notes import say_note
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.journey import Question, QuestionType, Section, questions_of, sections_of
from keino_academy.applications.models import Application, DiscussionNote, FormDocument
from keino_academy.applications.queries import COLUMNS, all_answers, content_in
from keino_academy.applications.sheet_rows import records
from keino_academy.core.organisations import organisation_kinds

#: How many applications are read at once: what lies in memory, however many there are.
CHUNK = 500


def kind_of(application: Application) -> str:
    """The kind of organisation in words."""
    return kind_name(application.organisation_kind)


def kind_name(kind: str) -> str:
    """The name of a kind of organisation; what no kind is called stays as it is."""
    return capfirst(str(dict(organisation_kinds()).get(kind, kind)))


def language_name(code: str) -> str:
    """The language's name in the active language; the code of one that Django does not know."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


#: What is known of every application: the column's key and its words.
FACTS: dict[str, Promise | str] = {
    "reference": _("reference"),
    "academy": _("academy"),
    "state": _("state"),
    "organisation": _("organisation"),
    "organisation_kind": _("kind of organisation"),
    "business_id": _("business id"),
    "contact_name": _("contact person"),
    "contact_email": _("e-mail"),
    "contact_phone": _("phone"),
    "language": _("language"),
    "sent_at": _("sent"),
    "in_grace": _("sent within the grace"),
    "late_at": _("late since"),
    "extended_until": _("extended until"),
    "met": _("criteria met"),
    "asked": _("Criteria asked"),
    "booked_at": _("Discussion"),
}
#: How a fact is told that has words of its own; few, however many rows say them.
_WORDS: dict[str, Callable[[Any], str]] = {
    "state": lambda state: str(dict(ApplicationState.choices).get(state, state)),
    "organisation_kind": kind_name,
    "language": language_name,
    "in_grace": lambda within: str(_("Yes")) if within else str(_("No")),
}
_MOMENTS = frozenset({"sent_at", "late_at", "extended_until", "booked_at"})


def _local(name: str, record: Any) -> datetime | None:
    """The moment on the academy's clock, as a spreadsheet keeps one: without its zone."""
    moment = getattr(record, name)
    return record.academy.local(moment).replace(tzinfo=None, microsecond=0) if moment else None


def _teller(key: str) -> Callable[[Any], Any]:
    """What gives the fact's value out of a record, and looks each word up once."""
    if key in _WORDS:
        say = cache(_WORDS[key])
        return lambda record: say(getattr(record, key))
    if key in _MOMENTS:
        return partial(_local, key)
    return attrgetter("academy.title" if key == "academy" else key)


class AnswerSheet:
    """The sheet of some applications in one language; a fixed number of queries, and two for each chunk."""

    def __init__(self, applications: QuerySet[Application], language: str) -> None:
        self.applications = applications
        self.language = language
        documents = FormDocument.objects.filter(
            Exists(applications.order_by().filter(document=OuterRef("pk")))
        )
        # The newest form first: its words are the headings, and its order is the columns'.
        ordered = documents.select_related("academy").order_by("academy", "-version")
        with override(language):
            self.sections = {one.pk: sections_of(content_in(one, language)) for one in ordered}
        self.academies = {one.academy_id: one.academy for one in ordered}
        self.asked = {pk: _by_key(sections) for pk, sections in self.sections.items()}
        self.keys = merged(self.asked.values())
        notes = DiscussionNote.objects.filter(application__in=applications.order_by().values("pk"))
        found = notes.order_by().values_list("question", flat=True).distinct()
        # In the forms' order; that on the whole, which has no question, is the last.
        order = merged(tuple(one.id for one in questions_of(sections)) for sections in self.sections.values())
        self.noted = sorted(found, key=lambda key: order.index(key) if key in order else len(order))

    def rows(self) -> Iterator[list[Any]]:
        """The headings, then a row for each application; to be read in the sheet's language."""
        yield self.headings()
        tellers = [_teller(key) for key in FACTS]
        types = {one.type for sections in self.sections.values() for one in questions_of(sections)}
        # Most sheets have no notes: then no chunk asks for them.
        found = records(self.applications, self.academies, types, notes=bool(self.noted), size=CHUNK)
        for record in found:
            yield [tell(record) for tell in tellers] + self.answers(record)

    def headings(self) -> list[str]:
        """Words and key of each column."""
        labels = {
            question.id: question.label
            for sections in reversed(self.sections.values())
            for question in questions_of(sections)
        }
        facts = [f"{capfirst(str(label))} [{key}]" for key, label in FACTS.items()]
        notes = [
            f"{_('Note')}: {labels.get(key, key)} [note_{key}]" if key else f"{_('Note on the whole')} [note]"
            for key in self.noted
        ]
        return facts + [f"{labels[key]} [{key}]" for key in self.keys] + notes

    def answers(self, record: Any) -> list[Any]:
        """The answers in words, empty where nothing was asked or answered; and what was noted of them."""
        # A late draft may have gone over to a newer form while the sheet is sent: its next one has the answers.
        asked = self.asked.get(record.document_id, {})
        answers = all_answers(record, self.sections[record.document_id]) if asked else {}
        said = [export(asked[key], answers.get(key)) if key in asked else "" for key in self.keys]
        notes = {note.question: note for note in record.notes}
        return said + [say_note(notes[key]) if key in notes else "" for key in self.noted]


def _by_key(sections: tuple[Section, ...]) -> dict[str, Question]:
    """The questions that have columns of their own, by their keys, in the form's order."""
    return {
        question.id: question
        for question in questions_of(sections)
        if question.id not in COLUMNS and question.type != QuestionType.KIND
    }


def merged(orders: Iterable[Iterable[str]]) -> list[str]:
    """Every key once, in the order of the first; what only later ones have stands after what it followed."""
    found: list[str] = []
    for order in orders:
        place = 0
        for key in order:
            if key in found:
                place = found.index(key) + 1
            else:
                found.insert(place, key)
                place += 1
    return found
