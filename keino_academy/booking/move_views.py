"""Moving a booking to another time, for its booker, in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.log_actions import log

from keino_academy.booking import actions
from keino_academy.booking.desk_forms import MoveForm
from keino_academy.booking.desk_queries import places_to_go
from keino_academy.booking.enums import BookingState
from keino_academy.booking.errors import BookingError, NotBookedError, WindowClosedError
from keino_academy.booking.models import Booking, Slot
from keino_academy.core.admin_views import ScopedRowFormView

#: The action in Wagtail's log.
MOVE_BOOKING = "keino_academy.move_booking"

#: What the errors say to a booker is said to the organiser in other words.
_WORDS: dict[type[BookingError], Any] = {
    NotBookedError: _("This booking was cancelled meanwhile. It stays as it is."),
    WindowClosedError: _("The session is not published. Publish it, then move the booking."),
}


class MoveBookingView(ScopedRowFormView):
    """The free times of the series; a POST moves and tells everybody whom it concerns."""

    scope_action = "move"
    form_class = MoveForm
    template_name = "keino_academy/admin/desk/move.html"
    page_title = pgettext_lazy("a booking", "Move")
    header_icon = "calendar-check"

    @cached_property
    def offered(self) -> list[Slot]:
        """Where it can go."""
        return places_to_go(self.object) if self.object.state == BookingState.BOOKED else []

    def get_page_subtitle(self) -> str:
        """Whose booking."""
        return str(self.object.reference)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the bookings."""
        way = {"url": reverse("keino_bookings:index"), "label": gettext("Bookings")}
        row = {"url": self.booking_url, "label": str(self.object.reference)}
        return [*self.breadcrumbs_items, way, row, {"url": "", "label": self.page_title}]

    @property
    def booking_url(self) -> str:
        """The booking's own page."""
        return reverse("keino_bookings:inspect", args=[self.object.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The booking, and where it can go."""
        return {**super().get_form_kwargs(), "booking": self.object, "offered": self.offered}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The booking as it is, and who will be told."""
        slot = self.object.slot
        return super().get_context_data(**kwargs) | {
            "booking": self.object,
            "hosts": ", ".join(slot.hosts.order_by("name").values_list("name", flat=True)),
            "live": self.object.state == BookingState.BOOKED,
            "can_go": bool(self.offered),
            "back_url": self.back_url(),
        }

    def back_url(self) -> str:
        """Where the page was opened from."""
        return get_valid_next_url_from_request(self.request) or self.booking_url

    def form_valid(self, form: MoveForm) -> HttpResponse:
        """Move it, or say beside the field why it stays."""
        was, slot = self.object.slot, form.cleaned_data["slot"]
        try:
            moved = actions.move(self.object, slot, by_organiser=True)
        except BookingError as error:
            form.add_error("slot", str(_WORDS.get(type(error), error)))
            return self.form_invalid(form)
        self.tell(moved, was)
        return redirect(self.back_url())

    def form_invalid(self, form: MoveForm) -> HttpResponse:
        """The form once more; what is offered is read anew."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def tell(self, moved: Booking, was: Slot) -> None:
        """Note it in the log, and say so."""
        data = {"from": was.starts.isoformat(), "to": moved.slot.starts.isoformat()}
        log(moved, MOVE_BOOKING, user=self.request.user, data=data)
        text = gettext("The booking was moved to %(when)s. Its booker is told by mail.")
        messages.success(self.request, text % {"when": moved.slot.when()})
