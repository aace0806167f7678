"""Tags for statements."""

from __future__ import annotations

from django import template
from django.utils import timezone
from wagtail.models import Page

from keino_academy.core import dates

register = template.Library()


@register.simple_tag
def ka_updated(page: Page) -> str:
    """The day on which a page was last published, in words."""
    moment = page.last_published_at
    return dates.day(timezone.localtime(moment)) if moment else ""
