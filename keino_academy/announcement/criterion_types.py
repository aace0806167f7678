"""Types of criteria that a site adds to the package's own.

A rule is a frozen dataclass with ``type: ClassVar[str]``, the name of the type, as those of
:mod:`keino_academy.announcement.rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from wagtail.blocks import Block, StructBlock

from keino_academy.announcement.rules import Verdict, evaluate
from keino_academy.blocks import CriteriaBlock


@dataclass(frozen=True)
class CriterionType:
    """One type of criterion.

    ``rule`` is the class. ``read(value)`` makes one of the block's value, also of a draft with
    gaps. ``judge(rule, answer)`` gives the verdict; it should be total and monotone, as
    ``rules`` says. ``question(rule)`` is what the form asks: ``{"type": …, "rule": …, "texts":
    …, "options": …}``, all JSON and only ``type`` needed. ``restore(data)`` makes the rule of the
    ``rule`` of that question, which stands in the frozen form. ``block`` is what editors choose,
    a subclass of ``blocks.criteria.CriterionBlock``, with guide and guidance.
    """

    rule: type
    read: Callable[[Mapping[str, Any]], Any]
    judge: Callable[[Any, Any], Verdict]
    question: Callable[[Any], Mapping[str, Any]]
    restore: Callable[[Mapping[str, Any]], Any]
    block: Block

    @property
    def name(self) -> str:
        """The name of the type, which its rule tells."""
        return str(getattr(self.rule, "type", ""))


_types: dict[str, CriterionType] = {}


def register_criterion_type(kind: CriterionType) -> CriterionType:
    """Make a type known to editors, to "Could we apply?" and to forms; the same one twice is one.

    Raises ``ImproperlyConfigured`` with what is missing, or where the name is taken.
    """
    if faults := _faults(kind):
        raise ImproperlyConfigured(
            f"The criterion type {kind.name!r} cannot be registered: {'; '.join(faults)}."
        )
    _types[kind.name] = kind
    evaluate.register(kind.rule, kind.judge)
    CriteriaBlock.add(kind.name, kind.block)
    return kind


def _faults(kind: CriterionType) -> list[str]:
    found = []
    if not (isinstance(kind.rule, type) and is_dataclass(kind.rule)):
        found.append("rule must be a dataclass")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", kind.name):
        found.append("rule needs type, a ClassVar of small letters, digits and underscores")
    if _types.get(kind.name, kind) != kind or kind.name in CriteriaBlock.base_blocks:
        found.append("name is taken by another type")
    parts = ("read", "judge", "question", "restore")
    found += [f"{part} must be a function" for part in parts if not callable(getattr(kind, part))]
    children = set(kind.block.child_blocks) if isinstance(kind.block, StructBlock) else set()
    if missing := sorted({"kind", "title", "question"} - children):
        found.append(f"block must be a CriterionBlock; it lacks {', '.join(missing)}")
    return found


def find_criterion_type(name: str) -> CriterionType | None:
    """The site's type of this name; None for the package's own, and for what is not registered."""
    return _types.get(str(name))


def forget_criterion_type(name: str) -> None:
    """Take a type out again, as tests do after themselves."""
    _types.pop(name, None)
    CriteriaBlock.added.pop(name, None)
