"""The part of a question in which an editor says when it is shown, and what can be wrong with it.

A question gets a short name, and a later one refers to it by that name: ids are nobody's to
type, and a name stays when labels are edited or translated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup
from wagtail.blocks.stream_block import StreamBlockValidationError

from keino_academy.blocks.base import AcademyBlock
from keino_academy.blocks.fields import NameBlock, WordsBlock
from keino_academy.core.conditions import COMPARING, COUNTING, JUDGING, Comparison, read_number

#: Stands for a question that an editor gave a short name.
NAMED = "named"

#: What can be asked about: the package's own questions, and those with a name.
ABOUT = [
    (NAMED, _("The question with this short name")),
    ("kind", _("Kind of organisation")),
    ("pilot_category", _("What is procured?")),
    ("pilot_phase", _("How far is the procurement?")),
    ("pilot_value", _("What is its estimated value?")),
]


def own_name() -> NameBlock:
    """The field of a question that gives it a name."""
    return NameBlock(
        help_text=_("Such as “project”, when a later question is shown only after some answer to this one.")
    )


class ConditionBlock(AcademyBlock):
    """When a question is shown. Left empty, it always is."""

    # Blank choices of our own: those of Wagtail say nothing of what they mean.
    about = blocks.ChoiceBlock(
        label=_("Only after the answer to"),
        choices=[("", _("No condition: always asked")), *ABOUT],
        required=False,
    )
    name = NameBlock(
        label=_("Its short name"),
        help_text=_("The short name that you gave to an earlier question or criterion."),
    )
    test = blocks.ChoiceBlock(
        label=_("Its answer"), choices=[("", _("Choose")), *Comparison.choices], required=False
    )
    values = WordsBlock(
        help_text=_("The choice or the number as it reads on the form. Several: one on each line.")
    )

    def faults(self, value: Any) -> dict[str, Any]:
        """Everything that the test needs is there."""
        found: dict[str, Any] = {}
        about, test, words = value.get("about"), value.get("test"), lines(value.get("values"))
        if not about and (test or value.get("name")):
            found["about"] = _("Choose a question, or leave the whole condition empty.")
        if about == NAMED and not value.get("name"):
            found["name"] = _("Write the short name of an earlier question.")
        if about and not test:
            found["test"] = _("Choose how the answer is looked at.")
        if about and about != NAMED and test in JUDGING | COUNTING:
            found["test"] = _("Choose a test that fits this question.")
        if test in COMPARING and not words:
            found["values"] = _("Write what the answer is compared with.")
        elif test in COUNTING and (len(words) > 1 or read_number(words[0]) is None):
            found["values"] = _("Write one whole number in digits.")
        return found

    class Meta:
        icon = "view"
        label = _("Show only when")
        form_layout = BlockGroup(["about", "name", "test", "values"])


def lines(text: Any) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def written_condition(value: Any) -> dict[str, Any] | None:
    """What an editor wrote, ``{"name": …, "test": …, "values": […]}``; None for no condition."""
    if not value or not value.get("about"):
        return None
    name = value.get("name") if value["about"] == NAMED else value["about"]
    return {"name": name or "", "test": value.get("test") or "", "values": lines(value.get("values"))}


@dataclass(frozen=True)
class Referred:
    """A question of a stream as far as others may refer to it; ``labels`` are those of its choices."""

    name: str = ""
    type: str = ""
    criterion: bool = False
    labels: tuple[str, ...] = ()


def referred(value: Mapping[str, Any], kind: str, *, criterion: bool = False) -> Referred:
    """What others may refer to in a block's value."""
    labels = tuple(label for _key, label in getattr(value, "choices", ()))
    return Referred(str(value.get("name") or ""), kind, criterion, labels)


def reference_faults(
    children: Iterable[Any],
    *,
    criteria: bool = False,
    before: Iterable[Referred] | None = (),
    labels: bool = False,
) -> dict[int, dict[str, Any]]:
    """What is wrong with names and references in a stream: ``{place: {field: what to do}}``.

    ``before`` are named questions that are asked earlier, on another page; None where they are
    not known, so that a name that is not in the stream may be one of theirs. With ``labels``,
    choices are compared with how they read; a translation keeps those of its source. The faults
    of a condition stand under ``when``: ``{"when": {"name": …}}``.
    """
    rows = [(child.value, referred(child.value, child.block_type, criterion=criteria)) for child in children]
    known = {one.name: one for one in before or () if one.name}
    every = {one.name for _value, one in rows if one.name}
    found: dict[int, dict[str, Any]] = {}
    for place, (value, own) in enumerate(rows):
        faults: dict[str, Any] = dict(_name_faults(own, known))
        wrong = dict(_when_faults(value.get("when") or {}, own, known, every, before is None))
        if labels and not wrong:
            wrong = dict(_label_faults(value.get("when") or {}, known))
        if wrong:
            faults["when"] = wrong
        if faults:
            found[place] = faults
        if own.name:
            known.setdefault(own.name, own)
    return found


def _name_faults(own: Referred, known: Mapping[str, Referred]) -> Iterator[tuple[str, Any]]:
    if own.name and own.name in known:
        yield "name", _("Choose another name: an earlier question has this one.")


def _when_faults(
    when: Mapping[str, Any],
    own: Referred,
    known: Mapping[str, Referred],
    every: set[str],
    may_be_elsewhere: bool,
) -> Iterator[tuple[str, Any]]:
    name = when.get("name")
    if when.get("about") != NAMED or not name:
        return
    if name == own.name and name not in known:
        yield "name", _("Refer to another question than this one.")
    elif name not in known and name in every:
        yield "name", _("Refer to a question that comes before this one, or move this one down.")
    elif name not in known and not may_be_elsewhere:
        yield "name", _("No earlier question has this short name. Look at how it is spelt.")
    elif name in known:
        yield from _test_faults(when, known[name])


def _test_faults(when: Mapping[str, Any], about: Referred) -> Iterator[tuple[str, Any]]:
    test = when.get("test")
    if (test in JUDGING and not about.criterion) or (test in COUNTING and about.type != "number"):
        yield "test", _("Choose a test that fits this question.")


def _label_faults(when: Mapping[str, Any], known: Mapping[str, Referred]) -> Iterator[tuple[str, Any]]:
    about = known.get(when.get("name") or "")
    if when.get("about") != NAMED or about is None or when.get("test") not in COMPARING - COUNTING:
        return
    labels = {label.strip().casefold() for label in about.labels}
    if labels and not all(word.casefold() in labels for word in lines(when.get("values"))):
        yield "values", _("Write the choice exactly as it reads in the question.")


def raise_faults(found: Mapping[int, Mapping[str, Any]]) -> None:
    """Raise the faults as a stream's error, on the fields that are to be changed."""
    if found:
        raise StreamBlockValidationError(
            block_errors={place: _struct_error(one) for place, one in found.items()}
        )


def _struct_error(faults: Mapping[str, Any]) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError(
        block_errors={
            name: _struct_error(fault) if isinstance(fault, Mapping) else ValidationError(fault)
            for name, fault in faults.items()
        }
    )
