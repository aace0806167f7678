"""The verb that returns an application to its applicant, with word of what is to be completed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from keino_academy.applications.actions.moving import NotPossible, move
from keino_academy.applications.enums import Actor
from keino_academy.applications.models import Application
from keino_academy.core.text import clean_text

#: How long a message may be.
LONGEST_MESSAGE = 4000


@transaction.atomic
def return_for_completion(application: Application, message: str, by: Any) -> Application:
    """Return the application with a message, which goes to the applicant by mail; the application as it stands then.

    ``message`` is plain text of the organiser's, kept until the applicant has completed it. Raises
    :class:`NotPossible` without one, and when the application's state allows no return: then
    nothing is kept and nothing sent.
    """
    text = clean_text(message).strip()
    if not text:
        raise NotPossible(_("Write what is to be completed."))
    locked = Application.objects.select_for_update().get(pk=application.pk)
    locked.return_message = text
    # Before the move, whose letter tells it.
    locked.save(update_fields=["return_message"])
    return move(locked, "return", Actor.ORGANISER, by)
