"""Who still ought to book a time: the applications of an academy against the bookings of a series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application
from keino_academy.applications.queries import holder_key
from keino_academy.applications.rights import nudging_academies
from keino_academy.booking.enums import WAITS, BookingState, Purpose, WaitingState
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, SlotSeries, Waiting
from keino_academy.conf import academy_settings
from keino_academy.core import clock, dates

S = ApplicationState

#: Actions in Wagtail's log: an applicant was reminded to book.
NUDGE_ACTION = "keino_academy.nudge"

#: Before the decision: their own page asks them to book a discussion.
_UNDER_WAY = (S.INTEREST_SENT, S.RETURNED, S.FINAL_SENT, S.IN_REVIEW)
_IN = (S.SELECTED, S.CONFIRMED)
#: Whom times are for, by what people meet for. Those who are coached have been selected.
_OUGHT = {
    Purpose.DISCUSSION: _UNDER_WAY,
    Purpose.COACHING: _IN,
    Purpose.FOLLOW_UP: _IN,
    Purpose.OTHER: (*_UNDER_WAY, *_IN),
}


@dataclass(frozen=True)
class Unbooked:
    """An application without a booking in the series; ``waiting`` is its place in the list, if it has one."""

    application: Application
    nudged_at: datetime | None
    waiting: Waiting | None

    @property
    def can_be_nudged(self) -> bool:
        """Whether there is anything that it could still do."""
        return self.waiting is None

    @property
    def is_recent(self) -> bool:
        """Whether it was reminded so lately that another reminder is asked about first."""
        pause = timedelta(seconds=academy_settings.NUDGE_PAUSE_SECONDS)
        return self.nudged_at is not None and self.nudged_at > clock.now() - pause

    @property
    def nudged(self) -> str:
        """How long ago it was reminded, in words."""
        if self.nudged_at is None:
            return ""
        age = max(clock.now() - self.nudged_at, timedelta(minutes=1))
        return _("%(time)s ago") % {"time": dates.left(age)}

    @property
    def sent(self) -> str:
        """When the application was sent."""
        at = self.application.sent_at
        return dates.moment(self.application.academy.local(at)) if at else "–"

    @property
    def waits(self) -> str:
        """Since when it is in the waiting list, in words."""
        if self.waiting is None:
            return ""
        if self.waiting.state == WaitingState.OFFERED:
            return _("A time is offered from the waiting list")
        since = dates.day(self.application.academy.local(self.waiting.joined_at))
        return _("In the waiting list since %(day)s") % {"day": since}


def nudging_series(user: Any) -> QuerySet[SlotSeries]:
    """The published series of the academies in which the user may remind, newest academy first."""
    found = SlotSeries.objects.filter(academy__in=nudging_academies(user), published=True)
    return found.select_related("academy").order_by("-academy_id", "pk")


def unbooked(series: SlotSeries) -> list[Unbooked]:
    """Those who ought to book and have not, first those who sent first. Four queries for any number."""
    states = _OUGHT[Purpose(series.purpose)]
    ought = Application.objects.filter(academy=series.academy_id, state__in=states)
    found = list(ought.select_related("academy").order_by("sent_at", "pk"))
    booked = {key for pair in _booked(series) for key in pair}
    waiting = {key: one for one in _waits(series) for key in (one.holder, one.holder_key)}
    nudged = nudges(application.pk for application in found)
    rows = []
    for application in found:
        keys = _keys(application)
        if booked.isdisjoint(keys):
            place = next((waiting[key] for key in keys if key in waiting), None)
            rows.append(Unbooked(application, nudged.get(application.pk), place))
    return rows


def nudges(pks: Iterable[int]) -> dict[int, datetime]:
    """When each application was reminded the last time, as the log remembers it, in the academy's time."""
    content_type = ContentType.objects.get_for_model(Application)
    entries = ModelLogEntry.objects.filter(content_type=content_type, action=NUDGE_ACTION)
    of = {str(pk): pk for pk in pks}
    rows = entries.filter(object_id__in=of).order_by("timestamp", "pk").values_list("object_id", "data")
    return {of[key]: datetime.fromisoformat(data["at"]) for key, data in rows}


def _booked(series: SlotSeries) -> QuerySet[Booking, tuple[str, str]]:
    booked = Booking.objects.filter(series=series, state=BookingState.BOOKED)
    return booked.values_list("holder", "holder_key")


def _waits(series: SlotSeries) -> QuerySet[Waiting]:
    return Waiting.objects.filter(series=series, state__in=WAITS)


def _keys(application: Application) -> set[str]:
    """Whatever its booking may be kept under: also when it was made without the application's link."""
    stranger = Holder("", application.organisation, application.contact_name, application.contact_email)
    return {holder_key(application), stranger.who, stranger.one}
