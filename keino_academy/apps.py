"""The app, and what it needs beside it."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured

from keino_academy.conf import REQUIRED_APPS

__all__ = ["REQUIRED_APPS", "KeinoAcademyConfig"]

#: Either of the two does: both have the label that migrations name.
_LOCALES = {"wagtail_localize.locales", "wagtail.locales"}


class KeinoAcademyConfig(AppConfig):
    """The one app of the package; its rooms are folders in it."""

    name = "keino_academy"
    label = "keino_academy"
    verbose_name = "Keino Academy"
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        # Importing the models needs these apps, so a system check would come too late.
        missing = [name for name in REQUIRED_APPS if not _is_installed(name)]
        if missing:
            raise ImproperlyConfigured(
                "keino_academy needs further apps. Add to INSTALLED_APPS: "
                + ", ".join(f'"{name}"' for name in missing)
                + ". keino_academy.conf.REQUIRED_APPS lists them all and can be imported in settings."
            )
        super().import_models()

    def ready(self) -> None:
        for module in ("keino_academy.checks", *_handlers()):
            __import__(module)


def _is_installed(name: str) -> bool:
    installed = {config.name for config in apps.get_app_configs()}
    return bool(installed & _LOCALES) if name in _LOCALES else name in installed


def _handlers() -> list[str]:
    rooms = ("announcement", "booking", "applications", "selection", "learning")
    names = [f"keino_academy.{room}.handlers" for room in rooms]
    return [name for name in names if find_spec(name)]
