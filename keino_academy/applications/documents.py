"""How a form is written from what editors publish: the pure part.

A document holds ``{language: {"language": …, "sections": […]}}``. ``language`` inside tells
in what language the editors' texts are: another one than the key where a translation is
missing and the source stands in. Words of the package's own are always in the key's language.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from keino_academy.announcement.criteria import (
    AttendanceRule,
    Criterion,
    OpenRule,
    OrganisationKindRule,
    PeriodRule,
    TeamRule,
    YesNoRule,
)
from keino_academy.announcement.criterion_types import find_criterion_type
from keino_academy.applications import own_questions
from keino_academy.applications.conditions import freeze
from keino_academy.applications.journey import CRITERION_TYPE, QuestionType
from keino_academy.applications.own_questions import LONGEST_TEXT, question

#: Questions that every form has; their answers have columns of their own.
ORGANISATION, CONTACT, PILOT, TEAM, MANAGEMENT, FURTHER, SENDING = (
    "organisation",
    "contact",
    "pilot",
    "team",
    "management",
    "further",
    "sending",
)


@dataclass(frozen=True)
class FormTexts:
    """What the pages say in one language. ``entries`` are ids and labels of the timeline's moments."""

    language: str
    criteria: tuple[Criterion, ...] = ()
    questions: tuple[Mapping[str, Any], ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    asks_pilot: bool = True
    team_size: int = 3
    asks_management: bool = True


def spoken(source: FormTexts, other: FormTexts) -> FormTexts:
    """The source's form in the words of a translation; what it lacks stays in the source's words.

    A translation may be older than its source, so it gives words only, found by their ids.
    """
    theirs = {criterion.id: criterion for criterion in other.criteria}
    questions = {asked["id"]: asked for asked in other.questions}
    return replace(
        source,
        language=other.language,
        criteria=tuple(_spoken_criterion(one, theirs.get(one.id)) for one in source.criteria),
        questions=tuple(_spoken_question(one, questions.get(one["id"])) for one in source.questions),
        entries=_spoken_options(source.entries, other.entries),
    )


def _spoken_criterion(source: Criterion, other: Criterion | None) -> Criterion:
    if other is None:
        return source
    names = ("title", "explanation", "question", "guide_title", "guide_text")
    words: dict[str, Any] = {name: getattr(other, name) or getattr(source, name) for name in names}
    ours, theirs = source.rule, other.rule
    if isinstance(ours, YesNoRule) and isinstance(theirs, YesNoRule) and ours.evidence_label:
        label = theirs.evidence_label or ours.evidence_label
        words["rule"] = replace(ours, evidence_label=label, evidence_help=theirs.evidence_help)
    if isinstance(ours, TeamRule) and isinstance(theirs, TeamRule) and len(ours.roles) == len(theirs.roles):
        words["rule"] = replace(ours, roles=theirs.roles)
    return replace(source, **words)


def _spoken_question(source: Mapping[str, Any], other: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if other is None:
        return source
    options = _spoken_options(source.get("options") or (), other.get("options") or ())
    words = {"label": other["label"] or source["label"], "help": other.get("help") or source.get("help")}
    if source.get("example"):
        words["example"] = other.get("example") or source["example"]
    return {**source, **words, "options": [list(pair) for pair in options]}


def _spoken_options(source: Iterable[Any], other: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    labels = {key: label for key, label in other if label}
    return tuple((key, labels.get(key, label)) for key, label in source)


def build_content(texts: Mapping[str, FormTexts]) -> dict[str, Any]:
    """The document in every language; each is given with the texts that are to be used for it."""
    content = {}
    for language, said in texts.items():
        with override(language):
            content[language] = {"language": said.language, "sections": _sections(said)}
    freeze(content)
    return content


def structure_hash(content: Mapping[str, Any]) -> str:
    """A hash of ids, types, rules, conditions and order; of no text, and of no language more than another."""
    source = next(iter(content.values()))
    bones = [
        [section["id"], [_bones(asked) for asked in section["questions"]]] for section in source["sections"]
    ]
    return hashlib.sha256(json.dumps(bones, sort_keys=True).encode()).hexdigest()


def _bones(asked: Mapping[str, Any]) -> list[Any]:
    keys = [key for key, _label in asked.get("options") or ()]
    bones = [asked["id"], asked["type"], asked.get("required", True), keys, asked.get("rule") or {}]
    # Without a condition the hash is the one that earlier versions wrote.
    return [*bones, asked["when"]] if asked.get("when") else bones


def _sections(said: FormTexts) -> list[dict[str, Any]]:
    sections = [_organisation(said), _section(CONTACT, _("Contact person"), own_questions.contact())]
    for criterion in said.criteria:
        sections += _of_criterion(criterion, said)
    known = {section["id"] for section in sections}
    if said.asks_pilot and PILOT not in known:
        sections.append(_pilot(None))
    if said.team_size and TEAM not in known:
        team = question("team", QuestionType.TEAM, _("Who is in the team?"), rule={"size": said.team_size})
        sections.append(_section(TEAM, _("Team"), [team]))
    if said.asks_management:
        sections.append(_section(MANAGEMENT, _("Management"), own_questions.management()))
    if said.questions:
        sections.append(_section(FURTHER, _("Further questions"), [dict(asked) for asked in said.questions]))
    sections.append(_section(SENDING, _("Sending"), own_questions.sending()))
    return sections


def _section(name: str, title: str, questions: Iterable[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"id": name, "title": title, "questions": list(questions), **more}


def _margin(criterion: Criterion) -> dict[str, Any]:
    return {
        "kind": str(criterion.kind),
        "note": criterion.explanation,
        "guide_title": criterion.guide_title,
        "guide_text": criterion.guide_text,
    }


def _organisation(said: FormTexts) -> dict[str, Any]:
    criterion = next((one for one in said.criteria if isinstance(one.rule, OrganisationKindRule)), None)
    questions = own_questions.organisation(criterion)
    more = _margin(criterion) if criterion else {}
    return _section(ORGANISATION, _("Organisation"), questions, **more)


def _pilot(criterion: Criterion | None) -> dict[str, Any]:
    more = _margin(criterion) if criterion else {}
    return _section(PILOT, _("Pilot procurement"), own_questions.pilot(criterion), **more)


def _of_criterion(criterion: Criterion, said: FormTexts) -> list[dict[str, Any]]:
    rule = criterion.rule
    if isinstance(rule, OrganisationKindRule):
        return []
    if isinstance(rule, PeriodRule) and said.asks_pilot and _first(PeriodRule, said) is criterion:
        return [_pilot(criterion)]
    name = TEAM if isinstance(rule, TeamRule) and _first(TeamRule, said) is criterion else criterion.id
    return [_section(name, criterion.title, [_criterion_question(criterion, said)], **_margin(criterion))]


def _first(rule: type, said: FormTexts) -> Criterion | None:
    return next((one for one in said.criteria if isinstance(one.rule, rule)), None)


def _criterion_question(criterion: Criterion, said: FormTexts) -> dict[str, Any]:
    rule = criterion.rule
    asked: dict[str, Any] = {"id": criterion.id, "label": criterion.asked, "criterion": criterion.kind}
    asked |= {"name": criterion.name, "when": criterion.when}
    if isinstance(rule, YesNoRule):
        words = {"evidence_label": rule.evidence_label, "evidence_help": rule.evidence_help}
        bound = {"evidence": bool(rule.evidence_label), "evidence_required": rule.needs_evidence}
        return question(type=QuestionType.YES_NO, rule=bound, texts=words, **asked)
    if isinstance(rule, PeriodRule):
        return question(type=QuestionType.PERIOD, rule={"first": rule.first, "last": rule.last}, **asked)
    if isinstance(rule, TeamRule):
        roles = {"roles": list(rule.roles)}
        return question(type=QuestionType.TEAM, rule={"size": rule.size}, texts=roles, **asked)
    if isinstance(rule, AttendanceRule):
        labels = dict(said.entries)
        options = [[entry, labels[entry]] for entry in rule.entries if entry in labels]
        return question(type=QuestionType.ATTENDANCE, options=options, **asked)
    if own := find_criterion_type(getattr(rule, "type", "")):
        parts = dict(own.question(rule))
        parts["rule"] = {**(parts.get("rule") or {}), CRITERION_TYPE: own.name}
        return question(**parts, **asked)
    limit = rule.word_limit if isinstance(rule, OpenRule) else None
    return question(type=QuestionType.TEXT, rule={"word_limit": limit, "max_length": LONGEST_TEXT}, **asked)
