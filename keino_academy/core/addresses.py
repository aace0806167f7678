"""Absolute addresses for mail and feeds, which have no request to ask."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Page, Site

from keino_academy.conf import academy_settings


def admin_root() -> str:
    """The root of the site on which the admin stands, without a slash at its end."""
    return (getattr(settings, "WAGTAILADMIN_BASE_URL", None) or root_url(None)).rstrip("/")


def root_url(page: Page | None) -> str:
    """The root of the page's site without a slash at its end: ``https://example.org``."""
    if academy_settings.BASE_URL:
        return academy_settings.BASE_URL.rstrip("/")
    parts = page.get_url_parts() if page is not None else None
    if parts and parts[1]:
        return parts[1]
    site = Site.objects.filter(is_default_site=True).first()
    if site:
        return site.root_url
    return getattr(settings, "WAGTAILADMIN_BASE_URL", "").rstrip("/")
