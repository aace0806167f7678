"""What the admin's pages on which something is done with one application share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from keino_academy.core.admin_views import ScopedRowFormView


class DoingView(ScopedRowFormView):
    """A form about one application, with the way back to it."""

    def get_page_subtitle(self) -> str:
        """Whose application it is."""
        return str(self.object.organisation)

    @property
    def application_url(self) -> str:
        """The application in the admin."""
        return reverse("keino_applications:inspect", args=[self.object.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the application."""
        way = {"url": reverse("keino_applications:index"), "label": gettext("Applications")}
        row = {"url": self.application_url, "label": self.object.reference}
        return [*self.breadcrumbs_items, way, row, {"url": "", "label": self.page_title}]
