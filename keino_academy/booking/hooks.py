"""What booking gives Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from keino_academy.booking.admin_views import CANCEL_BOOKING, CANCEL_SLOT
from keino_academy.booking.models import BookableSession
from keino_academy.booking.viewsets import BookingViewSet, HostViewSet, SessionViewSet, SlotViewSet
from keino_academy.core.admin import VIEWSETS_HOOK

register_snippet(BookableSession, viewset=SessionViewSet)


@hooks.register(VIEWSETS_HOOK)
def viewsets() -> list[Any]:
    """Bookings, times and hosts in the menu "Academy"."""
    return [BookingViewSet(), SlotViewSet(), HostViewSet()]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is logged."""
    actions.register_action(CANCEL_SLOT, _("Cancel a time"), _("Cancelled a time"))
    actions.register_action(CANCEL_BOOKING, _("Cancel a booking"), _("Cancelled a booking"))
