"""What applications hang into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks

from keino_academy.applications.actions import MOVE_ACTION
from keino_academy.applications.mail_viewsets import MailSummary, MailViewSet
from keino_academy.applications.viewsets import ApplicationViewSet
from keino_academy.core.admin import VIEWSETS_HOOK, ScopedViewSet


@hooks.register(VIEWSETS_HOOK)
def viewsets() -> list[ScopedViewSet]:
    """Applications, and mail that waits."""
    return [ApplicationViewSet(), MailViewSet()]


@hooks.register("construct_homepage_summary_items")
def mail_summary(request: HttpRequest, items: list[Any]) -> None:
    """How many mails wait."""
    items.append(MailSummary(request))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name the moves in the log."""
    actions.register_action(MOVE_ACTION, pgettext_lazy("an application", "Move"), _("Moved the application"))
