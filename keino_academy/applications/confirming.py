"""Members confirm themselves, and a director the commitment. Verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from keino_academy.applications.actions import NotPossible
from keino_academy.applications.actions.moving import note
from keino_academy.applications.answering import count_again
from keino_academy.applications.enums import Actor
from keino_academy.applications.models import Application, Countersignature, TeamMember
from keino_academy.applications.people import (
    OPEN,
    find_countersignature,
    find_member,
    promise_of,
)
from keino_academy.applications.people_mails import tell_signed
from keino_academy.applications.promise import digest
from keino_academy.applications.queries import find_application
from keino_academy.core import clock

P = TypeVar("P", TeamMember, Countersignature)


@transaction.atomic
def confirm_member(member: TeamMember, said: Mapping[str, str]) -> TeamMember:
    """Keep that the member takes part, and what they say of each session; the same twice changes nothing.

    The criteria are counted again. Raises :class:`NotPossible` after the decision, or when the
    link has been given to somebody else meanwhile.
    """
    _lock(member)
    member = _open(find_member(pk=member.pk, secret=member.secret))
    if member.confirmed_at and member.sessions == dict(said):
        return member
    member.sessions, member.confirmed_at = dict(said), clock.now()
    member.save(update_fields=["sessions", "confirmed_at"])
    application = find_application(pk=member.application_id)
    if application is not None:
        count_again(application)
        # A member is of the organisation that applies, whoever holds the contact person's link.
        note(application, "confirm", Actor.APPLICANT)
    return member


@transaction.atomic
def sign(signature: Countersignature, language: str, shown: str) -> Countersignature:
    """Keep that the director confirms the commitment as it was shown in a language; tell the contact person.

    ``shown`` is the fingerprint of what the director read. The same twice changes nothing. Raises
    :class:`NotPossible` where the application says something else by now, and after the decision.
    """
    _lock(signature)
    signature = _open(find_countersignature(pk=signature.pk, secret=signature.secret))
    promised = promise_of(signature.application, language)
    if digest(promised) != shown:
        raise NotPossible(
            _(
                "The application was changed while this page was open. Read the commitment and confirm it again."
            )
        )
    if signature.signed_at and signature.digest == shown:
        return signature
    signature.promise, signature.digest, signature.signed_at = promised, shown, clock.now()
    signature.save(update_fields=["promise", "digest", "signed_at"])
    note(signature.application, "sign", Actor.APPLICANT)
    tell_signed(signature)
    return signature


def _lock(person: TeamMember | Countersignature) -> None:
    Application.objects.select_for_update().get(pk=person.application_id)


def _open(person: P | None) -> P:
    if person is None or person.application.state not in OPEN:
        raise NotPossible(_("Nothing can be changed here any more."))
    return person
