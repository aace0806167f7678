"""Letting through in the admin what was held back: a page that says what will happen, and a button."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from keino_academy.announcement.enums import Right
from keino_academy.announcement.queries import academies_for
from keino_academy.applications.actions import NotPossible, clear
from keino_academy.applications.models import Application
from keino_academy.applications.queries import is_held, visible_to_organisers
from keino_academy.core.suspicion import words_of
from keino_academy.core.views import seal


class ClearView(WagtailAdminTemplateMixin, View):
    """One application that was held back, for who decides in its academy."""

    template_name = "keino_academy/admin/applications/clear.html"
    page_title = _("Let it through")
    header_icon = "check"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who decides nowhere is refused as Wagtail does; another academy's application is not found."""
        mine = academies_for(request.user, Right.DECIDE)
        if not mine.exists():
            raise PermissionDenied
        rows = Application.objects.filter(visible_to_organisers(), academy__in=mine).select_related("academy")
        self.application = get_object_or_404(rows, pk=kwargs.pop("pk"))
        return seal(super().dispatch(request, *args, **kwargs))

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        """What will happen."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Do it, or say that it was done."""
        try:
            clear(self.application, request.user)
        except NotPossible as reason:
            messages.error(request, str(reason))
        else:
            said = gettext("%(organisation)s was let through. The mails go out now.")
            messages.success(request, said % {"organisation": self.application.organisation})
        return redirect(self.application_url)

    @property
    def application_url(self) -> str:
        """The application in the admin."""
        return reverse("keino_applications:inspect", args=[self.application.pk])

    def get_page_subtitle(self) -> str:
        """Whose application it is."""
        return self.application.organisation

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the application."""
        way = {"url": self.application_url, "label": self.application.reference}
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.application.organisation}
        return [*self.breadcrumbs_items, way, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why it is held back, and who gets which mail."""
        return super().get_context_data(
            application=self.application,
            held=is_held(self.application),
            reason=words_of(self.application.suspicion),
            application_url=self.application_url,
            **kwargs,
        )
