"""Views of the admin that differ from Wagtail's generic ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.log_actions import log

from keino_academy.booking import actions
from keino_academy.booking.batch_views import batches_button, many_button
from keino_academy.booking.enums import BookingState
from keino_academy.booking.errors import BookingError, HostTwiceError
from keino_academy.booking.models import Booking, Slot
from keino_academy.core.admin_views import (
    ScopedCreateView,
    ScopedDeleteView,
    ScopedEditView,
    ScopedIndexView,
)

#: Actions in Wagtail's log.
CANCEL_SLOT, CANCEL_BOOKING = "keino_academy.cancel_slot", "keino_academy.cancel_booking"


class _CancelButtonMixin:
    """A list whose rows can be cancelled."""

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)  # type: ignore[misc]
        if self.can_cancel(instance):
            url = reverse(self.viewset.get_url_name("cancel"), args=[instance.pk])  # type: ignore[attr-defined]
            buttons.append(
                MenuItem(
                    pgettext_lazy("a time or a booking", "Cancel"), url=url, icon_name="cross", priority=40
                )
            )
        return buttons

    def can_cancel(self, instance: Any) -> bool:
        """Whether there is anything to cancel."""
        raise NotImplementedError


class SlotIndexView(_CancelButtonMixin, ScopedIndexView):
    """All times, with a button that adds many."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Add one, add many, and what was made together."""
        return [*super().header_buttons, many_button(), batches_button()]

    def can_cancel(self, instance: Slot) -> bool:
        """Whether the time still stands."""
        return instance.cancelled_at is None


class BookingIndexView(_CancelButtonMixin, ScopedIndexView):
    """All bookings."""

    def can_cancel(self, instance: Booking) -> bool:
        """Whether the booking is live."""
        return instance.state == BookingState.BOOKED


def _refused(view: Any, form: Any, error: BookingError) -> HttpResponseBase:
    """The form with what was typed, and the error beside what it is about."""
    form.add_error("hosts" if isinstance(error, HostTwiceError) else None, str(error))
    view.produced_error_message = view.get_error_message()
    return view.form_invalid(form)


class SlotCreateView(ScopedCreateView):
    """One new time."""

    success_message = _("The time was added.")

    def save_instance(self) -> Slot:
        """Write it by the form, which calls the verb."""
        slot = self.form.save()
        if slot.pk:
            log(slot, "wagtail.create", user=self.request.user)
        return slot

    def save_action(self) -> HttpResponseBase:
        """Say so when the same time was there already: nothing is doubled."""
        if not self.object.pk:
            messages.warning(self.request, _("That time with these hosts is there already."))
            return redirect(self.get_success_url())
        return super().save_action()

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Keep what was typed when a host sits elsewhere."""
        try:
            return super().form_valid(form)
        except BookingError as error:
            return _refused(self, form, error)


class SlotEditView(ScopedEditView):
    """Changing a time; those who booked it are told."""

    success_message = _("The time was changed. Those who booked it are told when its hour or place changed.")

    def get_page_subtitle(self) -> str:
        """The time as people say it."""
        return self.object.when()

    def save_instance(self) -> Slot:
        """Write it by the form, which calls the verb."""
        slot = self.form.save()
        log(slot, "wagtail.edit", user=self.request.user)
        return slot

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Keep what was typed when bookings stand in the way."""
        try:
            return super().form_valid(form)
        except BookingError as error:
            return _refused(self, form, error)


class _CancelView(ScopedDeleteView):
    """A question, and a button that cancels. Nothing is deleted."""

    scope_action = "cancel"
    permission_required = "cancel"
    template_name = "keino_academy/admin/booking_cancel.html"
    page_title = pgettext_lazy("a time or a booking", "Cancel")
    usage_url_name = None

    def get_page_subtitle(self) -> str:
        """The time as people say it."""
        return self.object.when()

    def get_delete_url(self) -> str:
        """The form comes back here."""
        return reverse(self.viewset.get_url_name("cancel"), args=[self.object.pk])

    def get_usage_url(self) -> None:
        """Not shown: nothing is deleted."""
        return


class CancelSlotView(_CancelView):
    """Taking a time away."""

    success_message = _("The time was cancelled.")

    @property
    def confirmation_message(self) -> str:
        """Which time, and who is told."""
        booked = self.object.booked
        told = ngettext(
            "%(count)s booking is cancelled with it, and its booker is told by mail.",
            "%(count)s bookings are cancelled with it, and their bookers are told by mail.",
            booked,
        ) % {"count": booked}
        return f"{self.object.when()}. {told}" if booked else f"{self.object.when()}."

    def delete_action(self) -> None:
        """Cancel it."""
        actions.cancel_slot(self.object)
        log(self.object, CANCEL_SLOT, user=self.request.user)


class CancelBookingView(_CancelView):
    """Cancelling a booking for its booker."""

    success_message = _("The booking was cancelled, and its booker is told by mail.")

    @property
    def confirmation_message(self) -> str:
        """Whose booking of which time."""
        text = _("%(person)s, %(when)s. The booker is told by mail, and the time is free again.")
        return text % {"person": self.object.person, "when": self.object.slot.when()}

    def delete_action(self) -> None:
        """Cancel it."""
        actions.cancel(self.object, by_organiser=True)
        log(self.object, CANCEL_BOOKING, user=self.request.user)
