"""What selecting hangs into Wagtail's admin: its views, and its buttons on an application."""

from __future__ import annotations

from typing import Any

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from keino_academy.announcement.enums import Right
from keino_academy.announcement.queries import may_in
from keino_academy.applications.models import Application
from keino_academy.selection.decisions import DECISIONS, open_decisions
from keino_academy.selection.views import DecideView


@hooks.register("register_admin_urls")
def decision_urls() -> list[URLResolver]:
    """One address for each decision."""
    patterns = [
        path(
            f"<int:pk>/{decision.name.replace('_', '-')}/",
            DecideView.as_view(decision=decision),
            name=decision.name,
        )
        for decision in DECISIONS
    ]
    return [path("academy/decide/", include((patterns, "keino_selection")))]


@hooks.register("keino_academy_application_buttons")
def decision_buttons(application: Application, user: Any) -> list[Button]:
    """The decisions that are possible now, for who may decide."""
    if not may_in(user, application.academy, Right.DECIDE):
        return []
    return [
        Button(
            str(decision.label),
            url=reverse(f"keino_selection:{decision.name}", args=[application.pk]),
            icon_name=decision.icon,
            priority=10 * number,
        )
        for number, decision in enumerate(open_decisions(application.state), 1)
    ]
