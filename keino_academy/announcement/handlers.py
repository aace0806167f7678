"""What publishing and unpublishing pages set off; Wagtail unpublishes a page before it deletes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from keino_academy.announcement.actions import publish_academy, recount_children, withdraw_academy
from keino_academy.announcement.keeping import forget_all
from keino_academy.announcement.models import AbstractAcademyPage


@receiver(page_published, dispatch_uid="keino_academy_published")
def on_published(instance: Page, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """Count children anew, and let the academy follow its source page."""
    recount_children(instance)
    transaction.on_commit(forget_all)
    if isinstance(instance, AbstractAcademyPage):
        publish_academy(instance)


@receiver(page_unpublished, dispatch_uid="keino_academy_unpublished")
def on_unpublished(instance: Page, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """Close the call of a withdrawn page."""
    transaction.on_commit(forget_all)
    if isinstance(instance, AbstractAcademyPage):
        withdraw_academy(instance)


@receiver(post_page_move, dispatch_uid="keino_academy_moved")
def on_moved(**kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """A page that moved has another address."""
    transaction.on_commit(forget_all)
