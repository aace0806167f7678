"""The types of questions and criteria that forms know: the package's own, and those of a site.

A site registers its own while it starts, in ``AppConfig.ready``:

>>> register_question_type(QuestionKind("postcode", fields=…, say=…, block=PostcodeBlock()))  # doctest: +SKIP

Nothing of a type is written into migrations. A form that was frozen with a type that is not
registered any more is still shown: its answers as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured
from wagtail.blocks import Block, StructBlock

from keino_academy.announcement.criterion_types import CriterionType, register_criterion_type
from keino_academy.applications.filled import fill_single
from keino_academy.applications.journey import Question
from keino_academy.blocks import QuestionsBlock

__all__ = [
    "CriterionType",
    "QuestionKind",
    "find_question_type",
    "register_criterion_type",
    "register_question_type",
]


def first_value(_question: Question, groups: Sequence[Sequence[Any]]) -> Any:
    """The answer of a question with one field; None where it was left empty."""
    value = groups[0][0]
    return None if value in ("", []) else value


def plain(_question: Question, answer: Any) -> str:
    """The answer as it is."""
    return str(answer)


@dataclass(frozen=True)
class QuestionKind:
    """One type of question.

    ``fields(name, question)`` gives groups of form fields, whose names begin with ``name``; one
    group of one field for most. ``read(question, groups)`` makes the answer, which is JSON, of
    their clean values; a value is None where it has an error. ``say(question, answer)`` tells it
    in words in the active language, ``export`` in a spreadsheet (empty: as ``say``).
    ``fill(question, groups, answer)`` is the way back: pairs of a field's name and its texts.
    ``check(form, question)`` adds errors where fields must agree. ``block`` is what editors choose
    in the menu, a subclass of ``blocks.questions.QuestionBlock``; its label stands there.
    ``document(value)`` gives ``rule``, ``texts`` or ``options`` out of the block's value.
    """

    name: str
    fields: Callable[[str, Question], Iterable[Mapping[str, forms.Field]]]
    say: Callable[[Question, Any], str] = plain
    read: Callable[[Question, Sequence[Sequence[Any]]], Any] = first_value
    fill: Callable[[Question, Sequence[Sequence[str]], Any], Iterable[tuple[str, list[Any]]]] = fill_single
    export: Callable[[Question, Any], Any] | None = None
    check: Callable[[Any, Question], None] | None = None
    block: Block | None = None
    document: Callable[[Any], Mapping[str, Any]] | None = None


_kinds: dict[str, QuestionKind] = {}


def register_question_type(kind: QuestionKind) -> QuestionKind:
    """Make a type known to editors and forms; the same one twice is one.

    Raises ``ImproperlyConfigured`` with what is missing, or where the name is taken.
    """
    if faults := _faults(kind):
        raise ImproperlyConfigured(
            f"The question type {kind.name!r} cannot be registered: {'; '.join(faults)}."
        )
    _kinds[kind.name] = kind
    if kind.block is not None:
        QuestionsBlock.add(kind.name, kind.block)
    return kind


def _faults(kind: QuestionKind) -> list[str]:
    found = []
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(kind.name)):
        found.append("name must be small letters, digits and underscores, beginning with a letter")
    if _kinds.get(kind.name, kind) != kind or (kind.block and kind.name in QuestionsBlock.base_blocks):
        found.append("name is taken by another type")
    needed, optional = ("fields", "say", "read", "fill"), ("export", "check", "document")
    found += [f"{part} must be a function" for part in needed if not callable(getattr(kind, part))]
    given = [part for part in optional if getattr(kind, part) is not None]
    found += [f"{part} must be a function or None" for part in given if not callable(getattr(kind, part))]
    if kind.block is not None:
        children = set(kind.block.child_blocks) if isinstance(kind.block, StructBlock) else set()
        if missing := sorted({"question", "help", "required"} - children):
            found.append(f"block must be a QuestionBlock; it lacks {', '.join(missing)}")
    return found


def find_question_type(name: str) -> QuestionKind | None:
    """The type of this name; None where none is registered, or not any more."""
    return _kinds.get(str(name))


def forget_question_type(name: str) -> None:
    """Take a site's type out again, as tests do after themselves."""
    _kinds.pop(name, None)
    QuestionsBlock.added.pop(name, None)
