"""What the pages share on which a day and a time are chosen."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.decorators import method_decorator

from keino_academy.announcement.queries import academy_link
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
from keino_academy.booking.windows import WindowState
from keino_academy.core import clock, dates
from keino_academy.core.doors import LinkError
from keino_academy.core.views import LanguageView
from keino_academy.core.zones import last_minute

_HOLDERS = "keino_academy_holders"
_MOST_HELD = 10


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
        state = window_of(self.series).state(clock.now())
        return {WindowState.NOT_YET: "not_yet", WindowState.CLOSED: "closed"}.get(state, "")

    def unavailable(self, reason: str, status: int = 200, **_kwargs: Any) -> HttpResponse:
        """A page that explains itself."""
        context = {"reason": reason, **self.context()}
        booking = self.existing
        if reason == "already" and booking:
            starts = self.local(booking.slot.starts)
            context["booked_when"] = dates.occasion(starts, self.local(booking.slot.ends))
            context["booking_url"] = booking_url(booking, self.language)
        status = {"invited": 403, "no_times": 404}.get(reason, status)
        return self.page(self.request, "keino_academy/booking/unavailable.html", context, status)

    def context(self) -> dict[str, Any]:
        """What every page of a series says."""
        academy, face = self.series.academy, self.face
        window = window_of(self.series)
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
            "academy_title": academy_title,
            "academy_url": academy_url,
        }

    def local(self, moment: Any) -> Any:
        """A moment in the academy's zone."""
        return self.series.academy.local(moment)
