"""The app, and what it needs beside it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

from keino_academy.conf import REQUIRED_APPS, missing_apps

__all__ = ["REQUIRED_APPS", "KeinoAcademyConfig"]


class KeinoAcademyConfig(AppConfig):
    """The one app of the package; its rooms are folders in it."""

    name = "keino_academy"
    label = "keino_academy"
    verbose_name = "Keino Academy"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        # Importing the models needs these apps, so a system check would come too late.
        if missing := missing_apps():
            raise ImproperlyConfigured(
                f"keino_academy needs further apps. Add to INSTALLED_APPS: {', '.join(missing)}. "
                "keino_academy.conf.REQUIRED_APPS lists them all and can be imported in settings."
            )
        super().import_models()

    def ready(self) -> None:
        import_module("keino_academy.checks")
        for room in ("announcement", "booking", "applications", "learning"):
            import_module(f"keino_academy.{room}.handlers")
