"""What changed between two versions of a form, question by question. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keino_academy.applications.journey import Question, questions_of, sections_of


@dataclass(frozen=True)
class Changes:
    """Pairs of a question's id and its label: ``removed`` says the old one, the others the new one."""

    added: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def document_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """What the new version asks otherwise than the old one, each in its form's order.

    Both are the content of a document in one language, the same one. A question is changed when
    its type, whether it must be answered, the keys of its options, what binds its answer, after
    which other answer it is asked, its label or its help is another. A new order changes nothing.
    """
    before, after = _by_id(old), _by_id(new)
    return Changes(
        added=tuple((key, asked.label) for key, asked in after.items() if key not in before),
        removed=tuple((key, asked.label) for key, asked in before.items() if key not in after),
        changed=tuple(
            (key, asked.label)
            for key, asked in after.items()
            if key in before and _asks(asked) != _asks(before[key])
        ),
    )


def _by_id(content: Mapping[str, Any]) -> dict[str, Question]:
    return {asked.id: asked for asked in questions_of(sections_of(content))}


def _asks(asked: Question) -> tuple[Any, ...]:
    keys = tuple(key for key, _label in asked.options)
    # The rule also says after which answer the question is asked.
    return asked.type, asked.required, keys, dict(asked.rule), asked.label, asked.help
