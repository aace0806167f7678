"""What learning hangs into Wagtail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page

from keino_academy.core.admin import VIEWSETS_HOOK, ScopedViewSet
from keino_academy.learning import closing, guard
from keino_academy.learning.viewsets import ParticipationViewSet

# Before every other hook, Wagtail's own restrictions included.
hooks.register("before_serve_page", guard.guard_page, order=-1000)
hooks.register("before_serve_document", guard.guard_document, order=-1000)
# Outermost, so that nothing after it opens the answer to caches again.
hooks.register("on_serve_page", guard.seal_page, order=-1000)


@hooks.register("after_copy_page")
def close_copy(_request: HttpRequest, _page: Page, new_page: Page) -> None:
    """A recursive copy drops the restrictions of what is below it."""
    closing.close_tree(new_page)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """How the room's verbs are called in the history."""
    actions.register_action("keino_academy.invite", _("Invite a member"), _("Invited a member"))
    actions.register_action("keino_academy.leave", _("Mark a member as left"), _("Marked a member as left"))


@hooks.register(VIEWSETS_HOOK)
def viewsets() -> list[ScopedViewSet]:
    """Participations, for the menu "Academy"."""
    return [ParticipationViewSet()]
