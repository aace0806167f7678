"""Going on with a newer form, where editors changed it while a draft was being written."""

from __future__ import annotations

from keino_academy.applications.actions.moving import note
from keino_academy.applications.actions.saving import locked_application
from keino_academy.applications.enums import Actor
from keino_academy.applications.models import Application, Colleague
from keino_academy.applications.queries import current_document, needs_new_form
from keino_academy.booking.contention import alone_or_inside


def take_new_form(application: Application, writer: Colleague | None = None) -> Application:
    """Let the draft answer the newest form; ``writer`` is the colleague who asks for it, if it is one.

    Answers to questions that are asked no more stay with the revision.
    """
    return alone_or_inside(lambda: _take(application.pk, writer))


def _take(pk: int, writer: Colleague | None) -> Application:
    locked = locked_application(pk)
    newest = current_document(locked.academy)
    if newest is None or not needs_new_form(locked):
        return locked
    note(locked, "take_form", Actor.APPLICANT, writer=writer)
    locked.document = newest
    locked.save(update_fields=["document"])
    return locked
