"""Asking the team and the management to confirm, each by a link of their own. Verbs."""

from __future__ import annotations

from django.db import transaction

from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application, Countersignature, TeamMember
from keino_academy.applications.people import MANAGEMENT, may_be_asked, still_holds
from keino_academy.applications.people_mails import tell_management, tell_member
from keino_academy.applications.queries import find_application, is_held
from keino_academy.core import clock


@transaction.atomic
def ask_people(application: Application, *, by_hand: bool = False) -> int:
    """Send its link to everybody who has an address and was not asked yet; how many were asked.

    Call it again whenever the team or the management may have changed: nobody is asked twice. Of a
    draft nobody is asked by itself: ``by_hand`` says that the contact person wants it.
    """
    locked = _locked(application.pk)
    if locked is None or (locked.state == ApplicationState.DRAFT and not by_hand):
        return 0
    people: list[TeamMember | Countersignature] = [
        *TeamMember.objects.filter(application=locked, asked_at=None).exclude(email=""),
        *Countersignature.objects.filter(application=locked, asked_at=None).exclude(email=""),
    ]
    for person in people:
        person.application = locked
        _tell(person, "asked")
    return len(people)


@transaction.atomic
def remind_person(application: Application, who: str) -> bool:
    """Send somebody the link, again or for the first time; whether a mail was written.

    ``who`` is ``management``, or the primary key of a member: a number in the team may be another
    person's by now. Nothing is sent to one who has confirmed what stands now, who has no address,
    of a draft whose own link was never opened, or after the decision.
    """
    locked = _locked(application.pk)
    person = _waiting(locked, who) if locked else None
    if person is None:
        return False
    _tell(person, "reminder" if person.asked_at else "asked")
    return True


def _locked(pk: int) -> Application | None:
    """The application behind its lock, with everything; None where nobody is to be asked, or not yet."""
    Application.objects.select_for_update().get(pk=pk)
    application = find_application(pk=pk)
    if application is None or not may_be_asked(application) or is_held(application):
        return None
    return application


def _waiting(application: Application, who: str) -> TeamMember | Countersignature | None:
    person: TeamMember | Countersignature | None
    if who == MANAGEMENT:
        person = getattr(application, "countersignature", None)
        if person is None or still_holds(person):
            return None
    else:
        person = next((one for one in application.team.all() if str(one.pk) == who), None)
        if person is None or person.confirmed_at:
            return None
    person.application = application
    return person if person.email else None


def _tell(person: TeamMember | Countersignature, what: str) -> None:
    person.asked_at = clock.now()
    person.save(update_fields=["asked_at"])
    if isinstance(person, TeamMember):
        tell_member(f"member_{what}", person)
    else:
        tell_management(f"management_{what}", person)
