"""What publishing and unpublishing pages set off; Wagtail unpublishes a page before it deletes it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from keino_academy.announcement.actions import publish_academy, recount_children, withdraw_academy
from keino_academy.announcement.models import AbstractAcademyPage


@receiver(page_published, dispatch_uid="keino_academy_published")
def on_published(instance: Page, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """Count children anew, and let the academy follow its source page."""
    recount_children(instance)
    if isinstance(instance, AbstractAcademyPage):
        publish_academy(instance)


@receiver(page_unpublished, dispatch_uid="keino_academy_unpublished")
def on_unpublished(instance: Page, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver
    """Close the call of a withdrawn page."""
    if isinstance(instance, AbstractAcademyPage):
        withdraw_academy(instance)
