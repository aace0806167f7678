"""The link of an application and the address to which it goes."""

from __future__ import annotations

from django.db import transaction

from keino_academy.applications.actions.moving import NotPossible, note, why_not
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.mails import tell_applicant, tell_links
from keino_academy.applications.models import Application
from keino_academy.applications.queries import applications_at, holder_key, is_held
from keino_academy.applications.signals import address_corrected
from keino_academy.booking.actions import correct_bookers_address
from keino_academy.core.fields import new_secret


@transaction.atomic
def correct_address(application: Application, email: str) -> Application:
    """Give the application, and discussions booked from the old address, another one; both are told,
    unless the application is held back.

    Its secret changes, since the link may have gone to a stranger. Raises :class:`NotPossible`.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state in {ApplicationState.WITHDRAWN, ApplicationState.ERASED}:
        raise NotPossible(why_not(locked))
    old = locked.contact_email
    if old == email:
        return locked
    # Nobody has shown yet that the new address is theirs, and invitations are sent in its name.
    locked.contact_email, locked.secret, locked.opened_at = email, new_secret(), None
    locked.save(update_fields=["contact_email", "secret", "opened_at"])
    note(locked, "correct_address", Actor.APPLICANT)
    if not is_held(locked):
        tell_applicant("address_left", locked, to=old, link="")
        tell_applicant("address_changed", locked)
    correct_bookers_address(holder_key(locked), old, email)
    address_corrected.send(sender=Application, application=locked, old=old)
    return locked


@transaction.atomic
def renew_link(application: Application) -> Application:
    """Give the application another secret and mail it to its address; the old link opens nothing any more."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    locked.secret = new_secret()
    locked.save(update_fields=["secret"])
    note(locked, "renew_link", Actor.APPLICANT)
    if not is_held(locked):
        tell_applicant("link_renewed", locked)
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
