"""The way through the form: what a document asks, given what was answered.

Pure: a document is JSON, so that it can be frozen, and this module gives it names. An
answer's shape depends on its question's type; see :class:`QuestionType`.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.text import capfirst

from keino_academy.announcement.criteria import (
    AttendanceRule,
    OpenRule,
    OrganisationKindRule,
    PeriodRule,
    TeamRule,
    Verdict,
    YesNoRule,
    evaluate,
)
from keino_academy.announcement.criterion_types import find_criterion_type
from keino_academy.core.conditions import Condition, asked_of, read_condition

#: In a question's rule: the name of the site's type of criterion by which it is judged.
CRITERION_TYPE = "criterion_type"


class QuestionType(enum.StrEnum):
    """What a question asks for, with the shape of its answer."""

    LINE = "text"  # "…"
    TEXT = "long_text"  # "…"
    NUMBER = "number"  # 12
    DATE = "date"  # "2023-05-31"
    CHOICE = "choice"  # "<key>"
    CHOICES = "several_choices"  # ["<key>", …]
    EMAIL = "email"  # "…"
    PHONE = "phone"  # "…"
    URL = "url"  # "…"
    CONSENT = "consent"  # True
    BUSINESS_ID = "business_id"  # "1234567-1"
    KIND = "organisation_kind"  # "municipality"
    YES_NO = "yes_no"  # {"value": "yes", "evidence": "…"}
    PERIOD = "period"  # {"first": "2023-09", "last": "2024-01"}
    TEAM = "team"  # [{"name": "…", "role": "…", "email": "…"}, …]
    PEOPLE = "people"  # as a team's
    ATTENDANCE = "attendance"  # {"<entry id>": "yes" | "no" | "unsure"}
    FILE = "file"  # [{"id": 7, "name": "…", "size": 1024}, …]: attachments, and their bytes


@dataclass(frozen=True)
class Question:
    """One question in one language.

    ``options`` are pairs of key and label. ``rule`` holds what binds the answer and
    ``texts`` further words; a criterion's question tells its kind in ``criterion``. With
    ``when`` it is asked on that condition.
    """

    id: str
    #: A :class:`QuestionType`, or the name of a type that a site registered, or once did.
    type: str
    label: str
    help: str = ""
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    rule: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    criterion: str = ""
    when: Condition | None = None
    example: str = ""

    @property
    def criterion_rule(self) -> Any:
        """The rule by which the answer is judged, where the question is a criterion's."""
        if not self.criterion:
            return None
        if name := self.rule.get(CRITERION_TYPE):
            kind = find_criterion_type(name)
            return kind.restore(self.rule) if kind else None
        return _RULES[self.type](self) if self.type in _RULES else None

    def verdict(self, answer: Any) -> Verdict | None:
        """What the criterion's rule says of the answer; None for other questions.

        Total and monotone as the rules are, see ``announcement.rules``; a site's rule that fails is unsure.
        """
        try:
            rule = self.criterion_rule
            return None if rule is None else Verdict.read(evaluate(rule, answer))
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            return Verdict.UNSURE


@dataclass(frozen=True)
class Section:
    """A part of the form. ``note`` stands in the margin, ``kind`` is that of its criterion."""

    id: str
    title: str
    questions: tuple[Question, ...]
    kind: str = ""
    note: str = ""
    guide_title: str = ""
    guide_text: str = ""


_RULES: dict[str, Any] = {
    QuestionType.KIND: lambda q: OrganisationKindRule(tuple(q.rule.get("kinds") or ())),
    QuestionType.YES_NO: lambda q: YesNoRule(
        str(q.texts.get("evidence_label") or ""), "", bool(q.rule.get("evidence_required"))
    ),
    QuestionType.PERIOD: lambda q: PeriodRule(q.rule.get("first") or "", q.rule.get("last") or ""),
    QuestionType.TEAM: lambda q: TeamRule(q.rule.get("size") or 1, tuple(q.texts.get("roles") or ())),
    QuestionType.ATTENDANCE: lambda q: AttendanceRule(tuple(key for key, _label in q.options)),
    QuestionType.TEXT: lambda q: OpenRule(q.rule.get("word_limit")),
}


def read_question(data: Mapping[str, Any]) -> Question:
    """A question out of a document."""
    return Question(
        id=data["id"],
        type=_type(data["type"]),
        label=data["label"],
        help=data.get("help") or "",
        required=bool(data.get("required", True)),
        # As the form shows it, also in answers, mails and the admin: one thing is written in one way.
        options=tuple((key, capfirst(label)) for key, label in data.get("options") or ()),
        rule=data.get("rule") or {},
        texts=data.get("texts") or {},
        criterion=data.get("criterion") or "",
        when=read_condition(data.get("when") or (data.get("rule") or {}).get("after")),
        example=data.get("example") or "",
    )


def _type(name: Any) -> str:
    try:
        return QuestionType(name)
    except ValueError:
        return str(name)


def sections_of(content: Mapping[str, Any]) -> tuple[Section, ...]:
    """Every section of a document in one language."""
    return tuple(
        Section(
            id=data["id"],
            title=data["title"],
            questions=tuple(read_question(question) for question in data["questions"]),
            kind=data.get("kind") or "",
            note=data.get("note") or "",
            guide_title=data.get("guide_title") or "",
            guide_text=data.get("guide_text") or "",
        )
        for data in content["sections"]
    )


def journey(content: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[Section, ...]:
    """The sections that these answers lead through: a section without questions falls away.

    A question with a condition is asked only where it holds; see :mod:`keino_academy.core.conditions`.
    """
    return asked_sections(sections_of(content), answers)


def asked_sections(sections: tuple[Section, ...], answers: Mapping[str, Any]) -> tuple[Section, ...]:
    """The same of sections that were read already; they begin with the form's first."""
    asked = {question.id for question in asked_of(questions_of(sections), answers)}
    kept = (
        replace(section, questions=tuple(one for one in section.questions if one.id in asked))
        for section in sections
    )
    return tuple(section for section in kept if section.questions)


def writable_sections(sections: tuple[Section, ...], answers: Mapping[str, Any]) -> tuple[Section, ...]:
    """What is shown where sections are written: what is asked, and what an answer of the same section may ask.

    Without scripts nothing appears while one writes, so such a question is there and says when to answer it.
    """
    asked = {question.id for question in asked_of(questions_of(sections), answers)}
    kept = (replace(section, questions=tuple(_writable(section, asked))) for section in sections)
    return tuple(section for section in kept if section.questions)


def _writable(section: Section, asked: Collection[str]) -> Iterator[Question]:
    shown: set[str] = set()
    for question in section.questions:
        if question.id in asked or (question.when and question.when.question in shown):
            shown.add(question.id)
            yield question


def asked_only(sections: tuple[Section, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of those questions that are asked with these answers: what may be kept and sent.

    ``sections`` are all of the form, since a condition may look at any of them.
    """
    asked = {question.id for question in asked_of(questions_of(sections), answers)}
    return {key: answer for key, answer in answers.items() if key in asked}


def questions_of(sections: tuple[Section, ...]) -> Iterator[Question]:
    """Every question, in order."""
    for section in sections:
        yield from section.questions


def verdicts(sections: tuple[Section, ...], answers: Mapping[str, Any]) -> dict[str, Verdict]:
    """The verdict of each criterion that is asked, by the question's id, in the form's order.

    Total, as the rules are. Monotone: where answers are added or bettered, no criterion that is
    asked before and after gets a worse verdict; one may come to be asked, or be asked no more.
    """
    asked = asked_of(questions_of(sections), answers)
    found = {question.id: question.verdict(answers.get(question.id)) for question in asked}
    return {key: verdict for key, verdict in found.items() if verdict is not None}


def months_offered(first: date, count: int) -> list[str]:
    """So many months from that of ``first`` on, as ``2023-09``."""
    start = first.year * 12 + first.month - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(start, start + count)]
