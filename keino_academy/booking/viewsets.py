"""Booking in Wagtail's admin: sessions, times, bookings and hosts, each academy's for its own people."""

from __future__ import annotations

from typing import Any

import wagtail
from django.contrib.admin.utils import unquote
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import academies_for
from keino_academy.booking.admin_views import (
    BookingIndexView,
    CancelBookingView,
    CancelSlotView,
    ManySlotsView,
    SlotCreateView,
    SlotEditView,
    SlotIndexView,
)
from keino_academy.booking.models import BookableSession, Booking, Host, Slot, SlotSeries
from keino_academy.booking.queries import with_booked
from keino_academy.booking.slot_forms import SlotForm
from keino_academy.core.admin import ScopedPolicy, ScopedViewSet
from keino_academy.core.choosers import ChooseOnlyViewSet


class _BookingsViewSet(ScopedViewSet):
    """Rows that those see who manage the academy's bookings."""

    add_to_admin_menu = False

    def owners(self, user: Any, action: str) -> QuerySet[Academy]:  # noqa: ARG002 - one right for all
        """The academies whose bookings the user manages."""
        return academies_for(user, Right.BOOKINGS)

    def choices(self, user: Any, action: str, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Series are those of the user's academies."""
        if rows.model is SlotSeries:
            return rows.filter(academy__in=self.owners(user, action)).select_related("academy")
        return super().choices(user, action, name, rows)


class SlotViewSet(_BookingsViewSet):
    """Times: made one by one or by days and hours, changed, cancelled."""

    model = Slot
    icon = "calendar-alt"
    menu_label = _("Times")
    name = "keino_slots"
    owner = "series__academy"
    allows = frozenset({"view", "add", "change", "cancel"})
    logs_reading = False
    index_view_class = SlotIndexView
    add_view_class = SlotCreateView
    edit_view_class = SlotEditView
    list_display = [
        "when",
        Column("series", label=_("Series"), accessor="series.title"),
        Column("booked", label=_("Booked"), accessor=lambda slot: f"{slot.booked} / {slot.seats}"),
        StatusTagColumn(
            "state", label=_("State"), accessor=lambda slot: slot.state, primary=lambda slot: slot.is_coming
        ),
    ]
    list_filter = ["series"]
    list_per_page = 50
    ordering = ["starts", "pk"]

    def scope(self, user: Any, action: str = "view") -> QuerySet[Slot]:
        """The user's times with the number of their bookings."""
        return with_booked(super().scope(user, action)).select_related("series__academy")

    def get_form_class(self, for_update: bool = False) -> type[SlotForm]:  # noqa: ARG002 - one form
        """The form in wall-clock time."""
        return SlotForm

    def get_urlpatterns(self) -> list[Any]:
        """Also: many at once, and cancelling."""
        many = self.construct_view(ManySlotsView)
        cancel = self.construct_view(CancelSlotView)
        return [
            *super().get_urlpatterns(),
            path("many/", many, name="many"),
            path("cancel/<int:pk>/", cancel, name="cancel"),
        ]


class BookingViewSet(_BookingsViewSet):
    """Bookings: who comes when; read, and cancelled by the organiser."""

    model = Booking
    icon = "calendar-check"
    menu_label = _("Bookings")
    name = "keino_bookings"
    owner = "series__academy"
    allows = frozenset({"view", "cancel"})
    form_fields = ["note"]
    index_view_class = BookingIndexView
    inspect_view_enabled = True
    inspect_view_fields = ["reference", "when", "series", "person", "organisation", "email", "language",
                           "note", "state", "booked_at", "cancelled_at"]  # fmt: skip
    list_display = [
        "person",
        "organisation",
        Column(
            "when", label=_("When"), accessor=lambda booking: booking.slot.when(), sort_key="slot__starts"
        ),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda booking: capfirst(booking.get_state_display()),
            primary=lambda booking: booking.state == "booked",
        ),
    ]
    list_filter = ["series", "state"]
    list_export = ["reference", "person", "organisation", "email", "when", "state", "note"]
    list_per_page = 50
    ordering = ["slot__starts", "pk"]

    def scope(self, user: Any, action: str = "view") -> QuerySet[Booking]:
        """The user's bookings with their time."""
        return super().scope(user, action).select_related("slot__series__academy", "series")

    def get_urlpatterns(self) -> list[Any]:
        """Also: cancelling."""
        cancel = self.construct_view(CancelBookingView)
        return [*super().get_urlpatterns(), path("cancel/<int:pk>/", cancel, name="cancel")]


class HostViewSet(_BookingsViewSet):
    """Those who meet people who book."""

    model = Host
    icon = "user"
    menu_label = _("Hosts")
    name = "keino_hosts"
    allows = frozenset({"view", "add", "change", "delete"})
    form_fields = ["academy", "name", "email"]
    list_display = ["name", "email", "academy", Column("times", label=_("Times"), accessor="times")]

    def scope(self, user: Any, action: str = "view") -> QuerySet[Host]:
        """The user's hosts with the number of their times."""
        return super().scope(user, action).annotate(times=Count("slots")).select_related("academy")


class _OwnSession:
    """Closes every snippet view of one session to editors of other academies."""

    owner_viewset: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "pk" in kwargs:
            rows = self.owner_viewset.scope(request.user, "view")
            get_object_or_404(rows, pk=unquote(str(kwargs["pk"])))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class SessionViewSet(SnippetViewSet):
    """Sessions that can be booked: snippets, since pages choose them and people translate them."""

    model = BookableSession
    icon = "calendar-alt"
    chooser_viewset_class = ChooseOnlyViewSet
    list_display = ["title", "academy", "locale"]
    copy_view_enabled = False
    #: What Wagtail asks of a snippet; who manages an academy's bookings may do all of it.
    allows = frozenset({"view", "add", "change", "delete", "publish"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = ScopedPolicy(self)
        if wagtail.VERSION >= (8, 0):
            from wagtail.permissions import register_permission_policy

            register_permission_policy(self.model, self.policy, exact_class=True)

    @property
    def permission_policy(self) -> ScopedPolicy:
        """The policy, where Wagtail 7.4 looks for it."""
        return self.policy

    def owners(self, user: Any, action: str) -> QuerySet[Academy]:  # noqa: ARG002 - one right for all
        """The academies whose bookings the user manages."""
        return academies_for(user, Right.BOOKINGS)

    def scope(self, user: Any, action: str = "view") -> QuerySet[BookableSession]:
        """The user's sessions."""
        return self.model.objects.filter(academy__in=self.owners(user, action))

    def get_queryset(self, request: HttpRequest) -> QuerySet[BookableSession]:
        """What the list shows."""
        return self.scope(request.user)

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Every view of a session, closed to others."""
        closed = type(view_class.__name__, (_OwnSession, view_class), {"owner_viewset": self})
        return super().construct_view(closed, **kwargs)
