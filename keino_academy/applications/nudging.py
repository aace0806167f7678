"""Reminding those who have not booked yet."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from keino_academy.announcement.models import Academy
from keino_academy.applications.mails import tell_nudge
from keino_academy.applications.unbooked import NUDGE_ACTION, unbooked
from keino_academy.booking.contention import alone_or_inside
from keino_academy.booking.models import SlotSeries
from keino_academy.core import clock

#: The name space of forms: a form's nonce names one sending in the log.
_FORMS = uuid.UUID("5b0a6c1e-6f0e-4a55-9d0f-2d4cf6a6a3a7")


@dataclass(frozen=True)
class Nudged:
    """How many were reminded, and how many of the chosen were not, since something happened meanwhile."""

    sent: int
    left_out: int


def nudge(
    series: SlotSeries,
    chosen: Collection[int],
    *,
    by: Any,
    nonce: str,
    message: str = "",
    again: bool = False,
) -> Nudged:
    """Write a mail to each chosen application that still ought to book; the same nonce writes none twice.

    Who has booked, waits in the list or has left meanwhile gets none; who was reminded less than
    ``NUDGE_PAUSE_SECONDS`` ago only with ``again``. ``message`` is plain text of the organiser's.
    """
    return alone_or_inside(lambda: _nudge(series, set(chosen), by, nonce, message, again))


def _nudge(series: SlotSeries, chosen: set[int], by: Any, nonce: str, message: str, again: bool) -> Nudged:
    # The academy's row is the queue: two organisers at once remind nobody twice.
    Academy.objects.filter(pk=series.academy_id).update(code=F("code"))
    form = uuid.uuid5(_FORMS, nonce)
    before = ModelLogEntry.objects.filter(action=NUDGE_ACTION, uuid=form).count()
    if before:
        return Nudged(before, len(chosen) - before)
    rows = [row for row in unbooked(series) if row.application.pk in chosen and row.can_be_nudged]
    told = [row.application for row in rows if again or not row.is_recent]
    for application in told:
        tell_nudge(application, series, message)
        data = {"series": series.pk, "at": clock.now().isoformat()}
        log(application, NUDGE_ACTION, user=by, uuid=form, data=data)
    return Nudged(len(told), len(chosen) - len(told))
