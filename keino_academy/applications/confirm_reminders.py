"""Reminding those who have not confirmed when the call is about to close. Run by ``keino_due``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from keino_academy.announcement.models import Academy
from keino_academy.applications.asking import remind_person
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import (
    Application,
    ApplicationReminder,
    Countersignature,
    TeamMember,
)
from keino_academy.applications.people import MANAGEMENT
from keino_academy.booking.contention import alone
from keino_academy.conf import academy_settings
from keino_academy.core import clock
from keino_academy.core.due import due

logger = logging.getLogger("keino_academy.applications")

KIND = "confirm"
_UNDER_WAY = (ApplicationState.INTEREST_SENT, ApplicationState.RETURNED, ApplicationState.FINAL_SENT)


@due("applications.confirmations")
def remind_to_confirm() -> int:
    """Write every reminder that is due; how many were written. Safe to run at any time, and several at once.

    One that can't be written stops no other; its error is raised at the end.
    """
    written, faults = 0, []
    for application, who, key in list(_to_remind()):
        try:
            written += alone(lambda one=application, who=who, key=key: _remind(one, who, key))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are reminded
            logger.warning("Application %s could not be reminded: %s", application, type(error).__name__)
            faults.append(error)
    if faults:
        raise faults[0]
    return written


def _remind(pk: int, who: str, key: str) -> int:
    """Remind unless something happened meanwhile: whoever confirms or withdraws stands in the same queue."""
    application = Application.objects.select_for_update().get(pk=pk)
    mark = {"application": application, "kind": KIND, "key": key}
    stands = application.state in _UNDER_WAY and not ApplicationReminder.objects.filter(**mark).exists()
    if not stands or not remind_person(application, who):
        return 0
    ApplicationReminder.objects.create(**mark, made_at=clock.now())
    return 1


def _to_remind() -> Iterator[tuple[int, str, str]]:
    """Applications with whom to remind and under what key; each is looked at once more in its transaction."""
    near = _near()
    if near is None:
        return
    team = _unreminded(TeamMember, near, "member:").filter(confirmed_at=None)
    for application, pk, key in team.values_list("application", "pk", "key").order_by("pk"):
        yield application, str(pk), key
    management = _unreminded(Countersignature, near, "management:").filter(signed_at=None)
    for application, key in management.values_list("application", "key").order_by("pk"):
        yield application, MANAGEMENT, key


def _unreminded(model: Any, near: Q, prefix: str) -> Any:
    key = Concat(Value(prefix), Cast(F("pk"), CharField()))
    known = ApplicationReminder.objects.filter(
        application=OuterRef("application"), kind=KIND, key=OuterRef("key")
    )
    found = model.objects.filter(near, application__state__in=_UNDER_WAY).exclude(email="")
    return found.annotate(key=key).filter(~Exists(known))


def _near() -> Q | None:
    """Those in academies whose call closes soon, asked before the reminder's moment; None where there are none."""
    days, now = academy_settings.REMIND_CONFIRM_DAYS, clock.now()
    if not days:
        return None
    near = None
    # A day of a clock change is an hour longer.
    for academy in Academy.objects.filter(closes__gt=now, closes__lte=now + timedelta(days=days + 1)):
        moment = remind_at(academy, days)
        if moment is not None and moment <= now:
            # Who heard of it after that moment is told enough.
            one = Q(application__academy=academy.pk, asked_at__lt=moment)
            near = one if near is None else near | one
    return near


def remind_at(academy: Academy, days: int) -> datetime | None:
    """So many days before the call closes, by the clock on the academy's wall."""
    return academy.local(academy.closes) - timedelta(days=days) if academy.closes else None
