"""Beginning an application, and coming back to it by the link."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from keino_academy.announcement.call import accepts
from keino_academy.announcement.models import Academy
from keino_academy.applications.actions.claiming import AlreadyBegun, claim_place
from keino_academy.applications.actions.moving import NotPossible, note
from keino_academy.applications.claims import claim_of
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.mails import tell_begun
from keino_academy.applications.models import Application, FormDocument
from keino_academy.applications.queries import find_rival, is_held
from keino_academy.applications.signals import application_begun
from keino_academy.booking.contention import alone_or_inside
from keino_academy.core import clock


def begin(
    academy: Academy,
    document: FormDocument,
    *,
    organisation: str,
    business_id: str,
    email: str,
    language: str,
    nonce: str,
    suspicion: str = "",
) -> Application:
    """Begin an application and mail its link to the address; the same ``nonce`` gives the same application.

    It claims no place for its organisation yet: that comes when the link in the mail is opened, or
    when it is sent. With a ``suspicion`` (a code) no mail goes out. Raises :class:`NotPossible`
    when the call takes nothing, :class:`AlreadyBegun` when the organisation has an application.
    """
    known = Application.objects.filter(nonce=nonce).first()
    if known is not None:
        return known
    claim, now = claim_of(organisation, business_id, email), clock.now()
    try:
        with transaction.atomic():
            # Read anew: the call may have closed since the form was opened.
            academy = Academy.objects.get(pk=academy.pk)
            if not accepts(academy.state):
                raise NotPossible(_("The call is closed."))
            if find_rival(academy, claim) is not None:
                raise AlreadyBegun
            application = Application.objects.create(
                academy=academy,
                document=document,
                language=language,
                organisation=organisation,
                business_id=business_id,
                contact_email=email,
                name_key=claim.name,
                nonce=nonce,
                suspicion=suspicion,
                begun_at=now,
                moved_at=now,
            )
            note(application, "begin", Actor.APPLICANT)
            if not is_held(application):
                tell_begun(application)
            application_begun.send(sender=Application, application=application)
    except IntegrityError:
        # Another request with the same form was quicker.
        return Application.objects.get(nonce=nonce)
    return application


def come_in(application: Application) -> Application:
    """Note that the link in the mail was opened: the address is the applicant's, and its draft claims its place.

    Where the organisation has another application meanwhile, nothing is claimed; sending will say so.
    Raises :class:`NotPossible` where it was removed meanwhile.
    """
    if application.opened_at is not None:
        return application
    return alone_or_inside(lambda: _come_in(application.pk))


def _come_in(pk: int) -> Application:
    locked = (
        Application.objects.select_for_update(of=("self",)).select_related("academy").filter(pk=pk).first()
    )
    if locked is None:
        raise NotPossible(_("The application is not there any more."))
    if locked.opened_at is None:
        locked.opened_at = clock.now()
        if locked.state == ApplicationState.DRAFT and not is_held(locked):
            try:
                claim_place(locked)
            except AlreadyBegun:
                locked.organisation_key = ""
        locked.save(update_fields=["opened_at", "organisation_key", "name_key"])
    return locked
