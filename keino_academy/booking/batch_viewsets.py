"""The list of times that were made together, each academy's for its own people."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, ListingButton

from keino_academy.booking.batch_queries import with_numbers
from keino_academy.booking.batch_views import UNDO, BatchIndexView, TakeAwayView
from keino_academy.booking.models import SlotBatch
from keino_academy.booking.viewsets import BookingsViewSet
from keino_academy.core import dates


def _made(batch: SlotBatch) -> str:
    when = dates.moment(batch.series.academy.local(batch.made_at))
    by = batch.made_by
    return f"{when}, {by.get_full_name() or by.get_username()}" if by else when


def _state(batch: SlotBatch) -> str:
    if batch.undone_at is None:
        return pgettext("times that were made", "in use")
    return pgettext("times that were made", "taken away")


class _BatchColumn(ButtonsColumnMixin, TitleColumn):
    """When and by whom a batch was made, and the button that takes it away."""

    def get_buttons(self, instance: SlotBatch, parent_context: Any) -> list[Button]:  # noqa: ARG002 - Wagtail's
        """Nothing for what was taken away already."""
        if instance.undone_at is not None:
            return []
        url = reverse(UNDO, args=[instance.pk])
        return [
            ListingButton(
                _("Take away"), url=url, attrs={"aria-label": f"{_('Take away')}: {_made(instance)}"}
            )
        ]


class SlotBatchViewSet(BookingsViewSet):
    """Times that were made together: read, and taken away together. Not in the menu: the times lead here."""

    model = SlotBatch
    icon = "history"
    menu_label = _("Times made together")
    name = "keino_batches"
    owner = "series__academy"
    allows = frozenset({"view", "undo"})
    logs_reading = False
    index_view_class = BatchIndexView
    list_display = [
        _BatchColumn("made_at", label=_("Made"), accessor=_made, sort_key="made_at"),
        Column("series", label=_("Bookable session"), accessor="series.title"),
        Column("booked", label=_("Booked"), accessor=lambda batch: f"{batch.booked} / {batch.times}"),
        StatusTagColumn(
            "state", label=_("State"), accessor=_state, primary=lambda batch: batch.undone_at is None
        ),
    ]
    list_filter = ["series"]
    list_per_page = 50
    ordering = ["-made_at", "-pk"]

    def scope(self, user: Any, action: str = "view") -> QuerySet[SlotBatch]:
        """The user's batches with the numbers of their times and bookings."""
        return with_numbers(super().scope(user, action))

    def get_urlpatterns(self) -> list[Any]:
        """Also: taking away."""
        undo = self.construct_view(TakeAwayView)
        return [*super().get_urlpatterns(), path("undo/<int:pk>/", undo, name="undo")]
