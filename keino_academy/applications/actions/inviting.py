"""Colleagues who write an application along: invited, sent their link again, and turned out."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from keino_academy.applications.actions.moving import NotPossible
from keino_academy.applications.colleagues import MOST_COLLEAGUES, colleague_link, why_no_invitation
from keino_academy.applications.mails import tell_applicant
from keino_academy.applications.models import Application, Colleague
from keino_academy.applications.queries import find_application
from keino_academy.booking.contention import alone_or_inside
from keino_academy.core import clock


def invite_colleague(application: Application, email: str) -> Colleague:
    """Let somebody write along, and mail them a link of their own.

    Raises :class:`NotPossible` for the contact person's own address, for one that is invited
    already, when enough are, and where nobody can be invited: see :func:`why_no_invitation`.
    """
    return alone_or_inside(lambda: _invite(application.pk, email))


def _invite(pk: int, email: str) -> Colleague:
    locked = _locked(pk)
    if email.casefold() == locked.contact_email.casefold():
        raise NotPossible(_("This is your own address. Write the address of a colleague."))
    known = [one.email.casefold() for one in locked.colleagues.all()]
    if email.casefold() in known:
        raise NotPossible(
            _("This address is invited already. To send the same link again, use the button in the list.")
        )
    if len(known) >= MOST_COLLEAGUES:
        raise NotPossible(
            _(
                "%(number)s colleagues are invited, and there is room for no more. Take one invitation back first."
            )
            % {"number": MOST_COLLEAGUES}
        )
    colleague = Colleague.objects.create(application=locked, email=email, invited_at=clock.now())
    _tell(colleague)
    return colleague


def invite_again(application: Application, colleague_pk: int) -> bool:
    """Mail a colleague the same link once more; false where there is none of that number any more.

    Raises :class:`NotPossible` where nobody can be invited.
    """
    return alone_or_inside(lambda: _invite_again(application.pk, colleague_pk))


def _invite_again(pk: int, colleague_pk: int) -> bool:
    locked = _locked(pk)
    colleague = locked.colleagues.filter(pk=colleague_pk).first()
    if colleague is None:
        return False
    colleague.application, colleague.invited_at = locked, clock.now()
    colleague.save(update_fields=["invited_at"])
    _tell(colleague)
    return True


def remove_colleague(application: Application, colleague_pk: int) -> bool:
    """Turn a colleague out: their link opens nothing any more, nor does any browser that it opened.

    It can be done at any time, and what they wrote stays. False where there was nobody to turn out.
    """
    return alone_or_inside(lambda: _remove(application.pk, colleague_pk))


def _remove(pk: int, colleague_pk: int) -> bool:
    Application.objects.select_for_update().get(pk=pk)
    count, _by_model = Colleague.objects.filter(application=pk, pk=colleague_pk).delete()
    return bool(count)


def come_along(colleague: Colleague) -> None:
    """Note that a colleague's link was opened for the first time."""
    Colleague.objects.filter(pk=colleague.pk, opened_at=None).update(opened_at=clock.now())


def _locked(pk: int) -> Application:
    """The application behind its lock, read with everything, if somebody can be invited to it."""
    # Touched and not only locked: where a transaction reads what stood when it began, whoever waited
    # here would count the colleagues of before. A row that changed makes it begin again.
    Application.objects.filter(pk=pk).update(secret=F("secret"))
    locked = find_application(pk=pk)
    reason = why_no_invitation(locked) if locked else _("The application is not there any more.")
    if locked is None or reason:
        raise NotPossible(reason)
    return locked


def _tell(colleague: Colleague) -> None:
    application = colleague.application
    tell_applicant(
        "colleague_invited",
        application,
        to=colleague.email,
        # An answer goes to whoever invites.
        reply_to=application.contact_email,
        link=colleague_link(colleague),
        contact=application.contact_email,
    )
