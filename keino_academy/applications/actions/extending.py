"""What an organiser does with a draft that came too late: give it more time, or take it as it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from keino_academy.applications.actions.claiming import let_in
from keino_academy.applications.actions.moving import NotPossible, move, note, why_not
from keino_academy.applications.actions.sending import tell_of_new
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.mails import tell_extended
from keino_academy.applications.models import Application
from keino_academy.applications.queries import is_held
from keino_academy.applications.standing import is_complete
from keino_academy.core import clock
from keino_academy.core.text import clean_text

#: The name in Wagtail's log of giving more time.
EXTEND_ACTION = "keino_academy.extend"
#: How long a reason may be.
LONGEST_REASON = 2000


@transaction.atomic
def extend(application: Application, until: datetime, reason: str, by: Any) -> Application:
    """Let a draft be sent until a moment, which its applicant is told; the draft as it stands then.

    ``reason`` is plain text for organisers alone. No mail goes out while it is held back. Raises
    :class:`NotPossible` for what is no draft, without a reason, and for a moment that has passed.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state != ApplicationState.DRAFT:
        raise NotPossible(why_not(locked))
    text = clean_text(reason).strip()
    if not text:
        raise NotPossible(_("Write why more time is given."))
    if until <= clock.now():
        raise NotPossible(_("Choose a moment that has not passed."))
    locked.extended_until, locked.extension_reason = until, text
    locked.save(update_fields=["extended_until", "extension_reason"])
    note(locked, "extend", Actor.ORGANISER, by)
    if not is_held(locked):
        tell_extended(locked)
    # The reason may tell of people, and the log stays when the application is erased.
    log(locked, EXTEND_ACTION, user=by, data={"until": until.isoformat()})
    return locked


@transaction.atomic
def accept_late(application: Application, by: Any) -> Application:
    """Take a late draft as sent; the application as it stands then.

    Its organisation claims its place, and all are told who are told of any new application. What
    was held back is let through by it. Raises :class:`NotPossible` where something is missing,
    where it is not late, and where the organisation has another application.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.state != ApplicationState.DRAFT:
        raise NotPossible(why_not(locked))
    if not is_complete(locked):
        raise NotPossible(_("Something is missing from the application. Give more time instead."))
    let_in(locked)
    moved = move(locked, "accept_late", Actor.ORGANISER, by)
    tell_of_new(moved)
    return moved
