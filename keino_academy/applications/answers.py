"""Answers in words: each type of question says its answer, for page, mail and admin. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from keino_academy.announcement.criteria import Verdict
from keino_academy.applications.journey import Question, QuestionType, Section
from keino_academy.blocks.spans import is_month
from keino_academy.core import dates


@dataclass(frozen=True)
class Said:
    """One question with its answer in words; an empty ``text`` means that nothing was answered."""

    question: Question
    text: str
    verdict: Verdict | None = None


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


def say(question: Question, answer: Any) -> str:
    """The answer in words; what cannot be read is shown as it is."""
    if answer is None or answer in ("", [], {}):
        return ""
    try:
        return _SAYS.get(question.type, _plain)(question, answer)
    except (TypeError, ValueError, LookupError, AttributeError):
        return str(answer)


def yes_no_words() -> dict[str, str]:
    """The words of a question with yes and no."""
    return {"yes": _("Yes"), "no": _("No"), "unsure": _("Not known yet")}


def _plain(_question: Question, answer: Any) -> str:
    return str(answer)


def _choice(question: Question, answer: Any) -> str:
    return dict(question.options).get(answer, str(answer))


def _choices(question: Question, answer: Any) -> str:
    return "\n".join(_choice(question, key) for key in answer)


def _consent(_question: Question, answer: Any) -> str:
    return _("Yes") if answer else _("No")


def _date(_question: Question, answer: Any) -> str:
    return dates.day(date.fromisoformat(answer))


def _yes_no(_question: Question, answer: Any) -> str:
    word = yes_no_words().get(answer["value"], "")
    return "\n".join(part for part in (word, answer.get("evidence") or "") if part)


def month_words(month: str) -> str:
    """``2023-09`` in words."""
    return dates.month(date.fromisoformat(f"{month}-01")) if is_month(month) else month


def _period(_question: Question, answer: Any) -> str:
    first, last = answer["first"], answer["last"]
    if first == last:
        return month_words(first)
    return f"{month_words(first)} – {month_words(last)}"


def _team(_question: Question, answer: Any) -> str:
    return "\n".join(
        ", ".join(part for part in (one.get("name"), one.get("role"), one.get("email")) if part)
        for one in answer
    )


def _attendance(question: Question, answer: Any) -> str:
    words = yes_no_words()
    return "\n".join(f"{label}: {words.get(answer.get(key), '–')}" for key, label in question.options)


_SAYS: dict[QuestionType, Callable[[Question, Any], str]] = {
    QuestionType.CHOICE: _choice,
    QuestionType.KIND: _choice,
    QuestionType.CHOICES: _choices,
    QuestionType.CONSENT: _consent,
    QuestionType.DATE: _date,
    QuestionType.YES_NO: _yes_no,
    QuestionType.PERIOD: _period,
    QuestionType.TEAM: _team,
    QuestionType.ATTENDANCE: _attendance,
}
