"""A host's own calendar in the admin: its address, made and renewed by whoever manages the bookings."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from keino_academy.booking import actions
from keino_academy.booking.feeds import feed_facts, feed_of, host_holder
from keino_academy.core.views import seal

_LABEL = _("Host’s calendar address")


class HostFeedView(WagtailAdminTemplateMixin, View):
    """The address and when it was last fetched; only a POST makes or renews it."""

    viewset: Any = None
    template_name = "keino_academy/admin/host_feed.html"
    header_icon = "link"
    page_title = _LABEL
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Another academy's host is not found."""
        if not self.viewset.policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        self.host = get_object_or_404(self.viewset.scope(request.user, "change"), pk=kwargs.pop("pk"))
        return seal(super().dispatch(request, *args, **kwargs))

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        """The address; with ``?renew`` the question."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Make the address, or another one in place of the one that there is."""
        academy, holder = self.host.academy, host_holder(self.host)
        feed = feed_of(academy, holder) if "renew" in request.POST else None
        if feed:
            actions.renew_feed(feed, academy.language)
        else:
            actions.make_feed(academy, holder, academy.language)
        return redirect(request.path)

    def get_page_subtitle(self) -> str:
        """Whose it is."""
        return self.host.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the host."""
        way = [
            {"url": reverse(self.viewset.get_url_name("index")), "label": self.viewset.menu_label},
            {"url": self.host_url, "label": self.host.name},
        ]
        return [*self.breadcrumbs_items, *way, {"url": "", "label": _LABEL}]

    @property
    def host_url(self) -> str:
        """The host in the admin."""
        return reverse(self.viewset.get_url_name("edit"), args=[self.host.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The address, if there is one, and whether it is to be renewed."""
        facts = feed_facts(self.host.academy, host_holder(self.host))
        asks = bool(facts) and "renew" in self.request.GET
        return super().get_context_data(feed=facts, asks=asks, back_url=self.host_url, **kwargs)
