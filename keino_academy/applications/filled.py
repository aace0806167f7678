"""What a question's fields hold for an answer: the way back from an answer to what is typed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from keino_academy.applications.journey import Question

#: Texts by the name of a field, as a browser posts them.
Typed = dict[str, list[str]]


Groups = Sequence[Sequence[str]]
Spread = Iterable[tuple[str, list[Any]]]


def tidy(
    spread: Callable[[Question, Groups, Any], Spread], question: Question, groups: Groups, answer: Any
) -> Typed:
    """The texts that ``spread`` gives the question's fields, whose names are in groups; empty ones are left out.

    An answer of another shape than the question's type has fills nothing.
    """
    names = {name for group in groups for name in group}
    try:
        found = {
            name: [str(one) for one in values if one not in (None, "")]
            for name, values in spread(question, groups, answer)
        }
    except (TypeError, ValueError, LookupError, AttributeError):
        return {}
    return {name: values for name, values in found.items() if values and name in names}


def fill_single(_question: Question, groups: Groups, answer: Any) -> Spread:
    """One field; several values where several may be chosen."""
    yield groups[0][0], list(answer) if isinstance(answer, list | tuple) else [answer]


def fill_consent(_question: Question, groups: Groups, answer: Any) -> Spread:
    """A ticked box."""
    yield groups[0][0], ["on"] if answer is True else []


def fill_yes_no(_question: Question, groups: Groups, answer: Any) -> Spread:
    """The word, and what shows it."""
    names = [name for group in groups for name in group]
    yield from zip(names, ([answer[key]] for key in ("value", "evidence") if key in answer), strict=False)


def fill_period(_question: Question, groups: Groups, answer: Any) -> Spread:
    """A first and a last month."""
    yield from zip(groups[0], ([answer.get("first")], [answer.get("last")]), strict=True)


def fill_people(_question: Question, groups: Groups, answer: Any) -> Spread:
    """A name, a role and an address a group."""
    for group, one in zip(groups, answer, strict=False):
        yield from zip(group, ([one.get(key)] for key in ("name", "role", "email")), strict=True)


def fill_attendance(question: Question, groups: Groups, answer: Any) -> Spread:
    """A word for each session."""
    for group, (key, _label) in zip(groups, question.options, strict=True):
        yield group[0], [answer.get(key)]


def fill_files(_question: Question, _groups: Groups, _answer: Any) -> Spread:
    """Nothing: a browser lets no page choose a file."""
    return ()
