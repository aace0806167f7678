"""Applications in Wagtail's admin: the list, and one application as its readers see it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.clear_views import ClearView
from keino_academy.applications.file_views import ReadFileView
from keino_academy.applications.inspecting import BUTTONS_HOOK, ApplicationInspectView
from keino_academy.applications.late_views import AcceptLateView, ExtendView
from keino_academy.applications.lists import ApplicationFilters, ApplicationIndexView
from keino_academy.applications.models import Application
from keino_academy.applications.note_views import NotesView
from keino_academy.applications.nudge_views import NudgeView, UnbookedView
from keino_academy.applications.pilot_views import PilotsView
from keino_academy.applications.queries import visible_to_organisers
from keino_academy.applications.return_views import ReturnView
from keino_academy.applications.rights import deciding_academies, readable_academies
from keino_academy.core.admin import ScopedViewSet

__all__ = ["BUTTONS_HOOK", "ApplicationViewSet"]


class ApplicationViewSet(ScopedViewSet):
    """Applications: read here; what changes them are the buttons of the rooms above."""

    model = Application
    allows = frozenset({"view", "decide"})
    name = "keino_applications"
    url_prefix = "academy/applications"
    icon = "form"
    menu_label = _("Applications")
    menu_order = 100
    inspect_view_enabled = True
    index_view_class = ApplicationIndexView
    inspect_view_class = ApplicationInspectView
    inspect_template_name = "keino_academy/admin/applications/inspect.html"
    index_results_template_name = "keino_academy/admin/applications/index_results.html"
    filterset_class = ApplicationFilters
    search_fields = ["reference", "organisation", "contact_name", "contact_email"]
    search_backend_name = None
    list_per_page = 50
    #: Any: the columns of the export are those of the answers (see ``answer_sheet``).
    list_export = ["reference"]
    export_filename = "applications"

    def owners(self, user: Any, action: str) -> QuerySet[Any]:
        """Where the user may read, or decide."""
        return deciding_academies(user) if action == "decide" else readable_academies(user)

    def scope(self, user: Any, action: str = "view") -> QuerySet[Any]:
        """No drafts, unless they are late: every view of a row and every list begins here."""
        return super().scope(user, action).filter(visible_to_organisers())

    def get_urlpatterns(self) -> list[Any]:
        """Also: letting through, more time, taking what is late, notes, who has not booked yet, returning for completion, pilots by month."""
        choose, remind = self.construct_view(UnbookedView), self.construct_view(NudgeView)
        return [
            *super().get_urlpatterns(),
            path("pilots/", self.construct_view(PilotsView), name="pilots"),
            path("pilots/<int:academy>/", self.construct_view(PilotsView), name="pilots_of"),
            path("return/<int:pk>/", self.construct_view(ReturnView), name="return"),
            path("<int:pk>/file/<int:file>/", self.construct_view(ReadFileView), name="file"),
            path("<int:pk>/clear/", self.construct_view(ClearView), name="clear"),
            path("<int:pk>/notes/", self.construct_view(NotesView), name="notes"),
            path("<int:pk>/extend/", self.construct_view(ExtendView), name="extend"),
            path("<int:pk>/accept/", self.construct_view(AcceptLateView), name="accept_late"),
            path("not-booked/", choose, name="unbooked"),
            path("not-booked/<int:series>/", remind, name="nudge"),
        ]
