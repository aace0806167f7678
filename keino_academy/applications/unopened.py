"""Removing drafts whose link nobody ever opened. Run by ``keino_due``."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application, Revision
from keino_academy.applications.queries import holder_key
from keino_academy.applications.writing import takes
from keino_academy.booking.actions import end_feeds
from keino_academy.booking.contention import alone
from keino_academy.booking.models import Booking, Waiting
from keino_academy.conf import academy_settings
from keino_academy.core import clock
from keino_academy.core.due import due
from keino_academy.core.models import OutboxMail

logger = logging.getLogger("keino_academy.applications")


@due("applications.unopened")
def forget_unopened() -> int:
    """Remove every draft whose time has come, with all that hangs on it; how many. Safe to run at any time.

    One that can't be removed stops no other; its error is raised at the end.
    """
    days = academy_settings.FORGET_DRAFT_DAYS
    if not days:
        return 0
    gone, faults, until = 0, [], clock.now() - timedelta(days=days)
    for pk in list(_unopened(until).order_by("pk").values_list("pk", flat=True)):
        try:
            gone += alone(lambda pk=pk: _forget(pk, until))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are removed
            logger.warning("Draft %s could not be removed: %s", pk, type(error).__name__)
            faults.append(error)
    if faults:
        raise faults[0]
    return gone


def _unopened(until: datetime) -> QuerySet[Application]:
    """Drafts that nobody touched since, and that no organiser knows of.

    Where something was written in the browser that began it, the call must have closed as long ago.
    """
    touched = Revision.objects.filter(application=OuterRef("pk"), made_at__gt=until)
    drafts = Application.objects.filter(state=ApplicationState.DRAFT, opened_at=None, late_at=None)
    old = Q(saved_at=None, begun_at__lte=until) | Q(saved_at__lte=until, academy__closes__lte=until)
    return drafts.filter(old).filter(~Exists(touched)).select_related("academy")


def _forget(pk: int, until: datetime) -> int:
    """Remove it unless something happened meanwhile: whoever opens or saves it stands in the same queue."""
    Application.objects.select_for_update().filter(pk=pk).first()
    draft = _unopened(until).filter(pk=pk).first()
    if draft is None or (draft.saved_at and takes(draft)) or _meets_others(draft):
        return 0
    end_feeds(holder_key(draft))
    OutboxMail.objects.filter(about=f"application:{pk}").delete()
    draft.delete()
    return 1


def _meets_others(draft: Application) -> bool:
    """Whether the booking room knows of it: those rows have a time of their own."""
    holder = holder_key(draft)
    return any(model.objects.filter(holder=holder).exists() for model in (Booking, Waiting))
