"""What booking gives Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from keino_academy.booking.admin_views import CANCEL_BOOKING, CANCEL_SLOT
from keino_academy.booking.attendance_views import MARK_BOOKING
from keino_academy.booking.batch_views import MAKE_BATCH, TAKE_AWAY
from keino_academy.booking.batch_viewsets import SlotBatchViewSet
from keino_academy.booking.calendar_views import ADD_CALENDAR, REMOVE_CALENDAR
from keino_academy.booking.desk_menu import CalendarViewSet
from keino_academy.booking.models import BookableSession
from keino_academy.booking.move_views import MOVE_BOOKING
from keino_academy.booking.viewsets import BookingViewSet, HostViewSet, SessionViewSet, SlotViewSet
from keino_academy.booking.waiting_viewsets import REMOVE_WAITING, WaitingViewSet
from keino_academy.core.admin import VIEWSETS_HOOK

register_snippet(BookableSession, viewset=SessionViewSet)


@hooks.register(VIEWSETS_HOOK)
def viewsets() -> list[Any]:
    """The calendar, bookings, the waiting list, times and hosts in the menu "Academy"."""
    return [CalendarViewSet(), BookingViewSet(), WaitingViewSet(), SlotViewSet(), HostViewSet()]


@hooks.register("register_admin_viewset")
def batches() -> SlotBatchViewSet:
    """Times made together: not in the menu, since the list of times leads there."""
    return SlotBatchViewSet()


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is logged."""
    actions.register_action(CANCEL_SLOT, _("Cancel a time"), _("Cancelled a time"))
    actions.register_action(CANCEL_BOOKING, _("Cancel a booking"), _("Cancelled a booking"))
    actions.register_action(MAKE_BATCH, _("Make times"), _("Made times"))
    actions.register_action(TAKE_AWAY, _("Take away times"), _("Took away times"))
    actions.register_action(MOVE_BOOKING, _("Move a booking"), _("Moved a booking"))
    actions.register_action(MARK_BOOKING, _("Note who came"), _("Noted who came"))
    actions.register_action(
        REMOVE_WAITING, _("Take off the waiting list"), _("Took somebody off the waiting list")
    )
    actions.register_action(ADD_CALENDAR, _("Add a host’s calendar"), _("Added a host’s calendar"))
    actions.register_action(REMOVE_CALENDAR, _("Remove a host’s calendar"), _("Removed a host’s calendar"))
