"""What was typed into a section and is still to be mended, beside the questions that it belongs to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from keino_academy.applications.answers import Said, SaidSection, yes_no_words
from keino_academy.applications.journey import Question, QuestionType, Section

_SAY_YES = {QuestionType.YES_NO, QuestionType.ATTENDANCE}


@dataclass(frozen=True)
class TypedSection:
    """A section; each row is a question with its answer, and what was typed instead, in lines."""

    section: Section
    rows: tuple[tuple[Said, str], ...]


def with_typed(said: Iterable[SaidSection], typed: Mapping[str, Any]) -> tuple[TypedSection, ...]:
    """The sections with what ``Application.typed`` holds of them."""
    return tuple(_with_typed(part, typed.get(part.section.id) or {}) for part in said)


def _with_typed(part: SaidSection, fields: Mapping[str, Any]) -> TypedSection:
    lines: dict[str, list[str]] = {row.question.id: [] for row in part.rows}
    questions = {row.question.id: row.question for row in part.rows}
    for name, texts in fields.items():
        owner = _owner(name, questions)
        if owner is not None:
            lines[owner] += [_word(questions[owner], str(text)) for text in texts if str(text).strip()]
    return TypedSection(part.section, tuple((row, "\n".join(lines[row.question.id])) for row in part.rows))


def _owner(name: str, questions: Iterable[str]) -> str | None:
    """The question of a field: the one with the longest name, since one id may begin another."""
    owners = [one for one in questions if name == f"q-{one}" or name.startswith(f"q-{one}-")]
    return max(owners, key=len, default=None)


def _word(question: Question, text: str) -> str:
    """The label of what was chosen; else the text as it is."""
    words = yes_no_words() if question.type in _SAY_YES else dict(question.options)
    return words.get(text, text)
