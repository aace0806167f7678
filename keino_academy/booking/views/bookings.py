"""The pages of one booking, for whoever came by its link."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keino_academy.announcement.queries import academy_link
from keino_academy.booking import actions
from keino_academy.booking.enums import BookingState, StepKind
from keino_academy.booking.errors import ChangeClosedError
from keino_academy.booking.feeds import feed_facts, has_calendar
from keino_academy.booking.mails import calendar_file
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import days_url, face_of, find_booking, is_open
from keino_academy.booking.windows import change_until
from keino_academy.core import clock, dates
from keino_academy.core.doors import LinkError, open_door
from keino_academy.core.doors import is_open as is_door_open
from keino_academy.core.views import LanguageView


class OpenView(LanguageView):
    """A booking's secret link: opens the door and leads to the page without the secret."""

    sealed = True

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        booking = find_booking(secret=secret)
        if booking is None:
            raise LinkError
        open_door(request, "booking", booking.reference)
        open_door(request, "booking_mail", booking.reference)
        return HttpResponseRedirect(_address("booking", self.language, booking))


class OwnBookingView(LanguageView):
    """A view of a booking whose door is open."""

    sealed = True

    def find(self, reference: str) -> Booking:
        """The booking; one neutral answer when it isn't there or its door is shut."""
        booking = (
            find_booking(reference=reference) if is_door_open(self.request, "booking", reference) else None
        )
        if booking is None:
            raise LinkError
        return booking

    def may_subscribe(self, booking: Booking) -> bool:
        """Whether the visitor is known to be the holder, whose other bookings a calendar shows too.

        Anybody may type an address when booking; only who reads its mail comes by the mailed link.
        """
        typed = booking.holder.startswith("email:")
        return not typed or is_door_open(self.request, "booking_mail", booking.reference)

    def context(self, booking: Booking) -> dict[str, Any]:
        """What is true of the booking now."""
        series, slot = booking.series, booking.slot
        academy = series.academy
        face = face_of(series, self.language)
        starts, ends = academy.local(slot.starts), academy.local(slot.ends)
        until = change_until(slot.starts, series.change_until_hours)
        academy_title, academy_url = academy_link(academy, self.language, self.request)
        return {
            "booking": booking,
            "slot": slot,
            "academy": academy,
            "academy_title": academy_title,
            "academy_url": academy_url,
            "session": face,
            "title": face.title if face else series.title,
            "starts": starts,
            "day_text": dates.short_day(starts),
            "month_text": f"{dates.weekday_long(starts)}, {dates.month(starts)}",
            "clock_text": dates.bare_hours(starts, ends).split("–")[0],
            "hours_text": dates.hours(starts, ends),
            "when": f"{dates.weekday(starts)}{dates.NBSP}{dates.occasion(starts, ends)}",
            "zone": dates.zone_name(starts, academy.time_zone),
            "change_until": _moment(academy.local(until)),
            "live": booking.state == BookingState.BOOKED,
            "over": slot.ends <= clock.now(),
            "can_change": booking.state == BookingState.BOOKED and clock.now() < until,
            "history": _history(booking),
            "days_url": days_url(series, self.language) if is_open(series) else "",
            "waits": series.waiting_list and is_open(series),
            "booking_url": _address("booking", self.language, booking),
            "move_url": _address("booking_move", self.language, booking),
            "cancel_url": _address("booking_cancel", self.language, booking),
            "calendar_url": _address("booking_calendar", self.language, booking),
        }


class BookingView(OwnBookingView):
    """What is true of the booking now, and what can be done with it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        booking = self.find(reference)
        context = {**self.context(booking), **self._feed(booking)}
        return self.page(request, "keino_academy/booking/booking.html", context)

    def _feed(self, booking: Booking) -> dict[str, Any]:
        """The holder's own calendar, or how one is made."""
        academy = booking.series.academy
        known = self.may_subscribe(booking)
        if not has_calendar(academy, booking.holder):
            return {}
        return {
            "subscribes": "known" if known else "by_mail",
            "feed": feed_facts(academy, booking.holder) if known else {},
            "feed_url": _address("booking_feed", self.language, booking),
            "renew_url": _address("booking_feed_renew", self.language, booking),
        }


class BookingCalendarView(OwnBookingView):
    """The booking as a calendar file."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002
        booking = self.find(reference)
        response = HttpResponse(calendar_file(booking), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{booking.reference}.ics"'
        return response


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class CancelView(OwnBookingView):
    """A page with a button; only its POST cancels."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        context = self.context(self.find(reference))
        if not context["live"]:
            return HttpResponseRedirect(context["booking_url"])
        return self._ask(request, context)

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Cancel, and lead back to the booking."""
        booking = self.find(reference)
        try:
            actions.cancel(booking)
        except ChangeClosedError:
            return self._ask(request, self.context(booking), status=409)
        return HttpResponseRedirect(_address("booking", self.language, booking), status=303)

    def _ask(self, request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponseBase:
        return self.page(request, "keino_academy/booking/cancel.html", context, status)


def _address(name: str, language: str, booking: Booking) -> str:
    kwargs = {"language": language, "reference": booking.reference}
    return reverse(f"keino_academy:{name}", kwargs=kwargs)


def _moment(moment: datetime) -> str:
    return f"{dates.weekday(moment)}{dates.NBSP}{dates.moment(moment)}"


def _history(booking: Booking) -> list[dict[str, Any]]:
    """What happened to the booking, the last thing first."""
    local = booking.series.academy.local
    words = _step_words()
    return [
        {
            "iso": local(step.at).isoformat(timespec="seconds"),
            "when": _moment(local(step.at)),
            "what": words[step.kind][0],
            "text": words[step.kind][1] % {"was": _moment(local(step.starts))},
        }
        for step in reversed(booking.steps.all())
    ]


def _step_words() -> dict[str, tuple[str, str]]:
    """What is said of each kind of step; ``was`` is when the time was before a move."""
    told = _("The invitation was written to the booker's e-mail.")
    moved = _("The time was %(was)s before. The calendar entry moves by a mail.")
    out = _("The entry is taken out of the calendar by a mail.")
    reminded = _("A reminder was written to the booker's e-mail.")
    return {
        StepKind.BOOKED: (_("Booked"), told),
        StepKind.MOVED: (pgettext("a booking", "Moved"), moved),
        StepKind.MOVED_BY_ORGANISER: (_("Moved by the organiser"), moved),
        StepKind.CHANGED: (_("Changed by the organiser"), _("The new facts were written by mail.")),
        StepKind.CANCELLED: (pgettext("a booking", "Cancelled"), out),
        StepKind.CANCELLED_BY_ORGANISER: (_("Cancelled by the organiser"), out),
        StepKind.REMINDED: (_("Reminded"), reminded),
        StepKind.REMINDED_SOON: (_("Reminded"), reminded),
    }
