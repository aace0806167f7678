"""Moving a booking to another time, for whoever came by its link."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.decorators import method_decorator

from keino_academy.booking import actions
from keino_academy.booking.errors import BookingError, SlotCancelledError
from keino_academy.booking.forms import TimeForm
from keino_academy.booking.queries import find_slot, free_days, free_times
from keino_academy.booking.views.bookings import OwnBookingView
from keino_academy.booking.views.days import days_context, since_of, times_urls
from keino_academy.booking.views.series import own_url
from keino_academy.booking.views.times import day_context


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class _MoveView(OwnBookingView):
    """A page on the way to another time; a booking that can't be moved leads back to its page."""

    def find_movable(self, reference: str) -> HttpResponseBase | None:
        """Find it; an answer when it can't be moved."""
        self.booking = self.find(reference)
        context = self.context(self.booking)
        if not context["live"]:
            return HttpResponseRedirect(context["booking_url"])
        if not context["can_change"]:
            return self.page(self.request, "keino_academy/booking/cancel.html", context, 409)
        self.base = {**context, "back_url": context["booking_url"], "moving": self.booking}
        return None


class MoveDaysView(_MoveView):
    """The days to which a booking can be moved."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        refused = self.find_movable(reference)
        if refused:
            return refused
        series, since = self.booking.series, since_of(request)
        days, later = free_days(series, since)
        url_of = times_urls("booking_move_times", language=self.language, reference=reference)
        context = {**self.base, **days_context(days, since, later, url_of), "series": series}
        return self.page(request, "keino_academy/booking/days.html", context)


class MoveTimesView(_MoveView):
    """The times of a day; a POST moves."""

    def get(self, request: HttpRequest, reference: str, day: date) -> HttpResponseBase:  # noqa: ARG002
        return self.find_movable(reference) or self._page(day, self._form(day))

    def post(self, request: HttpRequest, reference: str, day: date) -> HttpResponseBase:
        """Move, and lead back to the booking; else the same page with why not."""
        refused = self.find_movable(reference)
        if refused:
            return refused
        form = self._form(day, request.POST)
        if not form.is_valid():
            return self._page(day, form, 409 if form.has_error("slot", "invalid_choice") else 422)
        try:
            slot = find_slot(self.booking.series, form.cleaned_data["slot"])
            if slot is None:
                raise SlotCancelledError
            actions.move(self.booking, slot)
        except BookingError as error:
            form.refuse(error)
            return self._page(day, form, 409)
        return HttpResponseRedirect(self.base["booking_url"], status=303)

    def _form(self, day: date, data: Any = None) -> TimeForm:
        times = free_times(self.booking.series, day)
        return TimeForm(data, form_name=f"move:{self.booking.reference}", times=times)

    def _page(self, day: date, form: TimeForm, status: int = 200) -> HttpResponseBase:
        times = free_times(self.booking.series, day)
        form.offer(times)
        context = {
            **self.base,
            **day_context(day, times, form),
            "series": self.booking.series,
            "days_url": own_url("booking_move", self.language, self.booking.reference),
        }
        return self.page(self.request, "keino_academy/booking/times.html", context, status)
