"""Conditions, "show when …": what must have been answered for a question to be asked.

Pure. A condition asks about one earlier question of the same form. Questions may hang on each
other in a chain and never in a ring, since only what was asked before can be asked about.

*Total*: :func:`holds` answers for any JSON that is given as an answer, and for any condition,
also a broken one. What cannot be read does not hold, and neither does what looks at a question
that is not there or is not asked itself: a hidden question hides what depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Comparison(TextChoices):
    """How an answer is looked at."""

    IS = "is", pgettext_lazy("an answer", "is")
    IS_NOT = "is_not", pgettext_lazy("an answer", "is not")
    ONE_OF = "one_of", _("is one of")
    ANSWERED = "answered", _("is answered")
    NOT_ANSWERED = "not_answered", _("is not answered")
    AT_LEAST = "at_least", _("is at least (number)")
    AT_MOST = "at_most", _("is at most (number)")
    MET = "met", _("is met (criterion)")
    UNSURE = "unsure", _("is unsure (criterion)")
    NOT_MET = "not_met", _("is not met (criterion)")


#: Tests that compare with something, those that compare with a number, and those of a criterion's verdict.
COMPARING = frozenset(
    {Comparison.IS, Comparison.IS_NOT, Comparison.ONE_OF, Comparison.AT_LEAST, Comparison.AT_MOST}
)
COUNTING = frozenset({Comparison.AT_LEAST, Comparison.AT_MOST})
JUDGING = frozenset({Comparison.MET, Comparison.UNSURE, Comparison.NOT_MET})

#: What a question with a condition says of it, by its test; ``question`` and ``values`` as people read them.
SENTENCES: dict[str, Any] = {
    Comparison.IS: _("Answer this if the answer to “%(question)s” is: %(values)s."),
    Comparison.ONE_OF: _("Answer this if the answer to “%(question)s” is one of these: %(values)s."),
    Comparison.IS_NOT: _("Answer this if the answer to “%(question)s” is another than: %(values)s."),
    Comparison.ANSWERED: _("Answer this if you answered “%(question)s”."),
    Comparison.NOT_ANSWERED: _("Answer this if you left “%(question)s” empty."),
    Comparison.AT_LEAST: _("Answer this if the answer to “%(question)s” is at least %(values)s."),
    Comparison.AT_MOST: _("Answer this if the answer to “%(question)s” is at most %(values)s."),
    Comparison.MET: _("Answer this if your answer to “%(question)s” meets the criterion."),
    Comparison.UNSURE: _("Answer this if “%(question)s” is still unsure."),
    Comparison.NOT_MET: _("Answer this if your answer to “%(question)s” does not meet the criterion."),
}


@dataclass(frozen=True)
class Condition:
    """``question`` is an id; ``values`` are the keys or words of the answers that are looked for."""

    question: str
    test: str
    values: tuple[str, ...] = ()


#: A condition that never holds: what stands for one that cannot be read.
BROKEN = Condition("", "")


class Asked(Protocol):
    """What a condition needs of a question."""

    @property
    def id(self) -> str:
        """The key of its answer."""

    @property
    def when(self) -> Condition | None:
        """On what condition it is asked; None for always."""

    def verdict(self, answer: Any) -> Any:
        """``met``, ``unsure`` or ``not_met``; None where the question is no criterion's."""


Q = TypeVar("Q", bound=Asked)


def holds(condition: Condition, answers: Mapping[str, Any], questions: Mapping[str, Asked]) -> bool:
    """Whether it holds with these answers by id; ``questions`` are those that are asked before.

    "Is" looks for one of the keys where several were ticked, and at the word of a question with
    yes and no. "Is not" needs an answer, and another one: of what is empty nothing is known yet.
    """
    question = questions.get(condition.question)
    if question is None:
        return False
    answer = answers.get(condition.question)
    if condition.test in JUDGING:
        return bool(question.verdict(answer) == condition.test)
    if condition.test in COUNTING:
        return _counts(condition, answer)
    return _says(condition, answer)


def _says(condition: Condition, answer: Any) -> bool:
    if condition.test == Comparison.NOT_ANSWERED or not is_answered(answer):
        return condition.test == Comparison.NOT_ANSWERED and not is_answered(answer)
    if condition.test == Comparison.ANSWERED:
        return True
    found = words_in(answer).intersection(condition.values)
    if condition.test == Comparison.IS_NOT:
        return bool(condition.values) and not found
    return condition.test in {Comparison.IS, Comparison.ONE_OF} and bool(found)


def _counts(condition: Condition, answer: Any) -> bool:
    limit = read_number(condition.values[0]) if condition.values else None
    if limit is None or isinstance(answer, bool) or not isinstance(answer, int | float):
        return False
    return answer >= limit if condition.test == Comparison.AT_LEAST else answer <= limit


def read_number(text: str) -> int | None:
    """A whole number as an editor writes it; None for anything else."""
    try:
        return int("".join(str(text).split()).replace("−", "-"))
    except ValueError:
        return None


def is_answered(answer: Any) -> bool:
    """Whether an answer says anything; a box that was not ticked says nothing, a zero does."""
    if isinstance(answer, Mapping):
        return any(is_answered(one) for one in answer.values())
    if isinstance(answer, list | tuple):
        return any(is_answered(one) for one in answer)
    if isinstance(answer, str):
        return bool(answer.strip())
    return answer is not None and answer is not False


def words_in(answer: Any) -> set[str]:
    """The keys or words of an answer, for comparing."""
    if isinstance(answer, Mapping):
        return words_in(answer.get("value")) if "value" in answer else set()
    if isinstance(answer, list | tuple):
        return {one for one in answer if isinstance(one, str)}
    if isinstance(answer, bool):
        return {"yes" if answer else "no"}
    if isinstance(answer, int | float):
        return {str(answer)}
    return {answer} if isinstance(answer, str) else set()


def asked_of(questions: Iterable[Q], answers: Mapping[str, Any]) -> Iterator[Q]:
    """Those of the questions that these answers lead to, in order."""
    seen: dict[str, Asked] = {}
    for question in questions:
        if question.when is None or holds(question.when, answers, seen):
            seen[question.id] = question
            yield question


def as_json(condition: Condition) -> dict[str, Any]:
    """The condition as a document holds it."""
    return {
        "question": condition.question,
        "test": str(condition.test),
        "values": [str(one) for one in condition.values],
    }


def read_condition(data: Any) -> Condition | None:
    """The condition out of a document; None for nothing, and :data:`BROKEN` for what is no condition.

    Documents of old hold a pair of an id and the answer that is wanted.
    """
    if data is None or data in ("", [], {}, ()):
        return None
    if isinstance(data, list | tuple) and len(data) == 2 and isinstance(data[0], str):
        return Condition(data[0], Comparison.IS, tuple(sorted(words_in(data[1]))))
    if not isinstance(data, Mapping) or not isinstance(data.get("question"), str):
        return BROKEN
    values = data.get("values")
    kept = tuple(str(one) for one in values) if isinstance(values, list | tuple) else ()
    return Condition(data["question"], str(data.get("test")), kept)
