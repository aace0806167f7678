"""Keeping answers: columns, pilot, team, and the rest as JSON. Used by ``actions`` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from keino_academy.announcement.criteria import Verdict
from keino_academy.applications.documents import PILOT, TEAM
from keino_academy.applications.journey import QuestionType, Section, sections_of, verdicts
from keino_academy.applications.models import Application, Pilot, TeamMember
from keino_academy.applications.queries import COLUMNS, PILOT_COLUMNS, content_in


def keep_answers(application: Application, answers: Mapping[str, Any]) -> None:
    """Write the answers of a new application, which is saved, with its pilot and team."""
    sections = sections_of(content_in(application.document, application.language))
    pilot: dict[str, Any] = {}
    team: list[Mapping[str, Any]] = []
    for section in sections:
        for question in section.questions:
            answer = answers.get(question.id)
            if question.id in COLUMNS:
                setattr(application, question.id, answer or "")
            elif question.type == QuestionType.KIND:
                application.organisation_kind = answer or ""
            elif section.id == PILOT:
                pilot |= _pilot_fields(question.id, question.type, answer)
            elif section.id == TEAM and question.type == QuestionType.TEAM:
                team = answer or []
            elif answer is not None:
                application.answers[question.id] = answer
    _count(application, sections, answers)
    application.save()
    if pilot:
        application.pilot = Pilot.objects.create(application=application, **pilot)
    TeamMember.objects.bulk_create(
        TeamMember(application=application, number=number, **one) for number, one in enumerate(team, 1)
    )


def _pilot_fields(name: str, kind: QuestionType, answer: Any) -> dict[str, Any]:
    if kind == QuestionType.PERIOD:
        return {
            "first_month": date.fromisoformat(f"{answer['first']}-01"),
            "last_month": date.fromisoformat(f"{answer['last']}-01"),
        }
    return {PILOT_COLUMNS[name]: answer or ""}


def _count(application: Application, sections: tuple[Section, ...], answers: Mapping[str, Any]) -> None:
    found = verdicts(sections, answers)
    application.asked = len(found)
    application.met = sum(1 for verdict in found.values() if verdict is Verdict.MET)
