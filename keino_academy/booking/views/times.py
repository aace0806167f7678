"""The times of a day, and booking one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from keino_academy.booking import actions
from keino_academy.booking.errors import AlreadyBookedError, BookingError, SlotCancelledError
from keino_academy.booking.forms import BookingForm
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import find_slot, free_times
from keino_academy.booking.shown import FreeTime, clocks_change, label, offset
from keino_academy.booking.views.series import SeriesView
from keino_academy.conf import academy_settings
from keino_academy.core import dates
from keino_academy.core.doors import open_door
from keino_academy.core.ratelimits import allow, network_of


class TimesView(SeriesView):
    """The day's times as a form; a POST books."""

    sealed = True

    def show(self, **kwargs: Any) -> HttpResponseBase:
        day = kwargs["day"]
        times = free_times(self.series, day)
        if not times:
            return self.unavailable("no_times")
        return self._form_page(day, times, self._form(times))

    def post(self, request: HttpRequest, series: int, day: date) -> HttpResponseBase:
        """Book, and lead to the booking; else the same page with what was typed."""
        self.load(series)
        if self.reason() == "invited":
            return self.unavailable("invited")
        form = self._form(free_times(self.series, day), request.POST)
        if not allow("book", network_of(request), academy_settings.RATE_BOOK):
            form.add_error(
                None, gettext("Many bookings came from your network just now. Send it again in an hour.")
            )
            return self._again(day, form, 429)
        if not form.is_valid():
            return self._again(day, form, 409 if form.has_error("slot", "invalid_choice") else 422)
        try:
            booking = self._book(form)
        except BookingError as error:
            return self._refused(day, form, error)
        open_door(request, "booking", booking.reference)
        return HttpResponseRedirect(
            reverse(
                "keino_academy:booking", kwargs={"language": self.language, "reference": booking.reference}
            ),
            status=303,
        )

    def _book(self, form: BookingForm) -> Booking:
        slot = find_slot(self.series, form.cleaned_data["slot"])
        if slot is None:
            raise SlotCancelledError
        note = form.cleaned_data["note"]
        return actions.book(slot, form.made_holder(), nonce=form.nonce, language=self.language, note=note)

    def _refused(self, day: date, form: BookingForm, error: BookingError) -> HttpResponseBase:
        if isinstance(error, AlreadyBookedError):
            if self.holder:
                self.existing = error.booking
                return self.unavailable("already", status=409)
            # Whoever typed the address may not own it: the link goes to its owner only.
            if allow("link_again", error.booking.email, academy_settings.RATE_MAIL):
                actions.send_link_again(error.booking)
            form.add_error(
                "email",
                gettext(
                    "A time was booked with this address already. We sent its link there once more: "
                    "cancel that time first if you want another one."
                ),
            )
        else:
            form.refuse(error)
        return self._again(day, form, 409)

    def _form(self, times: Sequence[FreeTime], data: Any = None) -> BookingForm:
        return BookingForm(data, form_name=f"book:{self.series.pk}", times=times, holder=self.holder)

    def _again(self, day: date, form: BookingForm, status: int) -> HttpResponseBase:
        return self._form_page(day, free_times(self.series, day), form, status)

    def _form_page(
        self, day: date, times: Sequence[FreeTime], form: BookingForm, status: int = 200
    ) -> HttpResponseBase:
        form.offer(times)
        context = {
            **self.context(),
            "form": form,
            "day": day,
            "day_text": f"{dates.weekday_on(day)} {dates.day(day)}",
            "parts": _parts(times, form),
            "free": sum(1 for time in times if time.free),
            "offset": offset(times[0].starts) if times and not clocks_change(times) else "",
        }
        return self.page(self.request, "keino_academy/booking/times.html", context, status)


def _parts(times: Sequence[FreeTime], form: BookingForm) -> list[dict[str, Any]]:
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
