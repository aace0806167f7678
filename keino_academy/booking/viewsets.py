"""Booking in Wagtail's admin: sessions, times, bookings and hosts, each academy's for its own people."""

from __future__ import annotations

from typing import Any

import wagtail
from django.contrib.admin.utils import unquote
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import academies_for
from keino_academy.booking.admin_views import (
    CancelBookingView,
    CancelSlotView,
    SlotCreateView,
    SlotEditView,
)
from keino_academy.booking.attendance_views import AttendanceView
from keino_academy.booking.batch_views import ManySlotsView
from keino_academy.booking.calendar_views import HostCalendarsView
from keino_academy.booking.desk_queries import shown, with_title
from keino_academy.booking.host_feeds import HostFeedView
from keino_academy.booking.host_forms import HostForm
from keino_academy.booking.host_views import HostEditView, HostIndexView
from keino_academy.booking.lists import BookingFilters, BookingInspectView, BookingListView, SlotListView
from keino_academy.booking.models import BookableSession, Booking, Host, Slot, SlotSeries
from keino_academy.booking.move_views import MoveBookingView
from keino_academy.booking.queries import with_booked
from keino_academy.booking.rows import (
    BOOKING_COLUMNS,
    HEADINGS,
    SLOT_COLUMNS,
    attendance_of,
    personal,
    state_of,
)
from keino_academy.booking.sample_views import SessionMailsView
from keino_academy.booking.session_choosers import SessionChooserViewSet
from keino_academy.booking.session_views import SessionEditView
from keino_academy.booking.slot_forms import SlotForm
from keino_academy.booking.week_views import DayView, WeekView
from keino_academy.core.admin import ScopedPolicy, ScopedViewSet


class BookingsViewSet(ScopedViewSet):
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


class SlotViewSet(BookingsViewSet):
    """Times: made one by one or by days and hours, changed, cancelled."""

    model = Slot
    icon = "calendar-alt"
    menu_label = _("Times")
    name = "keino_slots"
    owner = "series__academy"
    allows = frozenset({"view", "add", "change", "cancel"})
    logs_reading = False
    index_view_class = SlotListView
    add_view_class = SlotCreateView
    edit_view_class = SlotEditView
    list_display = [
        "when",
        Column("series", label=_("Series"), accessor="said"),
        Column("booked", label=_("Booked"), accessor=lambda slot: f"{slot.booked} / {slot.seats}"),
        StatusTagColumn(
            "state", label=_("State"), accessor=lambda slot: slot.state, primary=lambda slot: slot.is_coming
        ),
    ]
    list_filter = ["series"]
    list_export = SLOT_COLUMNS
    export_headings = HEADINGS
    export_filename = "times"
    list_per_page = 50
    ordering = ["starts", "pk"]

    def scope(self, user: Any, action: str = "view") -> QuerySet[Slot]:
        """The user's times with the number of their bookings."""
        rows = with_title(with_booked(super().scope(user, action)), "series__")
        return rows.select_related("series__academy").prefetch_related("hosts")

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


class BookingViewSet(BookingsViewSet):
    """Bookings: who comes when; read, and cancelled by the organiser."""

    model = Booking
    icon = "calendar-check"
    menu_label = _("Bookings")
    name = "keino_bookings"
    owner = "series__academy"
    allows = frozenset({"view", "cancel", "move", "mark"})
    form_fields = ["note"]
    index_view_class = BookingListView
    inspect_view_class = BookingInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["reference", "when", "series", "hosts", "place", "person", "organisation", "email",
                           "language", "note", "state", "attendance", "booked_at", "cancelled_at"]  # fmt: skip
    list_display = [
        "person",
        Column(
            "organisation",
            label=_("Organisation"),
            accessor=personal("organisation"),
            sort_key="organisation",
        ),
        Column("series", label=_("Series"), accessor="said"),
        Column(
            "when", label=_("When"), accessor=lambda booking: booking.slot.when(), sort_key="slot__starts"
        ),
        StatusTagColumn(
            "state", label=_("State"), accessor=state_of, primary=lambda booking: booking.state == "booked"
        ),
        Column("attendance", label=_("Attendance"), accessor=attendance_of, sort_key="attendance"),
    ]
    filterset_class = BookingFilters
    list_export = BOOKING_COLUMNS
    export_headings = HEADINGS
    export_filename = "bookings"
    list_per_page = 50
    ordering = ["slot__starts", "pk"]

    def scope(self, user: Any, action: str = "view") -> QuerySet[Booking]:
        """The user's bookings with their time; not what was kept once and ran out."""
        rows = with_title(super().scope(user, action).filter(shown()), "series__")
        return rows.select_related("slot__series__academy", "series__academy").prefetch_related("slot__hosts")

    def get_urlpatterns(self) -> list[Any]:
        """Also: the week, the day, who came, moving and cancelling."""
        more = {"week/": WeekView, "day/": DayView, "attendance/": AttendanceView}
        on_one = {"move": MoveBookingView, "cancel": CancelBookingView}
        return [
            *super().get_urlpatterns(),
            *(path(at, self.construct_view(view), name=at[:-1]) for at, view in more.items()),
            *(path(f"{at}/<int:pk>/", self.construct_view(view), name=at) for at, view in on_one.items()),
        ]


class HostViewSet(BookingsViewSet):
    """Those who meet people who book."""

    model = Host
    icon = "user"
    menu_label = _("Hosts")
    name = "keino_hosts"
    allows = frozenset({"view", "add", "change", "delete"})
    index_view_class = HostIndexView
    edit_view_class = HostEditView
    list_display = ["name", "email", "academy", Column("times", label=_("Times"), accessor="times")]

    def get_form_class(self, for_update: bool = False) -> type[HostForm]:  # noqa: ARG002 - one form
        """The form with place and link."""
        return HostForm

    def scope(self, user: Any, action: str = "view") -> QuerySet[Host]:
        """The user's hosts with the number of their times."""
        return super().scope(user, action).annotate(times=Count("slots")).select_related("academy")

    def get_urlpatterns(self) -> list[Any]:
        """Also: the host's own calendars, and the one that the host subscribes to."""
        calendars = self.construct_view(HostCalendarsView)
        feed = self.construct_view(HostFeedView)
        return [
            *super().get_urlpatterns(),
            path("calendars/<int:pk>/", calendars, name="calendars"),
            path("feed/<int:pk>/", feed, name="feed"),
        ]


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
    chooser_viewset_class = SessionChooserViewSet
    edit_view_class = SessionEditView
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

    def get_urlpatterns(self) -> list[Any]:
        """Also: the mails and calendar entries that a session writes."""
        mails = self.construct_view(SessionMailsView)
        return [*super().get_urlpatterns(), path("mails/<int:pk>/", mails, name="mails")]
