"""The decisions that an organiser takes, and when each is possible. Pure.

A decision is a walk through the table of transitions: each step is one of its rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keino_academy.applications import transitions
from keino_academy.applications.enums import ApplicationState


@dataclass(frozen=True)
class Decision:
    """One decision: its walk, and its words in the admin."""

    name: str
    steps: tuple[str, ...]
    label: Promise
    done: Promise
    icon: str


SELECT = Decision(
    "select",
    ("receive_final", "begin_review", "select"),
    _("Final decision received, select"),
    _("%(organisation)s is selected. The invitation is in the outbox."),
    "check",
)
TURN_AWAY = Decision(
    "turn_away",
    ("receive_final", "begin_review", "turn_away"),
    _("Not selected"),
    _("%(organisation)s is not selected. The letter is in the outbox."),
    "cross",
)
REOPEN = Decision(
    "reopen",
    ("reopen",),
    _("Take the decision back"),
    _("The decision on %(organisation)s is taken back. The application is in review again."),
    "undo",
)

DECISIONS = (SELECT, TURN_AWAY, REOPEN)


def walk(decision: Decision, state: str) -> tuple[transitions.Transition, ...]:
    """The rows of the table that the decision still has before it; empty when it is not possible."""
    return transitions.path(state, decision.steps) or ()


def open_decisions(state: str) -> tuple[Decision, ...]:
    """What can be decided in a state; guards are asked when it is done."""
    return tuple(decision for decision in DECISIONS if walk(decision, state))


def was_decided(state: str) -> bool:
    """Whether a decision can be taken back in this state."""
    return bool(walk(REOPEN, ApplicationState(state)))
