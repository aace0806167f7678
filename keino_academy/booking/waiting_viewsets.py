"""The waiting list in the admin: read, exported, and somebody taken off it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.log_actions import log

from keino_academy.booking import actions
from keino_academy.booking.desk_queries import with_place, with_title
from keino_academy.booking.enums import WAITS, WaitingState
from keino_academy.booking.models import Waiting
from keino_academy.booking.rows import HEADINGS, WAITING_COLUMNS, WAITING_VALUES, line_of, moment_of
from keino_academy.booking.viewsets import BookingsViewSet
from keino_academy.core import dates
from keino_academy.core.admin_views import ScopedDeleteView, ScopedIndexView

#: The action in Wagtail's log.
REMOVE_WAITING = "keino_academy.remove_waiting"


class _Places(WagtailPaginator):
    """Counts places: the model's plural is the whole list's name."""

    verbose_name_plural = _("places in the waiting list")


class WaitingListView(ScopedIndexView):
    """All places, the first ones first."""

    export_values = WAITING_VALUES
    verbose_name_plural = _("places in the waiting list")
    paginator_class = _Places

    def get_list_more_buttons(self, instance: Waiting) -> list[Any]:
        """Take somebody off the list."""
        buttons = super().get_list_more_buttons(instance)
        if instance.state not in WAITS:
            return buttons
        url = reverse(self.viewset.get_url_name("remove"), args=[instance.pk])
        return [
            *buttons,
            MenuItem(_("Take off the list"), url=url, icon_name="cross", priority=40),
        ]


class RemoveWaitingView(ScopedDeleteView):
    """A question, and a button that takes somebody off the list. Nothing is deleted."""

    scope_action = "remove"
    permission_required = "remove"
    template_name = "keino_academy/admin/desk/remove_waiting.html"
    page_title = _("Take off the list")
    success_message = _("They were taken off the waiting list.")
    usage_url_name = None

    def get_delete_url(self) -> str:
        """The form comes back here."""
        return reverse(self.viewset.get_url_name("remove"), args=[self.object.pk])

    def get_usage_url(self) -> None:
        """Not shown: nothing is deleted."""
        return

    @property
    def confirmation_message(self) -> str:
        """Who, and what becomes of an offer."""
        who = {"person": self.object.person, "series": self.object.said}
        text = gettext("%(person)s, %(series)s. No mail is sent of this: tell them yourself.") % who
        if self.object.state != WaitingState.OFFERED:
            return text
        return f"{text} {gettext('The time that is offered to them goes to whoever is next.')}"

    def delete_action(self) -> None:
        """Take them off, once."""
        if self.object.state in WAITS:
            actions.leave(self.object)
            log(self.object, REMOVE_WAITING, user=self.request.user)


class WaitingViewSet(BookingsViewSet):
    """Who waits for a time, and who did."""

    model = Waiting
    icon = "list-ol"
    menu_label = _("Waiting list")
    name = "keino_waiting"
    owner = "series__academy"
    allows = frozenset({"view", "remove"})
    index_view_class = WaitingListView
    list_display = [
        "person",
        "organisation",
        Column("series", label=_("Bookable session"), accessor="said"),
        Column(
            "joined_at",
            label=_("Waits since"),
            accessor=lambda row: moment_of(row, "joined_at"),
            sort_key="joined_at",
        ),
        Column("day", label=_("Only on"), accessor=lambda row: dates.dated(row.day) if row.day else "–"),
        Column("line", label=_("Place in line"), accessor=line_of),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda row: capfirst(row.get_state_display()),
            primary=lambda row: row.state in WAITS,
        ),
    ]
    list_filter = ["series", "state"]
    list_export = WAITING_COLUMNS
    export_headings = HEADINGS
    export_filename = "waiting-list"
    list_per_page = 50
    ordering = ["series", "pk"]

    def scope(self, user: Any, action: str = "view") -> QuerySet[Waiting]:
        """The user's, with the series' title and the place in line."""
        rows = with_title(super().scope(user, action), "series__")
        return with_place(rows).select_related("series__academy")

    def get_urlpatterns(self) -> list[Any]:
        """The list, and taking off: a place has no page of its own."""
        kept = [one for one in super().get_urlpatterns() if one.name in {"index", "index_results"}]
        # A time that was offered is passed on in a transaction of its own.
        remove = transaction.non_atomic_requests(self.construct_view(RemoveWaitingView))
        return [*kept, path("remove/<int:pk>/", remove, name="remove")]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The list leads nowhere else."""
        nowhere = dict.fromkeys(("edit_url_name", "delete_url_name", "add_url_name", "inspect_url_name"))
        return super().get_index_view_kwargs(**nowhere, **kwargs)
