"""Criteria of a call, read from the page, and the result of "Could we apply?".

Pure: nothing here asks a database. What a rule makes of an answer is told in
:mod:`keino_academy.announcement.rules`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from keino_academy.announcement.criterion_types import find_criterion_type
from keino_academy.announcement.rules import (
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
from keino_academy.blocks.conditions import written_condition
from keino_academy.blocks.enums import CriterionKind

__all__ = [
    "AttendanceRule",
    "CheckResult",
    "CheckRow",
    "Criterion",
    "CriterionKind",
    "OpenRule",
    "OrganisationKindRule",
    "Outcome",
    "PeriodRule",
    "Rule",
    "TeamRule",
    "Verdict",
    "YesNoRule",
    "evaluate",
    "outcome",
    "read_criteria",
]


@dataclass(frozen=True)
class Criterion:
    """One criterion of a call, in one language. ``id`` is its block's, the same in all."""

    id: str
    kind: CriterionKind
    title: str
    rule: Any
    explanation: str = ""
    question: str = ""
    guidance_met: str = ""
    guidance_unsure: str = ""
    guidance_not_met: str = ""
    guide_title: str = ""
    guide_text: str = ""
    guidance_reviewers: str = ""
    letter_sentence: str = ""
    weight: int | None = None
    hard: bool = False
    #: By what name conditions refer to it, and on what condition the form asks it, as the editor wrote it.
    name: str = ""
    when: Mapping[str, Any] | None = None

    @property
    def asked(self) -> str:
        """The question as check and form ask it."""
        return self.question or self.title

    def guidance(self, verdict: Verdict) -> str:
        """What the editor says to those who have this verdict; may be empty."""
        return {
            Verdict.MET: self.guidance_met,
            Verdict.UNSURE: self.guidance_unsure,
            Verdict.NOT_MET: self.guidance_not_met,
        }[verdict]


class Outcome(enum.StrEnum):
    """What "Could we apply?" answers."""

    CAN_APPLY = "can_apply"
    FIND_OUT = "find_out"
    NOT_NOW = "not_now"


@dataclass(frozen=True)
class CheckRow:
    """One criterion of the result, with the editor's guidance for its verdict."""

    criterion: Criterion
    verdict: Verdict

    @property
    def guidance(self) -> str:
        """The editor's guidance; may be empty."""
        return self.criterion.guidance(self.verdict)

    @property
    def stops(self) -> bool:
        """Whether this alone is a wall: only a hard criterion that is not met is one."""
        return self.criterion.hard and self.verdict is Verdict.NOT_MET

    @property
    def needs_finding_out(self) -> bool:
        """Whether something should be found out before applying.

        A selection criterion compares applicants and holds nobody back, unless it is hard.
        """
        weighs_only = self.criterion.kind == CriterionKind.SELECTION and not self.criterion.hard
        return self.verdict is not Verdict.MET and not weighs_only


@dataclass(frozen=True)
class CheckResult:
    """The result of "Could we apply?": an outcome, and a row for each criterion in the page's order.

    ``left_out`` are criteria that do not apply to who answered, and count for nothing.
    """

    outcome: Outcome
    rows: tuple[CheckRow, ...]
    left_out: tuple[Criterion, ...] = ()

    def having(self, verdict: Verdict) -> tuple[CheckRow, ...]:
        """The rows with a verdict."""
        return tuple(row for row in self.rows if row.verdict is verdict)

    @property
    def met(self) -> tuple[CheckRow, ...]:
        """What is met."""
        return self.having(Verdict.MET)

    @property
    def unsure(self) -> tuple[CheckRow, ...]:
        """What is not known yet."""
        return self.having(Verdict.UNSURE)

    @property
    def not_met(self) -> tuple[CheckRow, ...]:
        """What is not met."""
        return self.having(Verdict.NOT_MET)

    @property
    def to_do(self) -> tuple[CheckRow, ...]:
        """What wants work, first what stops, then what is to be found out, then the rest."""
        rows = [row for row in self.rows if row.verdict is not Verdict.MET]
        return tuple(sorted(rows, key=lambda row: (not row.stops, not row.needs_finding_out)))


def outcome(answers: Mapping[str, Any], criteria: Iterable[Criterion]) -> CheckResult:
    """The result for ``{criterion id: verdict}``; an answer left out is unsure."""
    rows = tuple(CheckRow(criterion, Verdict.read(answers.get(criterion.id))) for criterion in criteria)
    if any(row.stops for row in rows):
        return CheckResult(Outcome.NOT_NOW, rows)
    if any(row.needs_finding_out for row in rows):
        return CheckResult(Outcome.FIND_OUT, rows)
    return CheckResult(Outcome.CAN_APPLY, rows)


def _read_rule(kind: str, value: Mapping[str, Any], moments: tuple[str, ...]) -> Any:
    if kind == OrganisationKindRule.type:
        return OrganisationKindRule(tuple(value.get("kinds") or ()))
    if kind == YesNoRule.type:
        return YesNoRule(
            value.get("evidence_label") or "",
            value.get("evidence_help") or "",
            bool(value.get("evidence_required")),
        )
    if kind == PeriodRule.type:
        return PeriodRule(value.get("window_first") or "", value.get("window_last") or "")
    if kind == TeamRule.type:
        return TeamRule(value.get("size") or 1, tuple(value.get("roles") or ()))
    if kind == AttendanceRule.type:
        return AttendanceRule(tuple(value.get("entries") or ()) or moments)
    own = find_criterion_type(kind)
    return own.read(value) if own else OpenRule(value.get("word_limit"))


_TEXTS = (
    "title",
    "explanation",
    "question",
    "guidance_met",
    "guidance_unsure",
    "guidance_not_met",
    "guide_title",
    "guide_text",
    "guidance_reviewers",
    "letter_sentence",
)


def read_criteria(stream_value: Iterable[Any], moments: Iterable[str] = ()) -> tuple[Criterion, ...]:
    """The criteria of a stream, in its order; drafts with gaps are read too.

    ``moments`` are the ids that a rule about taking part means when it names none.
    """
    every = tuple(moments)
    return tuple(
        Criterion(
            id=str(child.id or place),
            kind=CriterionKind(child.value.get("kind") or CriterionKind.SELECTION),
            rule=_read_rule(child.block_type, child.value, every),
            weight=child.value.get("weight"),
            hard=bool(child.value.get("hard")),
            name=child.value.get("name") or "",
            when=written_condition(child.value.get("when")),
            **{name: child.value.get(name) or "" for name in _TEXTS},
        )
        for place, child in enumerate(stream_value)
    )
