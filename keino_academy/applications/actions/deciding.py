"""What an organisation decides by its link: to apply, to step back, to be asked about a colleague."""

from __future__ import annotations

from django.db import transaction

from keino_academy.applications.actions.moving import move
from keino_academy.applications.colleagues import may_invite, take_along_link
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.mails import tell_applicant, tell_organiser
from keino_academy.applications.models import Application
from keino_academy.applications.queries import is_held
from keino_academy.core.models import OutboxMail
from keino_academy.core.text import unlinked


@transaction.atomic
def decide(application: Application) -> Application:
    """Note the organisation's final decision to apply; once is enough. Raises :class:`NotPossible`."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state == ApplicationState.FINAL_SENT:
        return locked
    moved = move(locked, "decide", Actor.APPLICANT)
    if not is_held(moved):
        tell_organiser("organiser_decided", moved)
    return moved


@transaction.atomic
def withdraw(application: Application) -> Application:
    """Take the application back, as the applicant may before the decision.

    The organiser hears of it, unless it never knew of the application.
    """
    moved = move(application, "withdraw", Actor.APPLICANT)
    if not is_held(moved) and (moved.sent_at or moved.late_at):
        tell_organiser("organiser_withdrawn", moved)
    return moved


@transaction.atomic
def ask_to_join(rival: Application, name: str, email: str) -> OutboxMail:
    """Tell the contact of a begun application that a colleague wished to begin another one."""
    return tell_applicant(
        "join_asked",
        rival,
        reply_to=email,
        colleague=unlinked(name),
        colleague_email=email,
        link=take_along_link(rival, email),
        may_invite=may_invite(rival),
    )
