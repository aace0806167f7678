"""The lists of bookings and times in the admin, with their filters, and one booking's page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from keino_academy.booking.admin_views import BookingIndexView, SlotIndexView
from keino_academy.booking.attendance_views import ATTENDANCE, attendance_url
from keino_academy.booking.desk_queries import to_mark
from keino_academy.booking.enums import Attendance, BookingState
from keino_academy.booking.models import Booking
from keino_academy.booking.rows import (
    BOOKING_VALUES,
    HEADINGS,
    SLOT_VALUES,
    attendance_of,
    hosts_of,
    language_of,
    moment_of,
    personal,
    state_of,
    who,
)
from keino_academy.booking.week_views import week_button
from keino_academy.core import clock
from keino_academy.core.admin_views import ScopedInspectView

_UNSAID = "unsaid"


def _states() -> list[tuple[str, str]]:
    kept = (BookingState.BOOKED, BookingState.HELD, BookingState.CANCELLED)
    return [(state.value, str(capfirst(state.label))) for state in kept]


def _attendances() -> list[tuple[str, Any]]:
    said = [(value, capfirst(words)) for value, words in Attendance.choices]
    return [*said, (_UNSAID, pgettext_lazy("whether somebody came", "Not said"))]


class BookingFilters(WagtailFilterSet):
    """By series, state and attendance."""

    state = ChoiceFilter(choices=_states, label=_("State"))
    attendance = ChoiceFilter(choices=_attendances, label=_("Attendance"), method="by_attendance")

    class Meta:
        model = Booking
        fields = ["series"]

    def by_attendance(self, rows: QuerySet[Booking], name: str, value: str) -> QuerySet[Booking]:
        """Who came, who did not, and of whom it should be said."""
        return to_mark(rows).filter(attendance="") if value == _UNSAID else rows.filter(**{name: value})


class _WhoColumn(ButtonsColumnMixin, TitleColumn):
    """The first column, with the buttons that its view gives each row."""

    view: Any = None

    def get_buttons(self, instance: Booking, parent_context: Any) -> list[Any]:  # noqa: ARG002 - Wagtail's
        """As Wagtail's own title column does."""
        return self.view.get_list_buttons(instance)


class BookingListView(BookingIndexView):
    """All bookings, with the week and who came beside them."""

    export_values = BOOKING_VALUES

    @cached_property
    def columns(self) -> list[Column]:
        """The person first, from whom the row's buttons hang; of a seat that is only held its state."""
        first = _WhoColumn(
            "person", label=_("Name"), accessor=who, get_url=self.get_inspect_url, sort_key="person"
        )
        first.view = self
        return [first, *super().columns[1:]]

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The week, and today's attendance."""
        marking = HeaderButton(_("Who came"), url=reverse(ATTENDANCE), icon_name="user")
        return [*super().header_buttons, week_button(), marking]

    def get_list_more_buttons(self, instance: Booking) -> list[Any]:
        """Also: move."""
        buttons = super().get_list_more_buttons(instance)
        return [*buttons, *(MenuItem(**button, priority=20) for button in _doings(instance))]


class SlotListView(SlotIndexView):
    """All times, with the week beside them."""

    export_values = SLOT_VALUES

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Also: the week."""
        return [*super().header_buttons, week_button()]


class BookingInspectView(ScopedInspectView):
    """One booking. Of a seat that is only held nobody is named."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What can be done with it."""
        doings = [Button(**button, priority=20) for button in _doings(self.object)]
        if self.object.state != BookingState.BOOKED:
            return [*super().header_more_buttons, *doings]
        url = reverse("keino_bookings:cancel", args=[self.object.pk])
        cancel = Button(
            pgettext_lazy("a time or a booking", "Cancel"), url=url, icon_name="cross", priority=40
        )
        return [*super().header_more_buttons, *doings, cancel]

    def get_field_label(self, field_name: str, field: Any) -> str:
        """The words of the spreadsheet, or the field's own."""
        heading = HEADINGS.get(field_name)
        return str(heading) if heading else super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """In the academy's zone and the user's language."""
        booking: Any = self.object
        if field_name in {"person", "organisation", "email", "note"}:
            return personal(field_name)(booking) or "–"
        if field_name in {"booked_at", "cancelled_at"}:
            return moment_of(booking, field_name)
        said = {
            "series": lambda: booking.said,
            "hosts": lambda: hosts_of(booking.slot) or "–",
            "place": lambda: booking.slot.place or "–",
            "state": lambda: state_of(booking),
            "attendance": lambda: attendance_of(booking),
            "language": lambda: language_of(booking),
        }
        value = said.get(field_name)
        return value() if value else super().get_field_display_value(field_name, field)


def _doings(booking: Booking) -> list[dict[str, Any]]:
    """What can be done with a valid booking: move it, and say who came once it has begun."""
    if booking.state != BookingState.BOOKED:
        return []
    move = {
        "label": pgettext_lazy("a booking", "Move"),
        "url": reverse("keino_bookings:move", args=[booking.pk]),
        "icon_name": "calendar-alt",
    }
    came = {"label": _("Who came"), "url": attendance_url(booking.slot_id), "icon_name": "user"}
    return [move, came] if booking.slot.starts <= clock.now() else [move]
