"""The calendar's entry in the menu "Academy"; its pages are among those of bookings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from keino_academy.booking.models import Booking
from keino_academy.booking.week_views import WEEK
from keino_academy.core.admin import scoped_policies


class _CalendarItem(MenuItem):
    """Shown to those who see bookings."""

    def is_shown(self, request: HttpRequest) -> bool:
        """As the list of bookings is."""
        return scoped_policies()[Booking].user_has_permission(request.user, "view")


class CalendarViewSet(ViewSet):
    """The way to the week."""

    name = "keino_calendar"
    menu_label = _("Calendar of bookings")
    menu_icon = "calendar"
    menu_item_class: Any = _CalendarItem

    @cached_property
    def menu_url(self) -> str:
        """This week."""
        return reverse(WEEK)
