"""The verbs of selecting. Each walks the table of transitions, so that every step is guarded and logged."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from keino_academy.applications import actions as applications
from keino_academy.applications.actions import NotPossible
from keino_academy.applications.enums import Actor
from keino_academy.applications.models import Application
from keino_academy.core.outbox import withdraw
from keino_academy.selection import decisions
from keino_academy.selection.queries import letters_of

__all__ = ["NotPossible", "decide", "reopen", "select", "turn_away"]


def select(application: Application, by: Any) -> Application:
    """The organisation has said its final word and is selected. Raises :class:`NotPossible`."""
    return applications.walk(application, decisions.SELECT.steps, Actor.ORGANISER, by)


def turn_away(application: Application, by: Any) -> Application:
    """The organisation is not selected, and is told so. Raises :class:`NotPossible`."""
    return applications.walk(application, decisions.TURN_AWAY.steps, Actor.ORGANISER, by)


def reopen(application: Application, by: Any) -> Application:
    """A decision is taken back by its own transition. Raises :class:`NotPossible`.

    The mail that tells of it is taken back if it still waits; one that went out is not.
    """
    with transaction.atomic():
        moved = applications.walk(application, decisions.REOPEN.steps, Actor.ORGANISER, by)
        withdraw(letters_of(moved))
    return moved


_VERBS = {"select": select, "turn_away": turn_away, "reopen": reopen}


@transaction.atomic
def decide(application: Application, name: str, by: Any, seen: str) -> Application:
    """Decide on what the decider has seen: raises :class:`NotPossible` if the state is another by now.

    Without this, one who takes a decision back could take back one that they never saw.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state != seen:
        raise NotPossible(_("The application has moved meanwhile. Nothing was changed."))
    return _VERBS[name](locked, by)
