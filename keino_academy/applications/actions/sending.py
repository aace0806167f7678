"""Sending an application: once, for one organisation, and held back where it came from a machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from keino_academy.announcement.enums import CallState
from keino_academy.announcement.models import Academy
from keino_academy.applications.actions.claiming import AlreadyBegun, claim_place, let_in, refuse_rival
from keino_academy.applications.actions.moving import NotPossible, move, why_not
from keino_academy.applications.actions.saving import locked_application
from keino_academy.applications.answering import count_again, forget_unasked, keep_answers, keep_sections
from keino_academy.applications.asking import ask_people
from keino_academy.applications.claims import Claim, claim_of
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.mails import tell_organiser, tell_receipt
from keino_academy.applications.models import Application, FormDocument
from keino_academy.applications.queries import (
    find_application_page,
    find_rival,
    is_held,
    needs_new_form,
)
from keino_academy.applications.required_confirmations import unconfirmed
from keino_academy.applications.signals import application_sent
from keino_academy.applications.standing import is_complete, sending_section
from keino_academy.applications.writing import takes
from keino_academy.booking.contention import alone_or_inside
from keino_academy.core import clock
from keino_academy.core.models import OutboxMail

#: And of letting through what was held back.
CLEAR_ACTION = "keino_academy.clear"


def send_application(
    academy: Academy,
    document: FormDocument,
    answers: Mapping[str, Any],
    *,
    language: str,
    nonce: str,
    suspicion: str = "",
) -> tuple[Application, bool]:
    """Keep an application and send it; the application, and whether this call made it.

    With a ``suspicion`` (a code) it is kept, and nobody is told until :func:`clear`. The same
    ``nonce`` gives the same application however often, and however many at once. Raises
    :class:`NotPossible` when the call takes nothing more, :class:`AlreadyBegun` when the
    organisation has applied.
    """
    known = _made_by(nonce)
    if known:
        return known, False
    try:
        with transaction.atomic():
            application = _new(academy, document, answers, language, nonce, suspicion)
            application = move(application, "send_interest", Actor.APPLICANT)
            if not is_held(application):
                tell_of_new(application)
    except (IntegrityError, AlreadyBegun):
        # Another request with the same form was quicker, or another one of the same organisation.
        known = _made_by(nonce)
        if known:
            return known, False
        if find_rival(academy, _claim(answers)) is None:
            raise
        raise AlreadyBegun from None
    return application, True


def send(application: Application, said: Mapping[str, Any], *, language: str) -> Application:
    """Send a draft, or what the organiser returned; once is enough. The application as it stands then.

    ``said`` are the answers of the form's last section. After the deadline nothing is sent: the
    application is marked as late, stays a draft, and the organiser hears of it once. Raises
    :class:`NotPossible` while something is to be mended, :class:`AlreadyBegun` when the
    organisation has another application.
    """
    return alone_or_inside(lambda: _send(application.pk, said, language))


def _send(pk: int, said: Mapping[str, Any], language: str) -> Application:
    locked = locked_application(pk)
    if locked.state == ApplicationState.INTEREST_SENT:
        return locked
    if locked.state not in {ApplicationState.DRAFT, ApplicationState.RETURNED}:
        raise NotPossible(why_not(locked))
    if locked.state == ApplicationState.DRAFT and not takes(locked):
        return _too_late(locked)
    _refuse_unfit(locked)
    locked.language = language
    keep_sections(locked, (sending_section(locked, language),), said)
    forget_unasked(locked)
    if locked.state == ApplicationState.RETURNED:
        locked.save()
        count_again(locked_application(locked.pk))
        return _complete(locked)
    locked.in_grace = locked.academy.state == CallState.GRACE
    if not is_held(locked):
        claim_place(locked)
    locked.save()
    count_again(locked_application(locked.pk))
    sent = move(locked, "send_interest", Actor.APPLICANT)
    if not is_held(sent):
        tell_of_new(sent)
    return sent


def _refuse_unfit(application: Application) -> None:
    if needs_new_form(application):
        raise NotPossible(_("The form has changed since you began. Look at what is new, then send it."))
    if not is_complete(application):
        raise NotPossible(_("Something is still missing. Nothing was sent, and everything is kept."))
    page = find_application_page(application.academy, application.academy.language)
    if unconfirmed(application, page):
        raise NotPossible(_("Somebody has still to confirm. Nothing was sent, and everything is kept."))


def _too_late(application: Application) -> Application:
    if application.late_at is None or not OutboxMail.objects.filter(**_late_mail(application)).exists():
        application.late_at = application.late_at or clock.now()
        application.save(update_fields=["late_at"])
        if not is_held(application):
            tell_organiser("organiser_late", application)
    return application


def _late_mail(application: Application) -> dict[str, str]:
    return {"about": f"application:{application.pk}", "kind": "applications/organiser_late"}


def _complete(application: Application) -> Application:
    completed = move(application, "complete", Actor.APPLICANT)
    if not is_held(completed):
        tell_organiser("organiser_completed", completed)
        ask_people(completed)
    return completed


def _new(
    academy: Academy,
    document: FormDocument,
    answers: Mapping[str, Any],
    language: str,
    nonce: str,
    suspicion: str,
) -> Application:
    # Read anew in the transaction: the call may have closed, or its page gone, since the form was opened.
    academy = Academy.objects.get(pk=academy.pk)
    now, claim = clock.now(), _claim(answers)
    refuse_rival(academy, claim)
    application = Application(
        academy=academy,
        document=document,
        language=language,
        nonce=nonce,
        # What is held back claims no place: a machine must not keep an organisation from applying.
        organisation_key="" if suspicion else claim.key,
        name_key=claim.name,
        suspicion=suspicion,
        begun_at=now,
        moved_at=now,
        in_grace=academy.state == CallState.GRACE,
    )
    keep_answers(application, answers)
    return application


def _made_by(nonce: str) -> Application | None:
    return Application.objects.filter(nonce=nonce).first()


def _claim(answers: Mapping[str, Any]) -> Claim:
    return claim_of(
        *(str(answers.get(name) or "") for name in ("organisation", "business_id", "contact_email"))
    )


def tell_of_new(application: Application) -> None:
    """What others than the applicant hear of a new application."""
    tell_organiser("organiser_new", application)
    ask_people(application)
    application_sent.send(sender=Application, application=application)


@transaction.atomic
def clear(application: Application, by: Any) -> Application:
    """Let an application through that was held back: what was not told is told now, once.

    Raises :class:`NotPossible` where nothing is held back, or nothing stands any more.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not is_held(locked):
        raise NotPossible(_("The application is not held back. Nothing was changed."))
    if locked.state in {ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.ERASED}:
        raise NotPossible(why_not(locked))
    let_in(locked)
    tell_receipt(locked)
    tell_of_new(locked)
    log(locked, CLEAR_ACTION, user=by, data={"suspicion": locked.suspicion})
    return locked
