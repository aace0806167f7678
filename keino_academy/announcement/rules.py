"""Rules of criteria: what each asks, and its verdict on an answer.

Pure: nothing here asks a database. Answers are JSON as forms store them; the shape that
a rule reads stands in its docstring. Two promises hold for every rule:

*Total*: :func:`evaluate` gives a verdict on any JSON, also on what the rule never asked
for; what cannot be read is unsure, for a person to look at.

*Monotone*: more never makes it worse. A longer period, a bigger team, one session more or
evidence added gives the same verdict or a better one (``NOT_MET < UNSURE < MET``).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any, ClassVar

from keino_academy.blocks.spans import is_month


class Verdict(enum.StrEnum):
    """Whether a criterion is met, as far as is known."""

    MET = "met"
    UNSURE = "unsure"
    NOT_MET = "not_met"

    @property
    def rank(self) -> int:
        """0 for not met, 1 for unsure, 2 for met: a bigger rank is better."""
        return {Verdict.NOT_MET: 0, Verdict.UNSURE: 1, Verdict.MET: 2}[self]

    @classmethod
    def read(cls, value: Any) -> Verdict:
        """The verdict that a form sent; anything else is unsure."""
        try:
            return cls(value)
        except ValueError:
            return cls.UNSURE


@dataclass(frozen=True)
class OrganisationKindRule:
    """The applicant is one of ``kinds``. Answer: ``"municipality"``."""

    type: ClassVar[str] = "organisation_kind"
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class YesNoRule:
    """The applicant says yes. Answer: ``{"value": "yes", "evidence": "…"}``.

    ``value`` is ``yes``, ``no`` or ``unsure``. A yes whose evidence is needed and not yet
    written is unsure.
    """

    type: ClassVar[str] = "yes_no"
    evidence_label: str = ""
    evidence_help: str = ""
    evidence_required: bool = False

    @property
    def needs_evidence(self) -> bool:
        """Whether a yes alone is not enough."""
        return bool(self.evidence_label) and self.evidence_required


@dataclass(frozen=True)
class PeriodRule:
    """A period of the applicant's shares a month with the window ``first`` to ``last``.

    Both are months such as ``2023-09``; an empty one leaves its side open.
    Answer: ``{"first": "2023-09", "last": "2024-01"}``; unsure until both are known.
    """

    type: ClassVar[str] = "period"
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class TeamRule:
    """The applicant names ``size`` people. Answer: ``[{"name": "…", "role": "…"}, …]``.

    A team that is not whole yet is unsure and never "not met". Roles are advice.
    """

    type: ClassVar[str] = "team"
    size: int = 3
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class AttendanceRule:
    """The applicant can take part in ``entries`` (ids of the timeline's moments).

    Answer: ``{"<id>": "yes", "<id>": "no", "<id>": "unsure"}``, or the list of ids that
    were ticked, where those left out are a no. Without entries, those that the mapping
    names are asked for.
    """

    type: ClassVar[str] = "attendance"
    entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenRule:
    """The applicant tells in its own words. Answer: ``"…"``.

    An answer meets it; how good it is, people judge. Its length is the form's business.
    """

    type: ClassVar[str] = "open"
    word_limit: int | None = None


Rule = OrganisationKindRule | YesNoRule | PeriodRule | TeamRule | AttendanceRule | OpenRule


@singledispatch
def evaluate(rule: Any, answer: Any) -> Verdict:  # noqa: ARG001 - each rule reads it
    """The verdict of a rule on an answer: total and monotone, as the module says."""
    raise TypeError(f"{rule!r} is no rule")


@evaluate.register
def _(rule: OrganisationKindRule, answer: Any) -> Verdict:
    if not isinstance(answer, str) or not answer.strip():
        return Verdict.UNSURE
    return Verdict.MET if answer in rule.kinds else Verdict.NOT_MET


@evaluate.register
def _(rule: YesNoRule, answer: Any) -> Verdict:
    value, evidence = (
        (answer.get("value"), answer.get("evidence")) if isinstance(answer, Mapping) else (answer, None)
    )
    if value == "no":
        return Verdict.NOT_MET
    if value != "yes":
        return Verdict.UNSURE
    shown = isinstance(evidence, str) and bool(evidence.strip())
    return Verdict.MET if shown or not rule.needs_evidence else Verdict.UNSURE


@evaluate.register
def _(rule: PeriodRule, answer: Any) -> Verdict:
    first, last = (answer.get("first"), answer.get("last")) if isinstance(answer, Mapping) else (None, None)
    if not (is_month(first) and is_month(last)) or last < first:
        return Verdict.UNSURE
    overlaps = (not rule.first or last >= rule.first) and (not rule.last or first <= rule.last)
    return Verdict.MET if overlaps else Verdict.NOT_MET


@evaluate.register
def _(rule: TeamRule, answer: Any) -> Verdict:
    people = answer if isinstance(answer, list) else []
    named = sum(
        1 for person in people if isinstance(person, Mapping) and str(person.get("name") or "").strip()
    )
    return Verdict.MET if named and named >= rule.size else Verdict.UNSURE


@evaluate.register
def _(rule: AttendanceRule, answer: Any) -> Verdict:
    if isinstance(answer, list):
        said: dict[Any, Any] = dict.fromkeys(rule.entries, "no") | {
            entry: "yes" for entry in answer if isinstance(entry, str)
        }
        asked: Iterable[Any] = rule.entries
    elif isinstance(answer, Mapping):
        said, asked = dict(answer), rule.entries or answer
    else:
        said, asked = {}, rule.entries
    words = [said.get(entry) for entry in asked]
    if "no" in words:
        return Verdict.NOT_MET
    return Verdict.MET if words and all(word == "yes" for word in words) else Verdict.UNSURE


@evaluate.register
def _(rule: OpenRule, answer: Any) -> Verdict:  # noqa: ARG001 - every rule is asked alike
    return Verdict.MET if isinstance(answer, str) and answer.strip() else Verdict.UNSURE
