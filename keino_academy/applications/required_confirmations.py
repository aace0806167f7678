"""Who still has to confirm before an application can be sent, where its page asks for that."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from keino_academy.applications.documents import MANAGEMENT, TEAM
from keino_academy.applications.models import AbstractApplicationPage, Application, TeamMember
from keino_academy.applications.people import still_holds
from keino_academy.applications.queries import sections_for


def unconfirmed(application: Application, page: AbstractApplicationPage | None) -> list[tuple[str, str]]:
    """Whose confirmation is missing and why, in the active language; empty where nothing keeps it from being sent.

    ``page`` says by ``needs_team`` and ``needs_management`` what has to be there; what the
    application's own form does not ask for is never missing. ``application`` is read ``with_all``.
    """
    if page is None or not (page.needs_team or page.needs_management):
        return []
    asked = {section.id for section in sections_for(application)}
    found: list[tuple[str, str]] = []
    if page.needs_management and MANAGEMENT in asked:
        found += _management(application)
    if page.needs_team and TEAM in asked:
        found += _team(application)
    return found


def _management(application: Application) -> Iterator[tuple[str, str]]:
    signature = getattr(application, "countersignature", None)
    if signature is None or not signature.email:
        yield _("Management"), _("Name a member of the management, with an e-mail address for the link.")
        return
    label = signature.name or signature.email
    signature.application = application
    if signature.signed_at is None:
        yield label, _waits(asked=signature.asked_at is not None)
    elif not still_holds(signature):
        yield label, _("Signed an earlier version. The answers have changed since then: ask for a new one.")


def _team(application: Application) -> Iterator[tuple[str, str]]:
    team = list(application.team.all())
    if not team:
        yield _("Team"), _("Name the members of the team, each with an e-mail address for the link.")
    for member in team:
        if not member.email:
            yield _name(member), _("Write an e-mail address: the link to confirm goes there.")
        elif member.confirmed_at is None:
            yield _name(member), _waits(asked=member.asked_at is not None)


def _name(member: TeamMember) -> str:
    return member.name or member.email or _("Person %(number)s of the team") % {"number": member.number}


def _waits(*, asked: bool) -> str:
    return _("Has not confirmed yet.") if asked else _("Has not been sent the link to confirm yet.")
