"""Participations in the admin."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import academies_for
from keino_academy.core import dates
from keino_academy.core.admin import ScopedViewSet
from keino_academy.core.admin_views import ScopedIndexView, ScopedInspectView
from keino_academy.learning.member_views import InviteView, LeaveView
from keino_academy.learning.models import Participation


class ParticipationIndexView(ScopedIndexView):
    """The list of participations, with how many people are in each."""

    def get_base_queryset(self) -> QuerySet[Participation]:
        """The user's rows with the number of members who are in."""
        inside = Q(members__left_at__isnull=True)
        return (
            super()
            .get_base_queryset()
            .select_related("academy")
            .annotate(people=Count("members", filter=inside))
        )


class ParticipationInspectView(ScopedInspectView):
    """A participation with its members."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the members, those who have left last."""
        members = [
            (member, self.day_of(member.left_at or member.joined_at or member.invited_at))
            for member in self.object.members.order_by("left_at", "pk")
        ]
        return super().get_context_data(members=members, **kwargs)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Dates as the academy says them."""
        value = super().get_field_display_value(field_name, field)
        return self.day_of(value) if field_name in ("began_at", "ended_at") else value

    def day_of(self, at: datetime | None) -> str:
        """The day of a moment where the academy is; a dash when it has not come."""
        return dates.day(self.object.academy.local(at).date()) if at else "–"


class ParticipationViewSet(ScopedViewSet):
    """Who takes part; people are invited and marked as left here."""

    model = Participation
    name = "keino_participations"
    url_prefix = "academy/participations"
    icon = "group"
    menu_label = _("Participants")
    menu_order = 40
    add_to_admin_menu = False
    allows = frozenset({"view"})
    form_fields = ["organisation"]
    inspect_view_enabled = True
    inspect_view_fields = ["organisation", "academy", "began_at", "ended_at"]
    index_view_class = ParticipationIndexView
    inspect_view_class = ParticipationInspectView
    inspect_template_name = "keino_academy/learning/participation_inspect.html"
    list_display = [
        "organisation",
        "academy",
        Column("people", label=_("Members"), sort_key="people"),
        DateColumn("began_at", label=_("Began"), sort_key="began_at"),
        DateColumn("ended_at", label=_("Ended"), sort_key="ended_at"),
    ]
    list_filter = ["academy"]
    search_fields = ["organisation"]
    list_export = ["organisation", "academy", "began_at", "ended_at"]

    def owners(self, user: Any, action: str) -> QuerySet[Academy]:  # noqa: ARG002 - one right for all
        """The academies whose participants the user manages."""
        return academies_for(user, Right.PARTICIPANTS)

    def get_urlpatterns(self) -> list[URLPattern]:
        """The two verbs beside Wagtail's own views."""
        return [
            *super().get_urlpatterns(),
            path("invite/<int:pk>/", InviteView.as_view(), name="invite"),
            path("leave/<int:pk>/", LeaveView.as_view(), name="leave"),
        ]
