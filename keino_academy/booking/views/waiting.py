"""Joining the waiting list, and the pages of a place in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext

from keino_academy.announcement.queries import academy_link
from keino_academy.booking import actions
from keino_academy.booking.enums import WaitingState
from keino_academy.booking.errors import (
    AlreadyBookedError,
    AlreadyWaitingError,
    BookingError,
    OfferOverError,
)
from keino_academy.booking.forms import WaitForm
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Booking, Waiting
from keino_academy.booking.queries import days_url, face_of, find_waiting, offer_of, place_in_line
from keino_academy.booking.views.series import (
    SeriesView,
    forget_written,
    led_to_booking,
    own_url,
    written_before,
)
from keino_academy.booking.views.times import too_many
from keino_academy.conf import academy_settings
from keino_academy.core import dates
from keino_academy.core.doors import LinkError, open_door
from keino_academy.core.doors import is_open as is_door_open
from keino_academy.core.ratelimits import allow, network_of
from keino_academy.core.views import LanguageView


class JoinView(SeriesView):
    """A form of who waits; a POST takes a place. ``?day=`` offers to wait for that day only."""

    sealed = True

    def show(self, **_kwargs: Any) -> HttpResponseBase:
        if not self.waits():
            return self.unavailable("no_list", status=404)
        return self._page(self._form())

    def post(self, request: HttpRequest, series: int) -> HttpResponseBase:
        """Join, and lead to the place; else the same page with what was typed."""
        self.load(series)
        reason = self.reason()
        if reason:
            return self.unavailable(reason, status=409)
        form = self._form(request.POST)
        if not allow("book", network_of(request), academy_settings.RATE_BOOK):
            form.add_error(None, too_many())
            return self._page(form, 429)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            waiting = self._join(form)
        except BookingError as error:
            return self._refused(form, error)
        forget_written(request)
        open_door(request, "waiting", waiting.reference)
        return HttpResponseRedirect(own_url("waiting", self.language, waiting.reference), status=303)

    def _join(self, form: WaitForm) -> Waiting:
        return actions.join(
            self.series,
            form.made_holder(),
            nonce=form.nonce,
            language=self.language,
            note=form.cleaned_data["note"],
            day=form.waits_for(),
        )

    def _refused(self, form: WaitForm, error: BookingError) -> HttpResponseBase:
        """Whoever typed an address may not own it: links go to the address itself only."""
        text = str(error)
        if isinstance(error, AlreadyWaitingError):
            if allow("link_again", error.waiting.email, academy_settings.RATE_MAIL):
                actions.send_place_again(error.waiting)
            text = gettext(
                "Somebody waits with this address or for this organisation already. We sent the link once "
                "more to the address that waits."
            )
        if isinstance(error, AlreadyBookedError):
            text = led_to_booking(error.booking)
        form.add_error("email", text)
        return self._page(form, 409)

    def _form(self, data: Any = None) -> WaitForm:
        return WaitForm(
            data,
            form_name=f"wait:{self.series.pk}",
            holder=self.holder,
            needs_organisation=self.series.one_per_holder,
            kept=written_before(self.request),
            day=self._day(),
        )

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            return None

    def _page(self, form: WaitForm, status: int = 200) -> HttpResponseBase:
        context = {**self.context(), "form": form, "day": form.day}
        return self.page(self.request, "keino_academy/booking/join.html", context, status)


class OpenWaitingView(LanguageView):
    """The secret link of a place: opens the door and leads to the page without the secret."""

    sealed = True

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        waiting = find_waiting(secret=secret)
        if waiting is None:
            raise LinkError
        open_door(request, "waiting", waiting.reference)
        return HttpResponseRedirect(own_url("waiting", self.language, waiting.reference))


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class _OwnPlaceView(LanguageView):
    """A view of a place whose door is open."""

    sealed = True

    def find(self, reference: str) -> None:
        """The place, and what is offered to it now."""
        waiting = (
            find_waiting(reference=reference) if is_door_open(self.request, "waiting", reference) else None
        )
        if waiting is None:
            raise LinkError
        self.waiting = waiting
        self.offer = offer_of(waiting)

    def show(self, status: int = 200, **more: Any) -> HttpResponseBase:
        """What is true of the place now."""
        series = self.waiting.series
        face = face_of(series, self.language)
        academy_title, academy_url = academy_link(series.academy, self.language, self.request)
        context = {
            "waiting": self.waiting,
            "series": series,
            "academy": series.academy,
            "academy_title": academy_title,
            "academy_url": academy_url,
            "session": face,
            "title": face.title if face else series.title,
            "state": self._state(),
            "day_text": dates.day(self.waiting.day) if self.waiting.day else "",
            "place": place_in_line(self.waiting),
            "days_url": days_url(series, self.language),
            "leave_url": self._url("waiting_leave"),
            "waiting_url": self._url("waiting"),
            **self._offer_words(),
            **more,
        }
        return self.page(self.request, "keino_academy/booking/waiting.html", context, status)

    def _state(self) -> str:
        """The state; an offer that has just run out, which nobody has noted yet, is over."""
        if self.waiting.state == WaitingState.OFFERED and self.offer is None:
            return WaitingState.LAPSED
        return self.waiting.state

    def _offer_words(self) -> dict[str, Any]:
        if self.offer is None or self.offer.held_until is None:
            return {}
        local = self.waiting.series.academy.local
        starts, ends, until = (
            local(moment) for moment in (self.offer.slot.starts, self.offer.slot.ends, self.offer.held_until)
        )
        return {
            "offer": self.offer,
            "when": f"{dates.weekday_on(starts)} {dates.occasion(starts, ends)}",
            "until": f"{dates.weekday(until)}{dates.NBSP}{dates.moment(until)}",
            "zone": dates.zone_name(starts, self.waiting.series.academy.time_zone),
            "accept_url": self._url("waiting_accept"),
            "pass_url": self._url("waiting_pass"),
        }

    def _url(self, name: str) -> str:
        return own_url(name, self.language, self.waiting.reference)

    def back(self) -> HttpResponseBase:
        """To the page of the place."""
        return HttpResponseRedirect(self._url("waiting"), status=303)


class WaitingView(_OwnPlaceView):
    """What is true of the place now, and what can be done."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002
        self.find(reference)
        return self.show()


class _PlaceButtonView(_OwnPlaceView):
    """A button of the place's page: only a POST does anything."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002
        self.find(reference)
        return HttpResponseRedirect(self._url("waiting"))


class AcceptView(_PlaceButtonView):
    """Booking the time that is offered."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Book it, and lead to the booking; else say why not."""
        self.find(reference)
        try:
            booking = self._accept()
        except BookingError as error:
            self.find(reference)
            return self.show(409, problem=str(error))
        open_door(request, "booking", booking.reference)
        return HttpResponseRedirect(own_url("booking", self.language, booking.reference), status=303)

    def _accept(self) -> Booking:
        booking = self.offer or self.waiting.offers.filter(state="booked").first()
        if booking is None:
            raise OfferOverError
        waiting = self.waiting
        key = "" if waiting.holder.startswith("email:") else waiting.holder
        holder = Holder(key, waiting.organisation, waiting.person, waiting.email)
        return actions.confirm(booking, holder, language=waiting.language, note=waiting.note)


class PassView(_PlaceButtonView):
    """Turning the offered time down and waiting on."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002
        """Pass it on; else say why not."""
        self.find(reference)
        try:
            if self.offer is None:
                raise OfferOverError
            actions.pass_offer(self.offer)
        except BookingError as error:
            self.find(reference)
            return self.show(409, problem=str(error))
        return self.back()


class LeaveView(_OwnPlaceView):
    """A page with a button; only its POST leaves the list."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        self.find(reference)
        if self._state() not in {WaitingState.WAITING, WaitingState.OFFERED}:
            return HttpResponseRedirect(self._url("waiting"))
        face = face_of(self.waiting.series, self.language)
        context = {
            "waiting_url": self._url("waiting"),
            "title": face.title if face else self.waiting.series.title,
        }
        return self.page(request, "keino_academy/booking/leave.html", context)

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002
        """Leave, and lead back to the page of the place."""
        self.find(reference)
        actions.leave(self.waiting)
        return self.back()
