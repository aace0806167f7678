"""A way back to a draft of which no mail goes out: an address that its own browser shows.

It opens the application and proves nothing: whoever typed the address need not read its mail.
"""

from __future__ import annotations

from django.urls import reverse

from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application
from keino_academy.applications.queries import door_of, find_application, is_held
from keino_academy.core.doors import LinkError, read, sign

#: What the token is for.
KEEP = "keep"


def keep_path(application: Application, language: str) -> str:
    """The path by which a draft that is held back is opened again; empty for any other application.

    It dies with the application's secret.
    """
    if application.state != ApplicationState.DRAFT or not is_held(application):
        return ""
    kwargs = {"language": language, "secret": sign(KEEP, door_of(application))}
    return reverse("keino_academy:application_open", kwargs=kwargs)


def find_kept(token: str) -> Application | None:
    """The application of such a path, also when it was sent or let through meanwhile."""
    try:
        door = str(read(KEEP, token))
    except LinkError:
        return None
    application = find_application(reference=door.partition(":")[0])
    return application if application is not None and door_of(application) == door else None
