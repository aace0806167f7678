"""Reminding those who have begun an application that the call is about to close. Run by ``keino_due``."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import override

from keino_academy.announcement.call import accepts
from keino_academy.applications.documents import SENDING
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.mails import tell_applicant
from keino_academy.applications.models import Application, ApplicationReminder
from keino_academy.applications.queries import find_application, held, sections_for
from keino_academy.booking.contention import alone
from keino_academy.conf import academy_settings
from keino_academy.core import clock, dates
from keino_academy.core.due import due
from keino_academy.core.zones import last_minute

logger = logging.getLogger("keino_academy.applications")

KIND = "draft"


@due("applications.drafts")
def remind_of_drafts() -> int:
    """Write every reminder that is due; how many were written. Safe to run at any time, and several at once.

    One that can't be written stops no other; its error is raised at the end.
    """
    written, faults = 0, []
    for pk in list(_to_remind()):
        try:
            written += alone(lambda pk=pk: _remind(pk))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are reminded
            logger.warning("Draft %s could not be reminded of: %s", pk, type(error).__name__)
            faults.append(error)
    if faults:
        raise faults[0]
    return written


def _to_remind() -> list[int]:
    """The drafts whose moment has come; each is looked at once more in its transaction."""
    days = academy_settings.REMIND_DRAFT_DAYS
    if not days:
        return []
    # A day of a clock change is an hour longer.
    now, until = clock.now(), clock.now() + timedelta(days=days + 1)
    near = Q(academy__closes__gt=now, academy__closes__lte=until)
    near |= Q(extended_until__gt=now, extended_until__lte=until)
    found = _unreminded(Application.objects.filter(near)).select_related("academy").order_by("pk")
    return [draft.pk for draft in found if _is_due(draft, days)]


def _unreminded(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Drafts of whom anybody may be reminded.

    Where the link was never opened and nothing was saved, somebody else may have typed the address.
    """
    known = ApplicationReminder.objects.filter(application=OuterRef("pk"), kind=KIND)
    drafts = applications.filter(state=ApplicationState.DRAFT, late_at=None).exclude(held())
    return drafts.exclude(opened_at=None, saved_at=None).filter(~Exists(known))


def _is_due(draft: Application, days: int) -> bool:
    last = last_moment(draft)
    if last is None or last <= clock.now():
        return False
    moment = draft.academy.local(last) - timedelta(days=days)
    # Who began after that moment has just been told until when it can be sent.
    return draft.begun_at < moment <= clock.now()


def last_moment(draft: Application) -> datetime | None:
    """The first instant at which the draft can't be sent any more; None where there is none, or nothing is taken."""
    academy, extended = draft.academy, draft.extended_until
    closes = academy.closes if accepts(academy.state) else None
    return max((one for one in (closes, extended) if one), default=None)


def _remind(pk: int) -> int:
    """Remind unless something happened meanwhile: whoever sends or withdraws stands in the same queue."""
    Application.objects.select_for_update().get(pk=pk)
    if not _unreminded(Application.objects.filter(pk=pk)).exists():
        return 0
    draft = find_application(pk=pk)
    if draft is None or not _is_due(draft, academy_settings.REMIND_DRAFT_DAYS):
        return 0
    ApplicationReminder.objects.create(application=draft, kind=KIND, made_at=clock.now())
    _tell(draft)
    return 1


def _tell(draft: Application) -> None:
    academy, last = draft.academy, last_moment(draft)
    with override(draft.language):
        local = last_minute(academy.local(last)) if last else None
        until = f"{dates.weekday(local)}{dates.NBSP}{dates.moment(local)}" if local else ""
        zone = dates.zone_name(local, academy.time_zone) if local else ""
        tell_applicant("draft_reminder", draft, until=until, zone=zone, parts=_unfinished(draft))


def _unfinished(draft: Application) -> list[str]:
    """The titles of parts that were not saved yet, or hold something to be mended."""
    return [
        section.title
        for section in sections_for(draft)
        if section.id in draft.typed
        or (
            section.id not in draft.progress
            and section.id != SENDING
            and any(question.required for question in section.questions)
        )
    ]
