"""The form of a section, or of several, built from a document in a language.

It is how answers are read and judged, so actions use it as well as views.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from keino_academy.applications.conditions import only_if
from keino_academy.applications.form_checks import check_management
from keino_academy.applications.journey import Question, QuestionType, Section, questions_of
from keino_academy.applications.own_types import kind_of
from keino_academy.core.conditions import asked_of
from keino_academy.core.forms import AccessibleForm


@dataclass(frozen=True)
class Asked:
    """A question with its fields, in the groups in which they are shown."""

    question: Question
    groups: tuple[tuple[BoundField, ...], ...]

    @property
    def fields(self) -> tuple[BoundField, ...]:
        """All of its fields."""
        return tuple(field for group in self.groups for field in group)


@dataclass(frozen=True)
class FormSection:
    """A section with its questions."""

    section: Section
    asked: tuple[Asked, ...]


class BaseApplicationForm(AccessibleForm, forms.Form):
    """A form of one document's sections; :func:`application_form` makes its class.

    ``answers`` holds the clean answers by question id, in the shapes of ``QuestionType``.
    """

    sections: tuple[Section, ...] = ()
    #: The answers of the other sections, where a question depends on them.
    other_answers: Mapping[str, Any] = {}
    parts: dict[str, tuple[tuple[str, ...], ...]] = {}
    #: Every section of the document.
    every: tuple[Section, ...] = ()
    #: Ids of the questions that the answers do not ask; known after validation.
    left_out: frozenset[str] = frozenset()

    @property
    def rows(self) -> list[FormSection]:
        """The sections with their fields, for the template."""
        return [
            FormSection(section, tuple(self._asked(question) for question in section.questions))
            for section in self.sections
        ]

    def _asked(self, question: Question) -> Asked:
        groups = tuple(tuple(self[name] for name in group) for group in self.parts[question.id])
        return Asked(question, groups)

    def clean(self) -> dict[str, Any]:
        self._leave_out()
        for question in questions_of(self.sections):
            check = kind_of(question).check
            if check and question.id not in self.left_out:
                check(self, question)
        check_management(self)
        return super().clean() or self.cleaned_data

    def _leave_out(self) -> None:
        """Forget values and errors of what these answers do not ask."""
        mine = tuple(questions_of(self.sections))
        if not any(question.when for question in mine):
            return
        answers = {**self.other_answers, **self.answers}
        every = questions_of(self.every or self.sections)
        asked = {question.id for question in asked_of(every, answers)}
        self.left_out = frozenset(question.id for question in mine if question.id not in asked)
        for question in mine:
            for name in self.names(question) if question.id in self.left_out else ():
                self.cleaned_data.pop(name, None)
                self.errors.pop(name, None)

    def names(self, question: Question) -> list[str]:
        """The names of a question's fields."""
        return [name for group in self.parts[question.id] for name in group]

    def value(self, name: str) -> Any:
        """A clean value, or None where it has an error."""
        return self.cleaned_data.get(name)

    @property
    def answers(self) -> dict[str, Any]:
        """Clean answers by question id; what was left empty is None, and what is not asked is left out."""
        return {
            question.id: self._answer(question)
            for question in questions_of(self.sections)
            if question.id not in self.left_out and question.type != QuestionType.FILE
        }

    def _answer(self, question: Question) -> Any:
        values = [[self.value(name) for name in group] for group in self.parts[question.id]]
        return kind_of(question).read(question, values)


def application_form(
    sections: tuple[Section, ...], every: tuple[Section, ...] = ()
) -> type[BaseApplicationForm]:
    """The form's class for these sections of a document, in the active language.

    ``every`` are all sections of the document: conditions may look at any of them. A question whose
    condition looks at another one of the same form says so in words.
    """
    known = {question.id: question for question in questions_of(sections)}
    told = tuple(
        replace(section, questions=tuple(_with_words(one, known) for one in section.questions))
        for section in sections
    )
    fields: dict[str, Any] = {}
    parts: dict[str, tuple[tuple[str, ...], ...]] = {}
    for question in questions_of(told):
        groups = [dict(group) for group in kind_of(question).fields(f"q-{question.id}", question)]
        parts[question.id] = tuple(tuple(group) for group in groups)
        for group in groups:
            fields |= group
    return type(
        "ApplicationForm",
        (BaseApplicationForm,),
        {
            **fields,
            "sections": told,
            "parts": parts,
            "every": every,
        },
    )


def _with_words(question: Question, known: Mapping[str, Question]) -> Question:
    """The question with all that is said below it: when it is to be answered, its hint, an example."""
    example = _("For example: %(example)s") % {"example": question.example} if question.example else ""
    words = (only_if(question.when, known) if question.when else "", question.help, example)
    return replace(question, help=" ".join(word for word in words if word))
