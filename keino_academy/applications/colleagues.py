"""Reading who writes an application along: by link, by door, and what its contact person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from keino_academy.announcement.queries import find_face
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application, Colleague
from keino_academy.applications.queries import (
    application_link,
    door_of_colleague,
    find_application,
    is_held,
)
from keino_academy.core.addresses import root_url
from keino_academy.core.doors import LinkError, is_open, read, sign

#: The colleagues' room among the doors that a session remembers.
COLLEAGUE_DOOR = "colleague"
#: How many may write one application along.
MOST_COLLEAGUES = 10
#: What the token is for that carries the address of one who asked to be taken along.
TAKE_ALONG = "take-along"

S = ApplicationState
#: States in which an application is written, so that somebody can be invited to it.
_WRITTEN = frozenset({S.DRAFT, S.RETURNED, S.INTEREST_SENT})


def find_colleague(secret: str) -> Colleague | None:
    """The colleague of a link, with all of the application, unless that is erased."""
    colleague = Colleague.objects.filter(secret=secret).first()
    application = find_application(pk=colleague.application_id) if colleague else None
    if colleague is None or application is None:
        return None
    colleague.application = application
    return colleague


def colleague_here(request: HttpRequest, application: Application) -> Colleague | None:
    """The colleague by whose link this browser opened the application, as long as the link lives."""
    for colleague in application.colleagues.all():
        if is_open(request, COLLEAGUE_DOOR, door_of_colleague(application, colleague)):
            colleague.application = application
            return colleague
    return None


def colleague_link(colleague: Colleague) -> str:
    """The absolute secret link of a colleague, in the application's language; only the colleague may get it."""
    application = colleague.application
    kwargs = {"language": application.language, "secret": colleague.secret}
    face = find_face(application.academy, application.language)
    return root_url(face) + reverse("keino_academy:application_colleague_open", kwargs=kwargs)


def may_invite(application: Application) -> bool:
    """Whether the application is one to which its contact person can invite, once the link in the mail is opened."""
    return application.state in _WRITTEN and not is_held(application)


def why_no_invitation(application: Application) -> str:
    """Why nobody can be invited to the application now, for its contact person; empty where one can."""
    if application.state not in _WRITTEN:
        return _("The application cannot be changed any more, so nobody can be invited to it.")
    if is_held(application):
        return _("Nobody can be invited yet. Write to the organiser if you need help.")
    if application.opened_at is None:
        return _(
            "Open the application once by the link in the message that we sent to you. Then you can invite colleagues."
        )
    return ""


def take_along_link(application: Application, email: str) -> str:
    """The contact person's own secret link, which leads to an invitation with the address filled in.

    It is the application's link alone where nobody can be invited by it.
    """
    link = application_link(application)
    if not may_invite(application):
        return link
    return f"{link}colleagues/?for={sign(TAKE_ALONG, [application.pk, email])}"


def asked_to_be_taken(application: Application, token: str) -> str:
    """The address that such a link carries for this application; empty for a token that is not ours."""
    try:
        told: Any = read(TAKE_ALONG, token)
    except LinkError:
        return ""
    pk, email = told if isinstance(told, list) and len(told) == 2 else (None, "")
    return str(email) if pk == application.pk else ""
