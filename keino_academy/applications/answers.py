"""Answers in words: each type of question says its answer, for page, mail and admin. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino_academy.announcement.criteria import Verdict
from keino_academy.applications.journey import Question, Section
from keino_academy.applications.question_types import find_question_type, plain
from keino_academy.blocks.spans import is_month
from keino_academy.core import dates


@dataclass(frozen=True)
class Said:
    """One question with its answer in words; an empty ``text`` means that nothing was answered.

    ``anchor`` is the id of the control that changes it, where there is one.
    """

    question: Question
    text: str
    verdict: Verdict | None = None
    anchor: str = ""


@dataclass(frozen=True)
class SaidSection:
    """A section with its answers."""

    section: Section
    rows: tuple[Said, ...]


def say_all(sections: tuple[Section, ...], answers: Mapping[str, Any]) -> tuple[SaidSection, ...]:
    """Every section with its answers in the active language."""
    return tuple(
        SaidSection(
            section,
            tuple(
                Said(asked, say(asked, answers.get(asked.id)), asked.verdict(answers.get(asked.id)))
                for asked in section.questions
            ),
        )
        for section in sections
    )


def labels_of(said: Iterable[SaidSection]) -> dict[str, str]:
    """The words of every question, by its id, in order."""
    return {row.question.id: row.question.label for part in said for row in part.rows}


def say(question: Question, answer: Any) -> str:
    """The answer in words; what cannot be read is shown as it is."""
    if answer is None or answer in ("", [], {}):
        return ""
    kind = find_question_type(question.type)
    return _said(kind.say if kind else plain, question, answer)


def export(question: Question, answer: Any) -> Any:
    """The answer as a spreadsheet gets it: in words, unless its type says another thing."""
    if answer is None or answer in ("", [], {}):
        return ""
    kind = find_question_type(question.type)
    return _said((kind.export or kind.say) if kind else plain, question, answer)


def _said(how: Callable[[Question, Any], Any], question: Question, answer: Any) -> Any:
    try:
        return how(question, answer)
    except (TypeError, ValueError, LookupError, AttributeError):
        return str(answer)


def yes_no_words() -> dict[str, str]:
    """The words of a question with yes and no."""
    return dict(_yes_no(get_language()))


@cache
def _yes_no(_language: str | None) -> dict[str, str]:
    # Looked up once in each language: an export says them of every row.
    return {"yes": _("Yes"), "no": _("No"), "unsure": _("Not known yet")}


def say_choice(question: Question, answer: Any) -> str:
    """The label of a choice."""
    return dict(question.options).get(answer, str(answer))


def say_choices(question: Question, answer: Any) -> str:
    """The labels, each on a line."""
    return "\n".join(say_choice(question, key) for key in answer)


def say_consent(_question: Question, answer: Any) -> str:
    """Yes or no."""
    return _("Yes") if answer else _("No")


def say_date(_question: Question, answer: Any) -> str:
    """A day."""
    return dates.day(date.fromisoformat(answer))


def say_yes_no(_question: Question, answer: Any) -> str:
    """Yes, no or not known, and what shows it."""
    word = yes_no_words().get(answer["value"], "")
    return "\n".join(part for part in (word, answer.get("evidence") or "") if part)


def month_words(month: str) -> str:
    """``2023-09`` in words."""
    return dates.month(date.fromisoformat(f"{month}-01")) if is_month(month) else month


def say_period(_question: Question, answer: Any) -> str:
    """One month, or from the first to the last."""
    # A draft may know one of them alone.
    first, last = (month_words(month) if month else "" for month in (answer["first"], answer["last"]))
    return first if first == last else f"{first} – {last}".strip()


def say_people(_question: Question, answer: Any) -> str:
    """A line for each."""
    return "\n".join(
        ", ".join(part for part in (one.get("name"), one.get("role"), one.get("email")) if part)
        for one in answer
    )


def say_files(_question: Question, answer: Any) -> str:
    """The name of each."""
    return "\n".join(one["name"] for one in answer)


def say_attendance(question: Question, answer: Any) -> str:
    """What was said of each session."""
    words = yes_no_words()
    return "\n".join(f"{label}: {words.get(answer.get(key), '–')}" for key, label in question.options)
