"""Keeping answers: columns, pilot, team, and the rest as JSON. Used by ``actions`` alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from keino_academy.announcement.criteria import Verdict
from keino_academy.applications.documents import MANAGEMENT, PILOT, TEAM
from keino_academy.applications.journey import (
    Question,
    QuestionType,
    Section,
    asked_only,
    sections_of,
    verdicts,
)
from keino_academy.applications.models import Application, Pilot
from keino_academy.applications.naming import keep_management, keep_team
from keino_academy.applications.queries import (
    COLUMNS,
    MANAGEMENT_COLUMNS,
    PILOT_COLUMNS,
    all_answers,
    content_in,
)
from keino_academy.blocks.spans import is_month

#: Columns by which an application is found.
NEVER_EMPTY = {"organisation", "contact_email"}


def keep_answers(application: Application, answers: Mapping[str, Any]) -> None:
    """Write the answers of a new application, which is saved, with its pilot, team and management."""
    sections = sections_of(content_in(application.document, application.language))
    _keep_columns(application, sections, answers)
    _count(application, sections, answers)
    application.save()
    _keep_rows(application, sections, answers)


def keep_sections(
    application: Application, sections: tuple[Section, ...], answers: Mapping[str, Any]
) -> None:
    """Write the answers of some sections of an application that is there; whoever calls saves it, and counts anew.

    What is missing in ``answers`` is emptied; the organisation's name and the address, by which
    the application is found, are never.
    """
    _keep_columns(application, sections, answers)
    _keep_rows(application, sections, answers)


def _keep_columns(application: Application, sections: Iterable[Section], answers: Mapping[str, Any]) -> None:
    """Put into the application what it holds itself; nothing is saved."""
    for section in sections:
        for question in section.questions:
            answer = answers.get(question.id)
            if question.id in COLUMNS:
                if answer or question.id not in NEVER_EMPTY:
                    setattr(application, question.id, answer or "")
            elif question.type == QuestionType.KIND:
                application.organisation_kind = answer or ""
            elif answer is not None and not _has_row(section, question):
                application.answers[question.id] = answer
            else:
                application.answers.pop(question.id, None)


def _keep_rows(application: Application, sections: Iterable[Section], answers: Mapping[str, Any]) -> None:
    """Write what has a row of its own: pilot, team, management."""
    for section in sections:
        if section.id == PILOT:
            fields: dict[str, Any] = {}
            for question in section.questions:
                fields |= _pilot_fields(question.id, question.type, answers.get(question.id))
            _keep_pilot(application, fields)
        elif section.id == MANAGEMENT:
            names = {question.id for question in section.questions} & MANAGEMENT_COLUMNS.keys()
            keep_management(
                application, {MANAGEMENT_COLUMNS[name]: answers.get(name) or "" for name in names}
            )
        for question in section.questions:
            if _is_team(section, question):
                keep_team(application, answers.get(question.id) or [])


def _keep_pilot(application: Application, fields: Mapping[str, Any]) -> None:
    """Write the pilot; who writes an application stands in its queue, so nobody makes another meanwhile."""
    pilot = getattr(application, "pilot", None) or Pilot(application=application)
    for name, value in fields.items():
        setattr(pilot, name, value)
    pilot.save()
    application.pilot = pilot


def _has_row(section: Section, question: Question) -> bool:
    return section.id in {PILOT, MANAGEMENT} or _is_team(section, question)


def _is_team(section: Section, question: Question) -> bool:
    return section.id == TEAM and question.type == QuestionType.TEAM


def forget_unasked(application: Application) -> None:
    """Drop answers to questions that the other answers do not lead to any more; whoever calls saves it."""
    sections = sections_of(content_in(application.document, application.language))
    asked = asked_only(sections, all_answers(application, sections))
    application.answers = {key: answer for key, answer in application.answers.items() if key in asked}


def count_again(application: Application) -> None:
    """Count anew how many criteria are met, of what the application and its team, just read, say now."""
    count_met(application)
    application.save(update_fields=["met", "asked"])


def count_met(application: Application) -> None:
    """The same of an application that whoever calls saves."""
    sections = sections_of(content_in(application.document, application.language))
    _count(application, sections, all_answers(application, sections))


def _pilot_fields(name: str, kind: str, answer: Any) -> dict[str, Any]:
    if kind == QuestionType.PERIOD:
        months = answer or {}
        return {"first_month": _first_day(months.get("first")), "last_month": _first_day(months.get("last"))}
    return {PILOT_COLUMNS[name]: answer or ""}


def _first_day(month: Any) -> date | None:
    return date.fromisoformat(f"{month}-01") if is_month(month) else None


def _count(application: Application, sections: tuple[Section, ...], answers: Mapping[str, Any]) -> None:
    found = verdicts(sections, answers)
    application.asked = len(found)
    application.met = sum(1 for verdict in found.values() if verdict is Verdict.MET)
