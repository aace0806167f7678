"""Whether an application can be written now, and how what is written counts."""

from __future__ import annotations

import enum

from django.db.models import QuerySet

from keino_academy.announcement.call import accepts
from keino_academy.announcement.models import Academy
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application
from keino_academy.applications.queries import holder_key
from keino_academy.booking.enums import Attendance, Purpose
from keino_academy.booking.models import SlotSeries
from keino_academy.booking.queries import bookable_series, live_bookings_of
from keino_academy.core import clock

S = ApplicationState


class Writing(enum.StrEnum):
    """How what is written counts.

    ``DRAFT``: until it is sent. ``LATE``: the call has closed; it is kept and marked, and not sent.
    ``RETURNED``: the organiser asked for it. ``SENT``: it changes what was sent, so each saving must
    be whole. ``CLOSED``: nothing is taken.
    """

    DRAFT = "draft"
    LATE = "late"
    RETURNED = "returned"
    SENT = "sent"
    CLOSED = "closed"


def takes(application: Application) -> bool:
    """Whether the application may still be sent: the call accepts, or more time was given to it alone."""
    until = application.extended_until
    return accepts(application.academy.state) or (until is not None and clock.now() < until)


def discussions_of(academy: Academy) -> QuerySet[SlotSeries]:
    """The times that the academy offers for discussions."""
    return bookable_series(academy).filter(purpose=Purpose.DISCUSSION)


def may_decide(application: Application) -> bool:
    """Whether the organisation can tell its final decision: after its discussion, where there are any."""
    if application.state != ApplicationState.INTEREST_SENT:
        return False
    series = discussions_of(application.academy)
    if not series.exists():
        return True
    held = live_bookings_of(holder_key(application)).filter(series__in=series, slot__ends__lte=clock.now())
    return held.exclude(attendance=Attendance.NO_SHOW).exists()


def writing(application: Application) -> Writing:
    """How what is written into the application counts at this moment."""
    if application.state == S.DRAFT:
        return Writing.DRAFT if takes(application) else Writing.LATE
    if application.state == S.RETURNED:
        return Writing.RETURNED
    if application.state == S.INTEREST_SENT and (takes(application) or _after_discussion(application)):
        return Writing.SENT
    return Writing.CLOSED


def _after_discussion(application: Application) -> bool:
    """Whether what the discussion brought may still change the answers, before the final decision."""
    return discussions_of(application.academy).exists() and may_decide(application)
