"""The place of an organisation in a round: one live application each."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from keino_academy.announcement.models import Academy
from keino_academy.applications.actions.moving import NotPossible
from keino_academy.applications.claims import Claim, claim_of
from keino_academy.applications.models import Application
from keino_academy.applications.queries import find_rival, is_held
from keino_academy.core import clock
from keino_academy.core.used import stand_in_line

#: The line in which those of one name stand while they look for a rival and take their place.
_CLAIMING = "claim"


class AlreadyBegun(NotPossible):
    """The organisation has a live application in the round; nothing is told of whose."""

    def __init__(self) -> None:
        super().__init__(_("An application of your organisation has been begun already."))


def claim_place(application: Application) -> None:
    """Give the application the keys of its organisation; whoever calls saves them.

    Raises :class:`AlreadyBegun`. Call it inside the transaction that saves: of two at once, one waits.
    """
    claim = claim_of(application.organisation, application.business_id, application.contact_email)
    refuse_rival(application.academy, claim, but=application)
    application.organisation_key, application.name_key = claim.key, claim.name


def refuse_rival(academy: Academy, claim: Claim, but: Application | None = None) -> None:
    """Raise :class:`AlreadyBegun` where the organisation has a live application, ``but`` a known one.

    Until the transaction ends nobody else of the name gets an answer. Two business ids are kept
    apart by the unique index; one id and no id meet in the name alone, which both have.
    """
    if claim.name:
        stand_in_line(_CLAIMING, f"{academy.pk}:{claim.name}")
    if find_rival(academy, claim, but=but) is not None:
        raise AlreadyBegun


def let_in(application: Application) -> None:
    """Give the application its place by an organiser's hand, and let it through where it was held back; saved.

    Raises :class:`NotPossible` in the organiser's words where the organisation has another one.
    """
    if is_held(application):
        application.cleared_at = clock.now()
    try:
        with transaction.atomic():
            claim_place(application)
            application.save(update_fields=["cleared_at", "organisation_key", "name_key"])
    except (AlreadyBegun, IntegrityError):
        raise NotPossible(_("The organisation has another application. Nothing was changed.")) from None
