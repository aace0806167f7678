"""Conditions of a form: how they are frozen, and how they read. Pure; they are judged in ``core.conditions``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import override

from keino_academy.applications.answers import yes_no_words
from keino_academy.applications.journey import Question, QuestionType
from keino_academy.core.conditions import (
    BROKEN,
    COUNTING,
    SENTENCES,
    Condition,
    as_json,
    read_number,
)

#: Types whose answer is yes or no, without choices of their own.
_YES_NO = (QuestionType.YES_NO, QuestionType.CONSENT)


def freeze(content: Mapping[str, Mapping[str, Any]]) -> None:
    """Put ids for names and keys for labels into the conditions of a document that is being built.

    A condition that points to no earlier question never holds: what was meant to be asked of
    some is then asked of nobody, until an editor mends it.
    """
    labels = _keys_by_label(content)
    for said in content.values():
        names: dict[str, str] = {}
        for section in said["sections"]:
            for asked in section["questions"]:
                written = asked.pop("when", None)
                if written:
                    asked["when"] = as_json(_frozen(written, names, labels))
                for name in (asked.pop("name", ""), _fixed_name(asked)):
                    if name:
                        names.setdefault(name, asked["id"])


def _fixed_name(asked: Mapping[str, Any]) -> str:
    """By what the package's own questions are referred to, whatever their ids."""
    return "kind" if asked["type"] == QuestionType.KIND else str(asked["id"])


def _frozen(
    written: Mapping[str, Any], names: Mapping[str, str], labels: Mapping[str, Mapping[str, str]]
) -> Condition:
    target = names.get(written["name"])
    if target is None:
        return BROKEN
    if written["test"] in COUNTING:
        values = [str(number) for number in map(read_number, written["values"]) if number is not None]
    else:
        keys = labels.get(target, {})
        values = [keys.get(word.casefold(), word) for word in written["values"]]
    return Condition(target, written["test"], tuple(values))


def _keys_by_label(content: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Keys of choices by their labels in every language: an editor may write any of them."""
    found: dict[str, dict[str, str]] = {}
    for language, said in content.items():
        with override(language):
            words = yes_no_words()
        for section in said["sections"]:
            for asked in section["questions"]:
                options = words.items() if asked["type"] in _YES_NO else asked.get("options") or ()
                for key, label in options:
                    found.setdefault(asked["id"], {}).setdefault(str(label).strip().casefold(), key)
    return found


def only_if(condition: Condition, questions: Mapping[str, Question]) -> str:
    """The condition as a sentence in the active language; empty where its question is not among these."""
    about = questions.get(condition.question)
    if about is None:
        return ""
    sentence = SENTENCES.get(condition.test)
    said = {"question": about.label, "values": ", ".join(_labels(about, condition.values))}
    return str(sentence % said) if sentence else ""


def _labels(about: Question, values: Iterable[str]) -> list[str]:
    words = yes_no_words() if about.type in _YES_NO else dict(about.options)
    return [str(words.get(value, value)) for value in values]
