"""The package's own types of questions, registered as a site's are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django import forms

from keino_academy.applications import answers, filled, group_fields
from keino_academy.applications.file_fields import check_files
from keino_academy.applications.form_fields import SINGLE, plain_field
from keino_academy.applications.journey import Question, QuestionType
from keino_academy.applications.question_types import (
    QuestionKind,
    find_question_type,
    first_value,
    plain,
    register_question_type,
)


def _single(
    make: Callable[[Question], forms.Field],
) -> Callable[[str, Question], Iterator[Mapping[str, forms.Field]]]:
    def fields(name: str, question: Question) -> Iterator[Mapping[str, forms.Field]]:
        yield {name: make(question)}

    return fields


def _read_date(_question: Question, groups: Sequence[Sequence[Any]]) -> str | None:
    day = groups[0][0]
    return day.isoformat() if day else None


_SAYS = {
    QuestionType.CHOICE: answers.say_choice,
    QuestionType.KIND: answers.say_choice,
    QuestionType.CHOICES: answers.say_choices,
    QuestionType.CONSENT: answers.say_consent,
    QuestionType.DATE: answers.say_date,
    QuestionType.FILE: answers.say_files,
}

_READS = {QuestionType.DATE: _read_date}
_FILLS = {QuestionType.CONSENT: filled.fill_consent, QuestionType.FILE: filled.fill_files}
_CHECKS = {QuestionType.FILE: check_files}

for _type, _make in SINGLE.items():
    register_question_type(
        QuestionKind(
            _type,
            _single(_make),
            say=_SAYS.get(_type, plain),
            read=_READS.get(_type, first_value),
            fill=_FILLS.get(_type, filled.fill_single),
            check=_CHECKS.get(_type),
        )
    )

register_question_type(
    QuestionKind(
        QuestionType.YES_NO,
        group_fields.yes_no_fields,
        say=answers.say_yes_no,
        read=group_fields.read_yes_no,
        fill=filled.fill_yes_no,
        check=group_fields.check_yes_no,
    )
)
register_question_type(
    QuestionKind(
        QuestionType.PERIOD,
        group_fields.period_fields,
        say=answers.say_period,
        read=group_fields.read_period,
        fill=filled.fill_period,
        check=group_fields.check_period,
    )
)
register_question_type(
    QuestionKind(
        QuestionType.TEAM,
        group_fields.team_fields,
        say=answers.say_people,
        read=group_fields.read_people,
        fill=filled.fill_people,
        check=group_fields.check_team,
    )
)
register_question_type(
    QuestionKind(
        QuestionType.PEOPLE,
        group_fields.people_fields,
        say=answers.say_people,
        read=group_fields.read_people,
        fill=filled.fill_people,
        check=group_fields.check_people,
    )
)
register_question_type(
    QuestionKind(
        QuestionType.ATTENDANCE,
        group_fields.attendance_fields,
        say=answers.say_attendance,
        read=group_fields.read_attendance,
        fill=filled.fill_attendance,
    )
)

#: Stands in for a type that nobody registers any more: text, which may be left out.
_PLAIN = QuestionKind("plain", _single(plain_field))


def kind_of(question: Question) -> QuestionKind:
    """The type of a question; plain text for one that is not registered."""
    return find_question_type(question.type) or _PLAIN
