"""What the pages share on which a day and a time are chosen."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext

from keino_academy.announcement.queries import academy_link
from keino_academy.booking import actions
from keino_academy.booking.enums import Audience
from keino_academy.booking.models import Booking, SlotSeries
from keino_academy.booking.queries import (
    booking_url,
    days_url,
    face_of,
    find_series,
    holder_of,
    live_bookings_of,
    window_of,
)
from keino_academy.booking.windows import Window, WindowState
from keino_academy.conf import academy_settings
from keino_academy.core import clock, dates
from keino_academy.core.doors import LinkError, open_door
from keino_academy.core.fields import new_secret
from keino_academy.core.ratelimits import allow
from keino_academy.core.views import LanguageView
from keino_academy.core.zones import last_minute

_HOLDERS = "keino_academy_holders"
_WRITTEN = "keino_academy_booking_written"
_VISITOR = "keino_academy_visitor"
_MOST_HELD = 10


def own_url(name: str, language: str, reference: str, **kwargs: Any) -> str:
    """The address of one's own booking, hold or place in a list, behind its door."""
    return reverse(f"keino_academy:{name}", kwargs={"language": language, "reference": reference, **kwargs})


def visitor_of(request: HttpRequest) -> str:
    """What tells this browser from others while it holds a time."""
    if _VISITOR not in request.session:
        request.session[_VISITOR] = new_secret()
    return str(request.session[_VISITOR])


def keep_written(request: HttpRequest, written: dict[str, str]) -> None:
    """Keep what somebody typed until they have booked, for the next page that asks it."""
    request.session[_WRITTEN] = written


def written_before(request: HttpRequest) -> dict[str, str]:
    """What somebody typed before, where it was kept."""
    return dict(request.session.get(_WRITTEN, {}))


def forget_written(request: HttpRequest) -> None:
    """It has been booked: nothing of it stays in the session."""
    request.session.pop(_WRITTEN, None)


def led_to_booking(booking: Booking) -> str:
    """Mail the link of a booking that stands in the way, and say so in words that tell nothing of whose it is.

    Whoever typed the address may not own it: the link goes to the booking's own only.
    """
    if allow("link_again", booking.email, academy_settings.RATE_MAIL):
        actions.send_link_again(booking)
    return gettext(
        "A time was booked with this address or for this organisation already. We sent its link "
        "once more to the address with which it was booked: move that time if you want another one."
    )


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class SeriesView(LanguageView):
    """A page of a series. A holder's token is kept in the session, out of the address."""

    series: SlotSeries
    existing: Booking | None = None

    def get(self, request: HttpRequest, series: int, **kwargs: Any) -> HttpResponseBase:
        """The page, or why nothing can be booked."""
        self.load(series)
        if request.GET.get("for"):
            return HttpResponseRedirect(request.path)
        reason = self.reason()
        if reason:
            return self.unavailable(reason, **kwargs)
        return self.show(**kwargs)

    def show(self, **kwargs: Any) -> HttpResponseBase:
        """The page while booking is open."""
        raise NotImplementedError

    def load(self, pk: int) -> None:
        """Find the series and whom the visitor's token names."""
        found = find_series(pk)
        if found is None:
            raise Http404
        self.series = found
        self.face = face_of(found, self.language)
        self.holder = holder_of(self._token(), found)
        if self.holder is None and self.request.GET.get("for"):
            raise LinkError
        self.sealed = self.sealed or self.holder is not None

    def _token(self) -> str:
        held = self.request.session.get(_HOLDERS, {})
        token = self.request.GET.get("for", "")
        if token and holder_of(token, self.series):
            kept = [(key, value) for key, value in held.items() if key != str(self.series.pk)]
            self.request.session[_HOLDERS] = dict([*kept, (str(self.series.pk), token)][-_MOST_HELD:])
        return token or held.get(str(self.series.pk), "")

    def reason(self) -> str:
        """Why nothing can be booked here and now; nothing when it can."""
        if self.series.audience == Audience.INVITED and self.holder is None:
            return "invited"
        if self.holder and self.series.one_per_holder:
            self.existing = live_bookings_of(self.holder.key, self.series).first()
            if self.existing:
                return "already"
        state = self.window.state(clock.now())
        return {WindowState.NOT_YET: "not_yet", WindowState.CLOSED: "closed"}.get(state, "")

    def unavailable(self, reason: str, status: int = 200, **_kwargs: Any) -> HttpResponse:
        """A page that explains itself."""
        context = {"reason": reason, **self.context()}
        booking = self.existing
        if reason == "already" and booking:
            starts = self.local(booking.slot.starts)
            context["booked_when"] = dates.occasion(starts, self.local(booking.slot.ends))
            context["booking_url"] = booking_url(booking, self.language)
            context["move_url"] = own_url("booking_move", self.language, booking.reference)
            open_door(self.request, "booking", booking.reference)
        status = {"invited": 403, "no_times": 404}.get(reason, status)
        return self.page(self.request, "keino_academy/booking/unavailable.html", context, status)

    def context(self) -> dict[str, Any]:
        """What every page of a series says."""
        academy, face = self.series.academy, self.face
        window = self.window
        academy_title, academy_url = academy_link(academy, self.language, self.request)
        closes = last_minute(self.local(window.closes)) if window.closes else None
        opens = self.local(window.opens) if window.opens else None
        return {
            "series": self.series,
            "session": face,
            "title": face.title if face else self.series.title,
            "academy": academy,
            "holder": self.holder,
            "closes": closes and f"{dates.weekday(closes)}{dates.NBSP}{dates.moment(closes)}",
            "opens": opens and f"{dates.weekday(opens)}{dates.NBSP}{dates.moment(opens)}",
            "zone": dates.zone_name(self.local(clock.now()), academy.time_zone),
            "days_url": days_url(self.series, self.language),
            "waits": self.waits(),
            "academy_title": academy_title,
            "academy_url": academy_url,
        }

    @cached_property
    def window(self) -> Window:
        """When the series takes bookings."""
        return window_of(self.series)

    def waits(self) -> bool:
        """Whether one can wait for a time here and now."""
        return self.series.waiting_list and self.window.state(clock.now()) is WindowState.OPEN

    def local(self, moment: Any) -> Any:
        """A moment in the academy's zone."""
        return self.series.academy.local(moment)
