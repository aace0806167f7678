"""The way through the form: what a document asks, given what was answered.

Pure: a document is JSON, so that it can be frozen, and this module gives it names. An
answer's shape depends on its question's type; see :class:`QuestionType`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from keino_academy.announcement.criteria import (
    AttendanceRule,
    OpenRule,
    OrganisationKindRule,
    PeriodRule,
    Rule,
    TeamRule,
    Verdict,
    YesNoRule,
    evaluate,
)


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
    ATTENDANCE = "attendance"  # {"<entry id>": "yes" | "no" | "unsure"}


@dataclass(frozen=True)
class Question:
    """One question in one language.

    ``options`` are pairs of key and label. ``rule`` holds what binds the answer and
    ``texts`` further words; a criterion's question tells its kind in ``criterion``.
    """

    id: str
    type: QuestionType
    label: str
    help: str = ""
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    rule: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    criterion: str = ""

    @property
    def criterion_rule(self) -> Rule | None:
        """The rule by which the answer is judged, where the question is a criterion's."""
        return _RULES[self.type](self) if self.criterion and self.type in _RULES else None

    def verdict(self, answer: Any) -> Verdict | None:
        """What the criterion's rule says of the answer; None for other questions."""
        rule = self.criterion_rule
        return None if rule is None else evaluate(rule, answer)


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


_RULES: dict[QuestionType, Any] = {
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
        type=QuestionType(data["type"]),
        label=data["label"],
        help=data.get("help") or "",
        required=bool(data.get("required", True)),
        options=tuple((key, label) for key, label in data.get("options") or ()),
        rule=data.get("rule") or {},
        texts=data.get("texts") or {},
        criterion=data.get("criterion") or "",
    )


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

    A question that asks after another one (``rule["after"]``: id and wanted answer) is
    asked only where that answer was given.
    """
    found = []
    for section in sections_of(content):
        asked = tuple(question for question in section.questions if _is_asked(question, answers))
        if asked:
            found.append(
                Section(
                    section.id,
                    section.title,
                    asked,
                    section.kind,
                    section.note,
                    section.guide_title,
                    section.guide_text,
                )
            )
    return tuple(found)


def _is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    after = question.rule.get("after")
    return not after or answers.get(after[0]) == after[1]


def questions_of(sections: tuple[Section, ...]) -> Iterator[Question]:
    """Every question, in order."""
    for section in sections:
        yield from section.questions


def verdicts(sections: tuple[Section, ...], answers: Mapping[str, Any]) -> dict[str, Verdict]:
    """The verdict of each criterion, by the question's id, in the form's order."""
    found = {question.id: question.verdict(answers.get(question.id)) for question in questions_of(sections)}
    return {key: verdict for key, verdict in found.items() if verdict is not None}


def months_offered(first: date, count: int) -> list[str]:
    """So many months from that of ``first`` on, as ``2023-09``."""
    start = first.year * 12 + first.month - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(start, start + count)]
