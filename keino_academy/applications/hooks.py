"""What applications hang into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from keino_academy.announcement.enums import Right
from keino_academy.announcement.queries import may_in
from keino_academy.applications.actions import CLEAR_ACTION, EXTEND_ACTION, MOVE_ACTION, NOTES_ACTION
from keino_academy.applications.changed_forms import (
    remember_form,
    tell_of_changed_form,
    warn_of_answers,
)
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.late_views import late_buttons
from keino_academy.applications.mail_viewsets import MailSummary, MailViewSet
from keino_academy.applications.models import Application
from keino_academy.applications.note_views import notes_button
from keino_academy.applications.queries import is_held
from keino_academy.applications.return_views import return_buttons
from keino_academy.applications.unbooked import NUDGE_ACTION
from keino_academy.applications.viewsets import BUTTONS_HOOK, ApplicationViewSet
from keino_academy.core.admin import VIEWSETS_HOOK, ScopedViewSet


@hooks.register(VIEWSETS_HOOK)
def viewsets() -> list[ScopedViewSet]:
    """Applications, and mail that waits."""
    return [ApplicationViewSet(), MailViewSet()]


hooks.register("before_edit_page", warn_of_answers)
hooks.register("before_publish_page", remember_form)
hooks.register("after_publish_page", tell_of_changed_form)
hooks.register(BUTTONS_HOOK, return_buttons)
hooks.register(BUTTONS_HOOK, late_buttons)
hooks.register(BUTTONS_HOOK, notes_button)


@hooks.register("construct_homepage_summary_items")
def mail_summary(request: HttpRequest, items: list[Any]) -> None:
    """How many mails wait."""
    items.append(MailSummary(request))


@hooks.register(BUTTONS_HOOK)
def clear_button(application: Application, user: Any) -> list[Button]:
    """Letting through what is held back, for who may decide."""
    if not is_held(application) or application.state == ApplicationState.DRAFT:
        return []
    if not may_in(user, application.academy, Right.DECIDE):
        return []
    url = reverse("keino_applications:clear", args=[application.pk])
    return [Button(gettext("Let it through"), url=url, icon_name="check", priority=5)]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name the moves, the reminders and what was let through in the log."""
    actions.register_action(MOVE_ACTION, pgettext_lazy("an application", "Move"), _("Moved the application"))
    actions.register_action(NUDGE_ACTION, _("Remind to book"), _("Reminded to book a time"))
    actions.register_action(CLEAR_ACTION, _("Let it through"), _("Let the application through"))
    actions.register_action(EXTEND_ACTION, _("Give more time"), _("Gave more time to the application"))
    actions.register_action(NOTES_ACTION, _("Note of a discussion"), _("Wrote notes of the discussion"))
