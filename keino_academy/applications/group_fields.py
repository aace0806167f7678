"""Questions of several fields: how they are asked, read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from keino_academy.applications.form_fields import month_field, yes_no_field
from keino_academy.applications.journey import Question
from keino_academy.applications.typed_fields import LineField, MailField, TextField
from keino_academy.core import clock

Groups = Sequence[Sequence[Any]]

#: Rows of the longest table of people.
MOST_PEOPLE = 20

#: Characters of what shows that a yes is true.
EVIDENCE_LIMIT = 2000


class EvidenceField(TextField):
    """What shows that a yes is true: needed after a yes, which the form checks, and not otherwise."""

    def validate(self, value: str) -> None:
        """Nothing by itself."""


def yes_no_fields(name: str, question: Question) -> Iterator[Mapping[str, forms.Field]]:
    """Yes, no or not known, and what shows it."""
    yield dict(_yes_no(name, question))


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


def read_yes_no(_question: Question, groups: Groups) -> dict[str, Any] | None:
    """The word and what shows it, which stays whatever is chosen afterwards: it may be chosen again."""
    value, *more = groups[0]
    evidence = (more[0] or "") if more else ""
    return {"value": value or None, "evidence": evidence} if value or evidence else None


def check_yes_no(form: Any, question: Question) -> None:
    """A yes is shown, where that is needed."""
    names = form.names(question)
    needs = question.rule.get("evidence_required") and len(names) > 1
    if needs and form.value(names[0]) == "yes" and not form.value(names[1]) and names[1] not in form.errors:
        form.add_error(names[1], _("Write what shows it, or choose another answer."))


def period_fields(name: str, question: Question) -> Iterator[Mapping[str, forms.Field]]:
    """A first and a last month."""
    today = clock.now().date()
    first = month_field(question, _("First month"), _("Choose the month in which it begins."), today)
    last = month_field(question, _("Last month"), _("Choose the month in which it ends."), today)
    yield {f"{name}-first": first, f"{name}-last": last}


def read_period(_question: Question, groups: Groups) -> dict[str, Any] | None:
    """Both months; None where neither was chosen."""
    first, last = groups[0]
    return {"first": first, "last": last} if first or last else None


def check_period(form: Any, question: Question) -> None:
    """The months stand in order."""
    names = form.names(question)
    first, last = (form.value(name) for name in names)
    if first and last and last < first:
        form.add_error(names[1], _("Choose a last month that is not before the first one."))
    elif first and not last and names[1] not in form.errors:
        form.add_error(names[1], _("Choose the month in which it ends."))
    elif last and not first and names[0] not in form.errors:
        form.add_error(names[0], _("Choose the month in which it begins."))


def attendance_fields(name: str, question: Question) -> Iterator[Mapping[str, forms.Field]]:
    """Yes, no or not known for each session."""
    for key, label in question.options:
        yield {f"{name}-{key}": yes_no_field(label, question.required)}


def read_attendance(question: Question, groups: Groups) -> dict[str, Any]:
    """What was said of each session."""
    return dict(zip((key for key, _label in question.options), (group[0] for group in groups), strict=True))


def team_fields(name: str, question: Question) -> Iterator[Mapping[str, forms.Field]]:
    """A name, a role and an address for each of the team."""
    for number in range(1, _count(question, "size") + 1):
        missing = _("Write the name of person %(number)s of the team.") % {"number": number}
        group = _person(f"{name}-{number}", missing, required=question.required)
        role = group[f"{name}-{number}-role"]
        role.required = question.required
        role.error_messages["required"] = _("Write what person %(number)s knows or does.") % {
            "number": number
        }
        yield group


def people_fields(name: str, question: Question) -> Iterator[Mapping[str, forms.Field]]:
    """As many rows as the editor offers; one of them is enough."""
    for number in range(1, _count(question, "rows") + 1):
        needed = question.required and number == 1
        yield _person(f"{name}-{number}", _("Write the name of at least one person."), required=needed)


def _count(question: Question, key: str) -> int:
    """How many people a form asks for, whatever the document says."""
    count = question.rule.get(key)
    return max(1, min(count, MOST_PEOPLE)) if isinstance(count, int) else 1


def _person(name: str, missing: str, *, required: bool) -> dict[str, forms.Field]:
    return {
        f"{name}-name": LineField(
            label=_("Name"), required=required, limit=120, error_messages={"required": missing}
        ),
        f"{name}-role": LineField(label=_("Role or expertise"), required=False, limit=120),
        f"{name}-email": MailField(
            label=_("E-mail"),
            required=False,
            max_length=254,
            error_messages={
                "invalid": _("Write the address like name@example.org."),
                "max_length": _("Write a shorter address."),
            },
        ),
    }


def read_people(_question: Question, groups: Groups) -> list[dict[str, Any]]:
    """Those of whom anything is known."""
    rows = (
        dict(zip(("name", "role", "email"), (one or "" for one in group), strict=True)) for group in groups
    )
    return [one for one in rows if any(one.values())]


def check_people(form: Any, question: Question) -> None:
    """Nobody is without a name."""
    for group in form.parts[question.id]:
        name, role, email = (form.value(one) for one in group)
        if (role or email) and not name and group[0] not in form.errors:
            form.add_error(group[0], _("Write the name of this person."))


def check_team(form: Any, question: Question) -> None:
    """Each person has a name, and a role."""
    check_people(form, question)
    for group in form.parts[question.id]:
        name, role, _email = (form.value(one) for one in group)
        if name and not role and group[1] not in form.errors:
            form.add_error(group[1], _("Write what this person knows or does."))
