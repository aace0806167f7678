"""What is written to the team and to the management; always in the caller's transaction."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from keino_academy.announcement.queries import academy_title
from keino_academy.applications.mails import tell_applicant
from keino_academy.applications.models import Application, Countersignature, TeamMember
from keino_academy.applications.people import management_link, member_link
from keino_academy.core import dates
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import post
from keino_academy.core.text import unlinked
from keino_academy.core.zones import last_minute


def tell_member(kind: str, member: TeamMember) -> OutboxMail:
    """One mail to a member, with the member's own link: ``member_asked``, ``member_reminder``."""
    return _tell(kind, member, member_link(member))


def tell_management(kind: str, signature: Countersignature) -> OutboxMail:
    """One mail to who countersigns, with a link of their own: ``management_asked``, ``management_reminder``."""
    return _tell(kind, signature, management_link(signature))


def tell_signed(signature: Countersignature) -> OutboxMail:
    """To the contact person: the management has confirmed the commitment."""
    application = signature.application
    with override(application.language):
        signed = signature.signed_at
        when = dates.moment(application.academy.local(signed)) if signed else ""
    return tell_applicant("management_signed", application, director=unlinked(signature.name), when=when)


def _tell(kind: str, person: Any, link: str) -> OutboxMail:
    application: Application = person.application
    academy, language = application.academy, application.language
    with override(language):
        until = dates.moment(last_minute(academy.local(academy.closes))) if academy.closes else ""
    return post(
        f"applications/{kind}",
        to=person.email,
        language=language,
        context={
            # In a draft names may be missing yet.
            "name": unlinked(person.name) or person.email,
            "organisation": unlinked(application.organisation),
            "contact": unlinked(application.contact_name) or application.contact_email,
            "academy": academy_title(academy, language),
            "until": until,
            "link": link,
            "organiser": academy.organiser_email,
        },
        scope=academy.translation_key,
        about=f"application:{application.pk}",
        reply_to=academy.organiser_email,
    )
