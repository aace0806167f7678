"""Hosts in the admin: the list, and editing one."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.widgets.button import Button, HeaderButton

from keino_academy.booking.models import Host
from keino_academy.core.admin_views import ScopedEditView, ScopedIndexView

_CALENDARS, _FEED = _("Calendars"), _("Host’s calendar address")


def calendars_url(host: Host) -> str:
    """Where a host's own calendars are read."""
    return reverse("keino_hosts:calendars", args=[host.pk])


def feed_url(host: Host) -> str:
    """Where the address is that a host subscribes to."""
    return reverse("keino_hosts:feed", args=[host.pk])


class HostIndexView(ScopedIndexView):
    """All hosts, each with the ways to their calendars."""

    def get_list_more_buttons(self, instance: Host) -> list[Any]:
        """Also: calendars that are read, and the one to subscribe to."""
        return [
            *super().get_list_more_buttons(instance),
            MenuItem(_CALENDARS, url=calendars_url(instance), icon_name="calendar", priority=15),
            MenuItem(_FEED, url=feed_url(instance), icon_name="link", priority=30),
        ]


class HostEditView(ScopedEditView):
    """A host, with the ways to their calendars."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Also: calendars that are read."""
        way = HeaderButton(_CALENDARS, url=calendars_url(self.object), icon_name="calendar")
        return [*super().header_buttons, way]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Also: the address to subscribe to."""
        way = Button(_FEED, url=feed_url(self.object), icon_name="link", priority=30)
        return [*super().header_more_buttons, way]
