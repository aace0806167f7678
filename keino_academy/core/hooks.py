"""What the core gives Wagtail's admin: the menu of academies, and names of what is logged."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from keino_academy.core.admin import EXPORT_ACTION, READ_ACTION, AcademyGroup


@hooks.register("register_admin_viewset")
def academy_group() -> AcademyGroup:
    """The menu "Academy" with the viewsets of all rooms."""
    return AcademyGroup()


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what the package logs."""
    actions.register_action(READ_ACTION, _("Read"), _("Read"))
    actions.register_action(EXPORT_ACTION, _("Export"), _("Exported rows"))
