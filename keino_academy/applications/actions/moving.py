"""The one gate through which an application's state changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from keino_academy.announcement.enums import CallState
from keino_academy.applications import transitions
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.mails import LETTERS
from keino_academy.applications.models import Application, Colleague, Revision
from keino_academy.applications.queries import is_held, revision_content
from keino_academy.applications.signals import application_moved
from keino_academy.applications.writing import may_decide, takes
from keino_academy.core import clock, dates

#: The name in Wagtail's log of every move.
MOVE_ACTION = "keino_academy.move"

#: Revisions of what changes no state.
_MOVES_NOTHING = {
    "correct_address",
    "renew_link",
    "overwrite",
    "change",
    "take_form",
    "extend",
    "confirm",
    "sign",
}


class NotPossible(Exception):  # noqa: N818 - it is an answer to a person, not a fault
    """What was asked for cannot be done now; the message tells a person why."""


def _call_accepts(application: Application) -> str:
    return "" if takes(application) else str(_("The call is closed."))


def _is_late(application: Application) -> str:
    return "" if application.late_at else str(_("The application is not late."))


def _discussion_held(application: Application) -> str:
    return "" if may_decide(application) else str(_("Your organisation decides after the discussion."))


def _place_open(application: Application) -> str:
    over = {CallState.RUNNING, CallState.ALUMNI, CallState.ARCHIVED}
    return str(_("The programme has begun.")) if application.academy.state in over else ""


#: Conditions that the table names: each tells why not, or nothing.
GUARDS: dict[str, Callable[[Application], str]] = {
    "call_accepts": _call_accepts,
    "is_late": _is_late,
    "discussion_held": _discussion_held,
    "place_open": _place_open,
}


@transaction.atomic
def move(application: Application, name: str, actor: Actor, by: Any = None) -> Application:
    """Move an application by a transition of the table; the application as it stands then.

    Locks the row, asks the guard, writes a revision, sends the letter, tells the rooms
    above and the log. ``by`` is the user, where there is one. Raises :class:`NotPossible`.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    step = transitions.find(name, locked.state)
    if step is None or actor not in step.actors:
        raise NotPossible(why_not(locked))
    reason = GUARDS[step.guard](locked) if step.guard else ""
    if reason:
        raise NotPossible(reason)
    locked.state = step.target
    locked.moved_at = clock.now()
    if step.source == ApplicationState.DRAFT and step.target == ApplicationState.INTEREST_SENT:
        locked.sent_at = locked.moved_at
    elif name == "complete":
        # What was asked for is done: a later return begins with an empty page.
        locked.return_message = ""
    locked.save(update_fields=["state", "moved_at", "sent_at", "return_message"])
    note(locked, name, actor, by)
    # What a machine may have sent must not make us write to whomever it names; what an organiser does is meant.
    if step.letter and not (actor == Actor.APPLICANT and is_held(locked)):
        LETTERS[step.letter](locked)
    application_moved.send(sender=Application, application=locked, transition=name, by=by)
    log(locked, MOVE_ACTION, user=by, data={"transition": name, "state": str(step.target)})
    return locked


@transaction.atomic
def walk(application: Application, names: tuple[str, ...], actor: Actor, by: Any = None) -> Application:
    """Move an application through the named transitions, from wherever on the way it stands.

    Either it arrives or nothing moves. Raises :class:`NotPossible`.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    steps = transitions.path(locked.state, names)
    if steps is None:
        raise NotPossible(why_not(locked))
    for step in steps:
        locked = move(locked, step.name, actor, by)
    return locked


def note(
    application: Application, name: str, actor: Actor, by: Any = None, writer: Colleague | None = None
) -> None:
    """Add a revision of what the application holds now, and of what was done with it.

    ``by`` is the user, where there is one, and ``writer`` the colleague, where it was not the contact person.
    """
    # The number alone: whoever was turned out leaves no address behind.
    written = {"writer": writer.pk} if writer is not None else {}
    Revision.objects.create(
        application=application,
        made_at=clock.now() if name in _MOVES_NOTHING else application.moved_at,
        transition=name,
        state=application.state,
        actor=actor,
        user_id_text=str(by.pk) if by is not None else "",
        content={**revision_content(application), **written},
    )


def why_not(application: Application) -> str:
    """What a person who came too late reads: where the application stands, who moved it and when."""
    last = application.revisions.exclude(transition__in=_MOVES_NOTHING).order_by("-pk").first()
    state = str(application.get_state_display())
    if last is None:
        return _("The application is now: %(state)s. Nothing was changed.") % {"state": state}
    return _("The application is now: %(state)s (%(who)s, %(when)s). Nothing was changed.") % {
        "state": state,
        "who": last.get_actor_display(),
        "when": dates.moment(application.academy.local(last.made_at)),
    }
