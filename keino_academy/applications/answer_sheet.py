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
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.answers import export
from keino_academy.applications.discussion_notes import say_note
from keino_academy.applications.journey import Question, QuestionType, Section, questions_of, sections_of
from keino_academy.applications.models import Application, DiscussionNote, FormDocument, TeamMember
from keino_academy.applications.queries import COLUMNS, all_answers, content_in
from keino_academy.core.organisations import organisation_kinds

#: How many applications are read at once: what lies in memory, however many there are.
CHUNK = 500


def _local(application: Application, moment: datetime | None) -> datetime | None:
    """The moment on the academy's clock, as a spreadsheet keeps one: without its zone."""
    return application.academy.local(moment).replace(tzinfo=None, microsecond=0) if moment else None


def kind_of(application: Application) -> str:
    """The kind of organisation in words."""
    name = application.organisation_kind
    return capfirst(str(dict(organisation_kinds()).get(name, name)))


def language_name(code: str) -> str:
    """The language's name in the active language; the code of one that Django does not know."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


#: What is known of every application: the column's key, its words, and the value.
FACTS: dict[str, tuple[Promise | str, Callable[[Any], Any]]] = {
    "reference": (_("reference"), lambda one: one.reference),
    "academy": (_("academy"), lambda one: one.academy.title),
    "state": (_("state"), lambda one: str(one.get_state_display())),
    "organisation": (_("organisation"), lambda one: one.organisation),
    "organisation_kind": (_("kind of organisation"), kind_of),
    "business_id": (_("business id"), lambda one: one.business_id),
    "contact_name": (_("contact person"), lambda one: one.contact_name),
    "contact_email": (_("e-mail"), lambda one: one.contact_email),
    "contact_phone": (_("phone"), lambda one: one.contact_phone),
    "language": (_("language"), lambda one: language_name(one.language)),
    "sent_at": (_("sent"), lambda one: _local(one, one.sent_at)),
    "in_grace": (_("sent within the grace"), lambda one: str(_("Yes")) if one.in_grace else str(_("No"))),
    "late_at": (_("late since"), lambda one: _local(one, one.late_at)),
    "extended_until": (_("extended until"), lambda one: _local(one, one.extended_until)),
    "met": (_("criteria met"), lambda one: one.met),
    "asked": (_("Criteria asked"), lambda one: one.asked),
    "booked_at": (_("Discussion"), lambda one: _local(one, one.booked_at)),
}


class AnswerSheet:
    """The sheet of some applications in one language; a fixed number of queries, and one for each chunk.

    ``applications`` are annotated with ``booked_at``, the time of the first booked discussion.
    """

    def __init__(self, applications: QuerySet[Application], language: str) -> None:
        self.language = language
        documents = FormDocument.objects.filter(pk__in=applications.order_by().values("document"))
        # The newest form first: its words are the headings, and its order is the columns'.
        ordered = documents.select_related("academy").order_by("academy", "-version")
        with override(language):
            self.sections = {one.pk: sections_of(content_in(one, language)) for one in ordered}
        self.asked = {pk: _by_key(sections) for pk, sections in self.sections.items()}
        self.keys = merged(self.asked.values())
        team = Prefetch("team", queryset=TeamMember.objects.order_by("number"))
        notes = DiscussionNote.objects.filter(application__in=applications.order_by().values("pk"))
        found = notes.order_by().values_list("question", flat=True).distinct()
        # In the forms' order; that on the whole, which has no question, is the last.
        order = merged(tuple(one.id for one in questions_of(sections)) for sections in self.sections.values())
        self.noted = sorted(found, key=lambda key: order.index(key) if key in order else len(order))
        # Most sheets have none: then no chunk asks for them.
        self.applications = applications.select_related(
            "academy", "pilot", "countersignature"
        ).prefetch_related(team, "attachments", *(["notes"] if self.noted else []))

    def rows(self) -> Iterator[list[Any]]:
        """The headings, then a row for each application; to be read in the sheet's language."""
        yield self.headings()
        for application in self.applications.iterator(chunk_size=CHUNK):
            yield self.row(application)

    def headings(self) -> list[str]:
        """Words and key of each column."""
        labels = {
            question.id: question.label
            for sections in reversed(self.sections.values())
            for question in questions_of(sections)
        }
        facts = [f"{capfirst(str(label))} [{key}]" for key, (label, _value) in FACTS.items()]
        notes = [
            f"{_('Note')}: {labels.get(key, key)} [note_{key}]" if key else f"{_('Note on the whole')} [note]"
            for key in self.noted
        ]
        return facts + [f"{labels[key]} [{key}]" for key in self.keys] + notes

    def row(self, application: Application) -> list[Any]:
        """The facts, then the answers in words; empty where nothing was asked or answered."""
        asked = self.asked[application.document_id]
        answers = all_answers(application, self.sections[application.document_id])
        facts = [value(application) for _label, value in FACTS.values()]
        said = [export(asked[key], answers.get(key)) if key in asked else "" for key in self.keys]
        notes = {note.question: note for note in application.notes.all()} if self.noted else {}
        return facts + said + [say_note(notes[key]) if key in notes else "" for key in self.noted]


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
