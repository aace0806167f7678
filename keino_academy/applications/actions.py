"""The verbs of applications. :func:`move` is the one gate through which an application's state changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from keino_academy.announcement.call import accepts
from keino_academy.announcement.enums import CallState
from keino_academy.announcement.models import Academy
from keino_academy.applications import transitions
from keino_academy.applications.answering import keep_answers
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.mails import LETTERS, tell_applicant, tell_links, tell_organiser
from keino_academy.applications.models import Application, FormDocument, Revision
from keino_academy.applications.publishing import publish_form
from keino_academy.applications.queries import applications_at, holder_key, revision_content
from keino_academy.applications.signals import address_corrected, application_moved, application_sent
from keino_academy.booking.actions import correct_bookers_address
from keino_academy.core import clock, dates
from keino_academy.core.fields import new_secret

__all__ = [
    "GUARDS",
    "NotPossible",
    "correct_address",
    "move",
    "publish_form",
    "send_application",
    "send_links",
    "walk",
    "withdraw",
]

#: The name in Wagtail's log of every move.
MOVE_ACTION = "keino_academy.move"


class NotPossible(Exception):  # noqa: N818 - it is an answer to a person, not a fault
    """What was asked for cannot be done now; the message tells a person why."""


def _call_accepts(application: Application) -> str:
    return "" if accepts(application.academy.state) else str(_("The call is closed."))


def _place_open(application: Application) -> str:
    over = {CallState.RUNNING, CallState.ALUMNI, CallState.ARCHIVED}
    return str(_("The programme has begun.")) if application.academy.state in over else ""


#: Conditions that the table names: each tells why not, or nothing.
GUARDS: dict[str, Callable[[Application], str]] = {
    "call_accepts": _call_accepts,
    "place_open": _place_open,
}


def send_application(
    academy: Academy,
    document: FormDocument,
    answers: Mapping[str, Any],
    *,
    language: str,
    nonce: str,
) -> tuple[Application, bool]:
    """Keep an application and send it; the application, and whether this call made it.

    The same ``nonce`` gives the same application however often, and however many at once.
    Raises :class:`NotPossible` when the call takes nothing more.
    """
    known = Application.objects.filter(nonce=nonce).first()
    if known:
        return known, False
    try:
        with transaction.atomic():
            application = _new(academy, document, answers, language, nonce)
            application = move(application, "send_interest", Actor.APPLICANT)
            tell_organiser("organiser_new", application)
            application_sent.send(sender=Application, application=application)
    except IntegrityError:
        known = Application.objects.filter(nonce=nonce).first()
        if known is None:
            raise
        return known, False
    return application, True


def _new(
    academy: Academy, document: FormDocument, answers: Mapping[str, Any], language: str, nonce: str
) -> Application:
    # Read anew in the transaction: the call may have closed, or its page gone, since the form was opened.
    academy = Academy.objects.get(pk=academy.pk)
    now = clock.now()
    application = Application(
        academy=academy,
        document=document,
        language=language,
        nonce=nonce,
        begun_at=now,
        moved_at=now,
        in_grace=academy.state == CallState.GRACE,
    )
    keep_answers(application, answers)
    return application


@transaction.atomic
def move(application: Application, name: str, actor: Actor, by: Any = None) -> Application:
    """Move an application by a transition of the table; the application as it stands then.

    Locks the row, asks the guard, writes a revision, sends the letter, tells the rooms
    above and the log. ``by`` is the user, where there is one. Raises :class:`NotPossible`.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    step = transitions.find(name, locked.state)
    if step is None or actor not in step.actors:
        raise NotPossible(_why_not(locked))
    reason = GUARDS[step.guard](locked) if step.guard else ""
    if reason:
        raise NotPossible(reason)
    locked.state = step.target
    locked.moved_at = clock.now()
    if name == "send_interest":
        locked.sent_at = locked.moved_at
    locked.save(update_fields=["state", "moved_at", "sent_at"])
    _note(locked, name, actor, by)
    if step.letter:
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
        raise NotPossible(_why_not(locked))
    for step in steps:
        locked = move(locked, step.name, actor, by)
    return locked


def withdraw(application: Application) -> Application:
    """Take the application back, as the applicant may before the decision."""
    moved = move(application, "withdraw", Actor.APPLICANT)
    tell_organiser("organiser_withdrawn", moved)
    return moved


@transaction.atomic
def correct_address(application: Application, email: str) -> Application:
    """Give the application, and discussions booked from the old address, another one; both are told.

    Its secret changes, since the link may have gone to a stranger. Raises :class:`NotPossible`.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state in {ApplicationState.WITHDRAWN, ApplicationState.ERASED}:
        raise NotPossible(_why_not(locked))
    old = locked.contact_email
    if old == email:
        return locked
    locked.contact_email, locked.secret = email, new_secret()
    locked.save(update_fields=["contact_email", "secret"])
    _note(locked, "correct_address", Actor.APPLICANT)
    tell_applicant("address_left", locked, to=old, link="")
    tell_applicant("address_changed", locked)
    correct_bookers_address(holder_key(locked), old, email)
    address_corrected.send(sender=Application, application=locked, old=old)
    return locked


@transaction.atomic
def send_links(email: str, language: str) -> int:
    """Send an address the links of its applications; how many it has. A stranger's address gets nothing."""
    by_address: dict[str, list[Application]] = {}
    for application in applications_at(email):
        by_address.setdefault(application.contact_email, []).append(application)
    for applications in by_address.values():
        tell_links(applications, language)
    return sum(map(len, by_address.values()))


def _note(application: Application, name: str, actor: Actor, by: Any = None) -> None:
    Revision.objects.create(
        application=application,
        made_at=application.moved_at if name != "correct_address" else clock.now(),
        transition=name,
        state=application.state,
        actor=actor,
        user_id_text=str(by.pk) if by is not None else "",
        content=revision_content(application),
    )


def _why_not(application: Application) -> str:
    """What a person who came too late reads: where the application stands, who moved it and when."""
    last = application.revisions.order_by("-pk").first()
    state = str(application.get_state_display())
    if last is None:
        return _("The application is now: %(state)s. Nothing was changed.") % {"state": state}
    return _("The application is now: %(state)s (%(who)s, %(when)s). Nothing was changed.") % {
        "state": state,
        "who": last.get_actor_display(),
        "when": dates.moment(application.academy.local(last.made_at)),
    }
