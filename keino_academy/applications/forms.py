"""The application form, built from a document in a language; and the small forms around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keino_academy.applications.form_fields import (
    SINGLE,
    month_field,
    yes_no_field,
)
from keino_academy.applications.journey import Question, QuestionType, Section, questions_of
from keino_academy.applications.models import FormDocument
from keino_academy.applications.typed_fields import LineField, MailField, TextField
from keino_academy.core import clock
from keino_academy.core.forms import AccessibleForm
from keino_academy.core.spam import TrapMixin

#: Characters of what shows that a yes is true.
EVIDENCE_LIMIT = 2000


class EvidenceField(TextField):
    """What shows that a yes is true: needed after a yes, which the form checks, and not otherwise."""

    def validate(self, value: str) -> None:
        """Nothing by itself."""


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


class BaseApplicationForm(AccessibleForm, TrapMixin):
    """A form of one document; :func:`application_form` makes its class.

    ``answers`` holds the clean answers by question id, in the shapes of ``QuestionType``.
    """

    sections: tuple[Section, ...] = ()
    parts: dict[str, tuple[tuple[str, ...], ...]] = {}
    document_pk = 0
    document = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].initial = self.document_pk

    def renew_token(self) -> None:
        """Put a fresh token into the page that shows the error."""
        self._renew()

    @property
    def told_document(self) -> int:
        """The number of the document that was filled in, as far as it can be one."""
        told = str(self.data.get("document", ""))
        return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0

    def renew_document(self) -> None:
        """Say in the page that shows the error which document it shows."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["document"] = str(self.document_pk)
        self.data = data

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
        for question in questions_of(self.sections):
            check = _CHECKS.get(question.type)
            if check:
                check(self, question)
        return super().clean()

    def names(self, question: Question) -> list[str]:
        """The names of a question's fields."""
        return [name for group in self.parts[question.id] for name in group]

    def value(self, name: str) -> Any:
        """A clean value, or None where it has an error."""
        return self.cleaned_data.get(name)

    @property
    def answers(self) -> dict[str, Any]:
        """Clean answers by question id; what was left empty is None."""
        return {question.id: self._answer(question) for question in questions_of(self.sections)}

    def _answer(self, question: Question) -> Any:
        values = [self.value(name) for name in self.names(question)]
        if question.type == QuestionType.YES_NO:
            evidence = values[1] if len(values) > 1 and values[0] == "yes" else ""
            return {"value": values[0], "evidence": evidence}
        if question.type == QuestionType.PERIOD:
            return {"first": values[0], "last": values[1]}
        if question.type == QuestionType.TEAM:
            groups = (
                dict(zip(("name", "role", "email"), self._group(group), strict=True))
                for group in self.parts[question.id]
            )
            return [one for one in groups if one["name"]]
        if question.type == QuestionType.ATTENDANCE:
            return dict(zip((key for key, _label in question.options), values, strict=True))
        if question.type == QuestionType.DATE:
            return values[0].isoformat() if values[0] else None
        return values[0] if values[0] not in ("", []) else None

    def _group(self, group: tuple[str, ...]) -> list[Any]:
        return [self.value(name) or "" for name in group]


def _check_yes_no(form: BaseApplicationForm, question: Question) -> None:
    names = form.names(question)
    needs = question.rule.get("evidence_required") and len(names) > 1
    if needs and form.value(names[0]) == "yes" and not form.value(names[1]) and names[1] not in form.errors:
        form.add_error(names[1], _("Write what shows it, or choose another answer."))


def _check_period(form: BaseApplicationForm, question: Question) -> None:
    first, last = (form.value(name) for name in form.names(question))
    if first and last and last < first:
        form.add_error(form.names(question)[1], _("Choose a last month that is not before the first one."))


def _check_team(form: BaseApplicationForm, question: Question) -> None:
    for group in form.parts[question.id]:
        name, role, email = (form.value(one) for one in group)
        if name and not role and group[1] not in form.errors:
            form.add_error(group[1], _("Write what this person knows or does."))
        if (role or email) and not name and group[0] not in form.errors:
            form.add_error(group[0], _("Write the name of this person."))


_CHECKS = {
    QuestionType.YES_NO: _check_yes_no,
    QuestionType.PERIOD: _check_period,
    QuestionType.TEAM: _check_team,
}


def application_form(document: FormDocument, sections: tuple[Section, ...]) -> type[BaseApplicationForm]:
    """The form's class for these sections of a document, in the active language."""
    fields: dict[str, Any] = {}
    parts: dict[str, tuple[tuple[str, ...], ...]] = {}
    for question in questions_of(sections):
        groups = list(_fields(question))
        parts[question.id] = tuple(tuple(group) for group in groups)
        for group in groups:
            fields |= group
    return type(
        "ApplicationForm",
        (BaseApplicationForm,),
        {
            **fields,
            "sections": sections,
            "parts": parts,
            "document_pk": document.pk,
            "form_name": f"apply:{document.academy_id}",
        },
    )


def _fields(question: Question) -> Iterator[dict[str, forms.Field]]:
    """Groups of named fields: most questions have one of one."""
    name = f"q-{question.id}"
    if question.type == QuestionType.YES_NO:
        yield dict(_yes_no(name, question))
    elif question.type == QuestionType.PERIOD:
        yield _period(name, question)
    elif question.type == QuestionType.TEAM:
        yield from _team(name, question)
    elif question.type == QuestionType.ATTENDANCE:
        for key, label in question.options:
            yield {f"{name}-{key}": yes_no_field(label, question.required)}
    else:
        yield {name: SINGLE[question.type](question)}


def _yes_no(name: str, question: Question) -> Iterator[tuple[str, forms.Field]]:
    yield name, yes_no_field(question.label, question.required, help_text=escape(question.help))
    if question.rule.get("evidence"):
        yield (
            f"{name}-evidence",
            EvidenceField(
                label=question.texts.get("evidence_label") or _("What shows it?"),
                help_text=format_html(
                    "{} {}", _("If you answer yes."), question.texts.get("evidence_help") or ""
                ),
                required=bool(question.rule.get("evidence_required")),
                limit=EVIDENCE_LIMIT,
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        )


def _period(name: str, question: Question) -> dict[str, forms.Field]:
    today = clock.now().date()
    first = month_field(question, _("First month"), _("Choose the month in which it begins."), today)
    last = month_field(question, _("Last month"), _("Choose the month in which it ends."), today)
    return {f"{name}-first": first, f"{name}-last": last}


def _team(name: str, question: Question) -> Iterator[dict[str, forms.Field]]:
    for number in range(1, int(question.rule.get("size") or 1) + 1):
        needed = question.required
        yield {
            f"{name}-{number}-name": LineField(
                label=_("Name"),
                required=needed,
                limit=120,
                error_messages={
                    "required": _("Write the name of person %(number)s of the team.") % {"number": number}
                },
            ),
            f"{name}-{number}-role": LineField(
                label=_("Role or expertise"),
                required=needed,
                limit=120,
                error_messages={
                    "required": _("Write what person %(number)s knows or does.") % {"number": number}
                },
            ),
            f"{name}-{number}-email": MailField(
                label=_("E-mail"),
                required=False,
                max_length=254,
                error_messages={"invalid": _("Write the address like name@example.org.")},
            ),
        }


class AddressForm(AccessibleForm, TrapMixin):
    """Another e-mail address for an application."""

    form_name = "application-address"
    email = MailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write the new address."),
            "invalid": gettext_lazy("Write the address like name@example.org."),
            "max_length": gettext_lazy("Write a shorter address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LostForm(AccessibleForm, TrapMixin):
    """Asking for the link again."""

    form_name = "application-lost"
    email = MailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The address that you wrote on the form."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write the address that you wrote on the form."),
            "invalid": gettext_lazy("Write the address like name@example.org."),
            "max_length": gettext_lazy("Write a shorter address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
