"""Saying who comes while the chosen time is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from keino_academy.booking import actions
from keino_academy.booking.enums import BookingState
from keino_academy.booking.errors import (
    AlreadyBookedError,
    BookingError,
    HoldExtendedError,
    HoldOverError,
    SlotError,
)
from keino_academy.booking.forms import WhoForm
from keino_academy.booking.models import Booking
from keino_academy.booking.queries import find_hold
from keino_academy.booking.views.series import (
    SeriesView,
    forget_written,
    keep_written,
    led_to_booking,
    own_url,
    written_before,
)
from keino_academy.booking.views.times import too_many
from keino_academy.conf import academy_settings
from keino_academy.core import clock, dates
from keino_academy.core.doors import LinkError, open_door
from keino_academy.core.doors import is_open as is_door_open
from keino_academy.core.ratelimits import allow, network_of


class HoldView(SeriesView):
    """The form of who comes; a POST books."""

    sealed = True
    held: Booking

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # type: ignore[override]  # noqa: ARG002
        """The form with how long the time is kept; once it is booked, the booking."""
        self.find(reference)
        if self.held.state == BookingState.BOOKED:
            return self.to_booking(self.held)
        return self._page(self._form())

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Book, and lead to the booking; else the same page with what was typed."""
        self.find(reference)
        form = self._form(request.POST)
        if not allow("book", network_of(request), academy_settings.RATE_BOOK):
            form.add_error(None, too_many())
            return self._page(form, 429)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            note = form.cleaned_data["note"]
            booking = actions.confirm(self.held, form.made_holder(), language=self.language, note=note)
        except BookingError as error:
            return self._refused(form, error)
        forget_written(request)
        return self.to_booking(booking)

    def find(self, reference: str) -> None:
        """The hold of this browser, and its series; one neutral answer when it isn't there."""
        held = find_hold(reference) if is_door_open(self.request, "hold", reference) else None
        if held is None or held.waiting_id:
            raise LinkError
        self.held = held
        self.load(held.series_id)

    def to_booking(self, booking: Booking) -> HttpResponseBase:
        """On to the booking's own page."""
        open_door(self.request, "booking", booking.reference)
        return HttpResponseRedirect(own_url("booking", self.language, booking.reference), status=303)

    def _form(self, data: Any = None) -> WhoForm:
        return WhoForm(
            data,
            form_name=f"who:{self.held.reference}",
            holder=self.holder,
            needs_organisation=self.series.one_per_holder,
            kept=written_before(self.request),
        )

    def _refused(self, form: WhoForm, error: BookingError) -> HttpResponseBase:
        if isinstance(error, AlreadyBookedError):
            return self._already(form, error)
        keep_written(self.request, form.written())
        if isinstance(error, SlotError):
            return self._gone(str(error))
        form.add_error(None, str(error))
        return self._page(form, 409)

    def _already(self, form: WhoForm, error: AlreadyBookedError) -> HttpResponseBase:
        if self.holder:
            self.existing = error.booking
            return self.unavailable("already", status=409)
        form.add_error("email", led_to_booking(error.booking))
        return self._page(form, 409)

    def _gone(self, text: str) -> HttpResponseBase:
        context = {**self.context(), **self._words(), "reason": "gone", "gone_text": text}
        return self.page(self.request, "keino_academy/booking/unavailable.html", context, 409)

    def _page(self, form: WhoForm, status: int = 200) -> HttpResponseBase:
        context = {**self.context(), **self._words(), "form": form}
        return self.page(self.request, "keino_academy/booking/hold.html", context, status)

    def _words(self) -> dict[str, Any]:
        held, slot = self.held, self.held.slot
        starts, ends = self.local(slot.starts), self.local(slot.ends)
        kept = held.state == BookingState.HELD and held.held_until > clock.now()  # type: ignore[operator]
        day = starts.date()
        return {
            "held": held,
            "is_kept": kept,
            "until": self._clock(held.held_until),
            "minutes": academy_settings.HOLD_SECONDS // 60,
            "can_extend": kept and not held.hold_extended,
            "when": f"{dates.weekday_on(starts)} {dates.occasion(starts, ends)}",
            "day": day,
            "hold_url": own_url("booking_hold", self.language, held.reference),
            "longer_url": own_url("booking_hold_longer", self.language, held.reference),
            "release_url": own_url("booking_hold_release", self.language, held.reference),
        }

    def _clock(self, until: datetime | None) -> str:
        """The minute in which it ends: whole minutes only are promised."""
        return dates.clock(self.local(until)) if until else ""


class _HoldButtonView(HoldView):
    """A button of the form, which sends what was typed along: it is kept."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # type: ignore[override]  # noqa: ARG002
        """Back to the form: only a POST does anything."""
        self.find(reference)
        return HttpResponseRedirect(own_url("booking_hold", self.language, reference))

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Keep what was typed, and do it."""
        self.find(reference)
        keep_written(request, self._form(request.POST).written())
        return self.press()

    def press(self) -> HttpResponseBase:
        """What the button does."""
        raise NotImplementedError


class LongerView(_HoldButtonView):
    """Keeping the time longer, once."""

    def press(self) -> HttpResponseBase:
        """Keep it, and show until when; the page itself says when it can't be kept."""
        try:
            actions.extend_hold(self.held)
        except HoldExtendedError:
            pass
        except HoldOverError:
            pass
        return HttpResponseRedirect(own_url("booking_hold", self.language, self.held.reference), status=303)


class ReleaseView(_HoldButtonView):
    """Giving the time back to choose another one."""

    def press(self) -> HttpResponseBase:
        """Free it, and show the days."""
        actions.release_hold(self.held)
        return HttpResponseRedirect(self.context()["days_url"], status=303)
