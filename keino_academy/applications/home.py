"""What the page of an unfinished application shows."""

from __future__ import annotations

from typing import Any

from keino_academy.announcement.call_words import closing_of
from keino_academy.applications.answers import say
from keino_academy.applications.changes import Changes, document_changes
from keino_academy.applications.confirmations import confirmations_of
from keino_academy.applications.models import Application
from keino_academy.applications.next_steps import next_steps, strip_of
from keino_academy.applications.queries import (
    all_answers,
    content_in,
    current_document,
    find_application_page,
    needs_new_form,
)
from keino_academy.applications.required_confirmations import unconfirmed
from keino_academy.applications.standing import SectionState, Standing, standings
from keino_academy.applications.writing import writing
from keino_academy.core import clock, dates


def home_of(application: Application, language: str) -> dict[str, Any]:
    """The template's variables: the parts with how far they are, what is missing, what comes."""
    found = standings(application, language)
    answers = all_answers(application)
    steps = next_steps(application, language)
    until = application.extended_until
    closes = application.academy.closes
    return {
        "parts": [(one, _glimpse(one, answers)) for one in found],
        "done": sum(1 for one in found if one.state is SectionState.DONE),
        "total": sum(1 for one in found if one.state is not SectionState.OPTIONAL),
        "missing": [one for one in found if one.missing],
        "unbegun": sum(1 for one in found if one.state is SectionState.NONE),
        "unconfirmed": unconfirmed(application, find_application_page(application.academy, language)),
        "onward": next((one for one in found if one.missing), None),
        "steps": steps,
        "strip": strip_of(application, steps),
        "today": dates.short_day(application.academy.local(clock.now())),
        "how": str(writing(application)),
        "closes": closing_of(application.academy),
        "left": dates.left(closes - clock.now()) if closes and closes > clock.now() else "",
        "extended": dates.moment(application.academy.local(until)) if until and until > clock.now() else "",
        "saved": dates.moment(application.academy.local(application.saved_at))
        if application.saved_at
        else "",
        "late": dates.moment(application.academy.local(application.late_at)) if application.late_at else "",
        "form_changed": needs_new_form(application),
        "changes": _changes(application, language) if needs_new_form(application) else None,
        "confirmations": confirmations_of(application, language),
    }


def _changes(application: Application, language: str) -> Changes:
    """What the newest form asks otherwise than the one that the draft answers."""
    newest = current_document(application.academy) or application.document
    return document_changes(content_in(application.document, language), content_in(newest, language))


def _glimpse(one: Standing, answers: dict[str, Any]) -> str:
    """A line of what the part holds, or how much it asks."""
    for question in one.section.questions:
        said = say(question, answers.get(question.id))
        if said:
            line = said.splitlines()[0]
            return line if len(line) <= 90 else f"{line[:88].rstrip()}…"
    return ""
