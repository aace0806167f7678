"""What changed between two revisions of an application's answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keino_academy.applications.answers import say
from keino_academy.applications.journey import Section, questions_of


@dataclass(frozen=True)
class Change:
    """One answer that is another than before. ``before`` and ``after`` are its words, empty for no answer.

    ``was`` and ``became`` are the answers themselves.
    """

    key: str
    label: str
    before: str
    after: str
    was: Any
    became: Any


def differences(
    sections: tuple[Section, ...], before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Change, ...]:
    """Every answer that differs, in the form's order, in the active language.

    An empty answer is the same as none. What no question of the form asks any more comes
    last, under its key: nothing that changed is left out.
    """
    questions = {question.id: question for question in questions_of(sections)}
    strangers = sorted((set(before) | set(after)) - set(questions))
    found = []
    for key in (*questions, *strangers):
        was, became = before.get(key), after.get(key)
        if is_same(was, became):
            continue
        question = questions.get(key)
        words = [say(question, one) if question else _bare(one) for one in (was, became)]
        found.append(Change(key, question.label if question else key, words[0], words[1], was, became))
    return tuple(found)


def is_same(one: Any, other: Any) -> bool:
    """Whether two answers say the same."""
    if _is_empty(one) or _is_empty(other):
        return _is_empty(one) and _is_empty(other)
    # True is 1 to Python, and no answer is both.
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _is_empty(answer: Any) -> bool:
    return answer is None or answer in ("", [], {})


def _bare(answer: Any) -> str:
    return "" if _is_empty(answer) else str(answer)
