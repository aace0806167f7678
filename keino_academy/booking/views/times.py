"""The times of a day, and choosing one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext, pgettext

from keino_academy.booking import actions
from keino_academy.booking.errors import AlreadyBookedError, BookingError, SlotCancelledError
from keino_academy.booking.forms import TimeForm
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import find_slot, free_times
from keino_academy.booking.shown import FreeTime, clocks_change, label, offset
from keino_academy.booking.views.series import SeriesView, own_url, visitor_of
from keino_academy.conf import academy_settings
from keino_academy.core import dates
from keino_academy.core.doors import open_door
from keino_academy.core.ratelimits import allow, network_of


class TimesView(SeriesView):
    """The day's times as a form; a POST keeps one of them, and leads to who comes."""

    sealed = True

    def show(self, **kwargs: Any) -> HttpResponseBase:
        day = kwargs["day"]
        times = free_times(self.series, day)
        if not times:
            return self.unavailable("no_times")
        return self.form_page(day, times, self._form(times))

    def post(self, request: HttpRequest, series: int, day: date) -> HttpResponseBase:
        """Keep the time; else the same page with why not."""
        self.load(series)
        if self.reason() == "invited":
            return self.unavailable("invited")
        form = self._form(free_times(self.series, day), request.POST)
        if not allow("hold", network_of(request), academy_settings.RATE_HOLD):
            form.add_error(None, too_many())
            return self._again(day, form, 429)
        if not form.is_valid():
            return self._again(day, form, 409 if form.has_error("slot", "invalid_choice") else 422)
        try:
            held = self._hold(form)
        except AlreadyBookedError as error:
            self.existing = error.booking
            return self.unavailable("already", status=409)
        except BookingError as error:
            form.refuse(error)
            return self._again(day, form, 409)
        open_door(request, "hold", held.reference)
        return HttpResponseRedirect(own_url("booking_hold", self.language, held.reference), status=303)

    def _hold(self, form: TimeForm) -> Booking:
        slot = find_slot(self.series, form.cleaned_data["slot"])
        if slot is None:
            raise SlotCancelledError
        visitor = visitor_of(self.request)
        return actions.hold(slot, visitor, holder=self.holder, nonce=form.nonce, language=self.language)

    def _form(self, times: Sequence[FreeTime], data: Any = None) -> TimeForm:
        return TimeForm(data, form_name=f"book:{self.series.pk}", times=times)

    def _again(self, day: date, form: TimeForm, status: int) -> HttpResponseBase:
        return self.form_page(day, free_times(self.series, day), form, status)

    def form_page(
        self, day: date, times: Sequence[FreeTime], form: TimeForm, status: int = 200
    ) -> HttpResponseBase:
        """The page with the day's times."""
        form.offer(times)
        context = {**self.context(), **day_context(day, times, form)}
        return self.page(self.request, "keino_academy/booking/times.html", context, status)


def too_many() -> str:
    """What a network is told that does too much at once."""
    return gettext("Many bookings came from your network just now. Send it again in an hour.")


def day_context(day: date, times: Sequence[FreeTime], form: TimeForm) -> dict[str, Any]:
    """What a page says of the times of a day."""
    return {
        "form": form,
        "day": day,
        "day_text": f"{dates.weekday_on(day)} {dates.day(day)}",
        "parts": _parts(times, form),
        "free": sum(1 for time in times if time.free),
        "any_full": any(not time.free for time in times),
        "offset": offset(times[0].starts) if times and not clocks_change(times) else "",
    }


def _parts(times: Sequence[FreeTime], form: TimeForm) -> list[dict[str, Any]]:
    """Morning and afternoon, each with its times; a free one has its radio button."""
    choices = iter(form["slot"])
    with_offset = clocks_change(times)
    rows = [
        {
            "label": label(time, with_offset=with_offset),
            "free": time.free,
            "seats": time.seats,
            "choice": next(choices) if time.free else None,
            "morning": _is_morning(time.starts),
        }
        for time in times
    ]
    names = (
        (True, "morning", pgettext("part of a day", "Morning")),
        (False, "afternoon", pgettext("part of a day", "Afternoon")),
    )
    parts = [
        {"id": slug, "name": name, "rows": [row for row in rows if row["morning"] is morning]}
        for morning, slug, name in names
    ]
    return [part for part in parts if part["rows"]]


def _is_morning(moment: datetime) -> bool:
    return moment.hour < 12
