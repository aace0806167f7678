"""Conditions of criteria in "Could we apply?": which apply to who answers, and what the others are told. Pure.

The check asks whether each criterion is met, and knows no more than that. A condition on the verdict of an
earlier criterion, or on its yes or no, it judges itself, as the form does. Of every other condition whoever
answers is the judge, and has an answer of their own for it: :data:`NOT_OURS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from keino_academy.announcement.criteria import Criterion, Verdict, YesNoRule
from keino_academy.blocks.conditions import ABOUT, NAMED
from keino_academy.core.conditions import JUDGING, SENTENCES, Comparison, Condition, asked_of

#: The answer to a criterion that does not concern who answers.
NOT_OURS = "not_ours"
_WORDS = {Verdict.MET: "yes", Verdict.NOT_MET: "no", Verdict.UNSURE: "unsure"}
_OF_YES_OR_NO = frozenset({Comparison.IS, Comparison.IS_NOT, Comparison.ONE_OF})


@dataclass(frozen=True)
class _Question:
    """A criterion as ``core.conditions`` asks about it."""

    id: str
    when: Condition | None
    criterion: Criterion

    def verdict(self, answer: Any) -> Any:
        """What was answered is the verdict."""
        return answer["verdict"] if answer else None


def is_judged(criterion: Criterion, criteria: Iterable[Criterion]) -> bool:
    """Whether the check itself knows when the criterion applies: always, or by an earlier answer."""
    return criterion.when is None or _about(criterion, criteria) is not None


def applying(criteria: Sequence[Criterion], answers: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """The criteria that apply with these answers by id, in order; what hangs on one that does not, does not."""
    asked = [one for one in criteria if answers.get(one.id) != NOT_OURS or is_judged(one, criteria)]
    questions = [_Question(_key(one), _condition(one, criteria), one) for one in asked]
    said = {
        _key(one): {"value": _WORDS[Verdict(answers[one.id])], "verdict": answers[one.id]}
        for one in asked
        if answers.get(one.id) in list(Verdict)
    }
    return tuple(question.criterion for question in asked_of(questions, said))


def only_if(criterion: Criterion, criteria: Iterable[Criterion]) -> str:
    """The criterion's condition as a sentence; empty where it has none, or asks about what cannot be named here."""
    when = criterion.when
    if when is None or when["test"] not in SENTENCES:
        return ""
    about = _earlier(criterion, criteria)
    own = {key: str(label) for key, label in ABOUT if key != NAMED}
    label = about.asked if about else own.get(when["name"], "")
    said = {"question": label, "values": ", ".join(when["values"])}
    return str(SENTENCES[when["test"]] % said) if label else ""


def _key(criterion: Criterion) -> str:
    return criterion.name or criterion.id


def _earlier(criterion: Criterion, criteria: Iterable[Criterion]) -> Criterion | None:
    """The criterion that the condition names, if it stands earlier."""
    for one in criteria:
        if one.id == criterion.id:
            break
        if one.name and criterion.when and one.name == criterion.when["name"]:
            return one
    return None


def _about(criterion: Criterion, criteria: Iterable[Criterion]) -> Criterion | None:
    """The same, if its answer in the check tells whether the condition holds."""
    about, test = _earlier(criterion, criteria), criterion.when["test"] if criterion.when else ""
    if about and (test in JUDGING or (test in _OF_YES_OR_NO and isinstance(about.rule, YesNoRule))):
        return about
    return None


def _condition(criterion: Criterion, criteria: Iterable[Criterion]) -> Condition | None:
    about = _about(criterion, criteria)
    if about is None or criterion.when is None:
        return None
    keys = _yes_or_no()
    values = tuple(keys.get(word.casefold(), word) for word in criterion.when["values"])
    return Condition(_key(about), criterion.when["test"], values)


def _yes_or_no() -> dict[str, str]:
    """The keys of a question with yes and no by their words: a translation keeps those of its source."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words = {"yes": gettext("Yes"), "no": gettext("No"), "unsure": gettext("Not known yet")}
        found |= {word.casefold(): key for key, word in words.items()}
    return found
