"""Deciding in the admin: a page that says what will happen, and a button."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from keino_academy.announcement.enums import Right
from keino_academy.announcement.queries import academies_for
from keino_academy.core.admin import READ_ACTION
from keino_academy.core.views import seal
from keino_academy.selection import actions, queries
from keino_academy.selection.decisions import SELECT, Decision, walk


class DecideView(WagtailAdminTemplateMixin, View):
    """One decision on one application."""

    decision: Decision = SELECT
    template_name = "keino_academy/selection/decide.html"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who decides nowhere is refused as Wagtail does; another academy's application is not found."""
        if not academies_for(request.user, Right.DECIDE).exists():
            raise PermissionDenied
        self.application = get_object_or_404(queries.decidable(request.user), pk=kwargs.pop("pk"))
        return seal(super().dispatch(request, *args, **kwargs))

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        """What will happen."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Do it, or say who was there first."""
        names = {"organisation": self.application.organisation}
        try:
            actions.decide(self.application, self.decision.name, request.user, request.POST.get("seen", ""))
        except actions.NotPossible as error:
            messages.error(request, f"{error} {queries.last_move(self.application)}".strip())
        else:
            messages.success(request, str(self.decision.done) % names)
        return redirect(self.application_url)

    @property
    def application_url(self) -> str:
        """The application in the admin."""
        return reverse("keino_applications:inspect", args=[self.application.pk])

    def get_page_title(self) -> str:
        """The decision's name."""
        return str(self.decision.label)

    def get_page_subtitle(self) -> str:
        """Whose application it is."""
        return self.application.organisation

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the application."""
        way = {"url": self.application_url, "label": self.application.reference}
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.application.organisation}
        return [*self.breadcrumbs_items, way, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What happens, step by step, and which mail goes to whom."""
        application = self.application
        letters = queries.letters_of(application)
        notes = queries.notes_for(self.request.user, application)
        if notes and self.request.method == "GET":
            # Who reads of an application is noted, wherever it is read.
            log(application, READ_ACTION, user=self.request.user)
        return super().get_context_data(
            application=application,
            decision=self.decision,
            steps=walk(self.decision, application.state),
            letters=list(letters.order_by("-pk")[:3]) if self.decision.name == "reopen" else [],
            language=_language_name(application.language),
            notes=notes,
            last_move=queries.last_move(application),
            application_url=self.application_url,
            header_icon=self.decision.icon,
            **kwargs,
        )


def _language_name(code: str) -> str:
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
