"""System checks: what a site has to set, told before it is missed. docs/reference/checks.md lists them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.module_loading import import_string

from keino_academy.conf import academy_settings
from keino_academy.core.file_kinds import KINDS, known_kinds

#: Hosts that nobody else can reach.
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1", ".localhost"}
#: Middleware that sessions, messages and forms need.
MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
)
#: What ``CAPTCHA`` may be; ``core.guarded`` acts on it.
CAPTCHA_MODES = ("on_suspicion", "off", "always")


@register("keino_academy")
def check_site(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001 - every check is called alike
    """Everything that is checked, in the order of the ids."""
    return [*_errors(), *_warnings(), *_file_warnings()]


def _errors() -> Iterator[CheckMessage]:
    offset = academy_settings.CLOCK_OFFSET
    if offset and offset != timedelta(0) and not (academy_settings.DEMO or settings.DEBUG):
        yield Error(
            "The academy's clock is offset, so calls would open and close at wrong moments.",
            hint='Remove CLOCK_OFFSET from KEINO_ACADEMY; only a demonstration ("DEMO": True) may have it.',
            id="keino_academy.E001",
        )
    open_hosts = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if academy_settings.DEMO and open_hosts:
        yield Error(
            f"A demonstration answers to others than this machine: {', '.join(open_hosts)}.",
            hint='Set "DEMO" to False in KEINO_ACADEMY, or leave only localhost in ALLOWED_HOSTS.',
            id="keino_academy.E002",
        )


def _warnings() -> Iterator[CheckMessage]:
    if settings.ROOT_URLCONF and "keino_academy" not in get_resolver().namespace_dict:
        yield _warn(1, "The addresses of keino_academy are missing.", _URLS)
    database = settings.DATABASES.get("default", {})
    mode = str(database.get("OPTIONS", {}).get("transaction_mode") or "")
    if database.get("ENGINE", "").endswith("sqlite3") and mode.upper() not in {"IMMEDIATE", "EXCLUSIVE"}:
        yield _warn(2, "SQLite begins transactions so that two writers at once fail.", _SQLITE)
    if academy_settings.unknown():
        names = ", ".join(academy_settings.unknown())
        yield _warn(3, f"KEINO_ACADEMY has names that are no settings: {names}.", _SETTINGS)
    live = getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True)
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False) and live is not False:
        yield _warn(4, "A live page that is sent for translation is published untranslated.", _LIVE)
    if not _has_base():
        yield _warn(5, "There is no template base.html, which the package's pages extend.", _BASE)
    missing = [path for path in MIDDLEWARE if not _has_middleware(path)]
    if missing:
        yield _warn(6, f"Middleware is missing: {', '.join(missing)}.", "Add it to MIDDLEWARE.")
    if not {"modelsearch", "wagtail.search"} & set(settings.INSTALLED_APPS):
        yield _warn(7, "Search has no app, so that searching in the admin fails.", _SEARCH)
    if academy_settings.CAPTCHA not in CAPTCHA_MODES:
        yield _warn(9, f"CAPTCHA is {academy_settings.CAPTCHA!r}, which is taken for on_suspicion.", _CAPTCHA)


def _file_warnings() -> Iterator[CheckMessage]:
    public = [name for name in ("MEDIA_ROOT", "STATIC_ROOT") if _lies_below(getattr(settings, name, ""))]
    if public:
        yield _warn(11, f"PRIVATE_ROOT lies inside {' and '.join(public)}.", _PRIVATE)
    strange = sorted(set(academy_settings.FILE_TYPES) - set(known_kinds(academy_settings.FILE_TYPES)))
    if strange:
        yield _warn(12, f"FILE_TYPES has kinds that are taken from nobody: {', '.join(strange)}.", _KINDS)
    scanner = academy_settings.FILE_SCANNER
    if scanner and not _leads_to_callable(scanner):
        yield Error(
            f"No file can be taken: FILE_SCANNER names {scanner!r}, and there is no such callable.",
            hint='Set "FILE_SCANNER" in KEINO_ACADEMY to the dotted path of a callable (file, name), or to None.',
            id="keino_academy.E004",
        )


_URLS = 'Add path("academy/", include("keino_academy.urls")) to your root URLconf, before Wagtail\'s own.'
_SQLITE = 'Set "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20} in DATABASES.'
_SETTINGS = "docs/reference/settings.md lists the names."
_LIVE = "Set WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False."
_BASE = "Add base.html with the blocks title, extra_css, content and extra_js, or override keino_academy/base.html."
_CAPTCHA = f'Set "CAPTCHA" in KEINO_ACADEMY to one of {", ".join(CAPTCHA_MODES)}.'
_SEARCH = 'Add "wagtail.search" (or "modelsearch") to INSTALLED_APPS.'

_PRIVATE = "Anybody may read what lies there. Name a folder that no server shows."
_KINDS = f"The content of these can be looked at: {', '.join(KINDS)}."


def _leads_to_callable(path: Any) -> bool:
    try:
        return callable(import_string(path))
    except (ImportError, AttributeError, TypeError, ValueError):
        return False


def _warn(number: int, text: str, hint: str) -> checks.Warning:
    return checks.Warning(text, hint=hint, id=f"keino_academy.W{number:03}")


def _lies_below(public: Any) -> bool:
    private = academy_settings.PRIVATE_ROOT
    return bool(private and public) and Path(private).resolve().is_relative_to(Path(public).resolve())


def _has_base() -> bool:
    """Whether the host's base template is there; a site that overrides the package's needs none."""
    try:
        get_template("keino_academy/base.html")
        get_template("base.html")
    except TemplateDoesNotExist:
        return _overrides_base()
    return True


def _overrides_base() -> bool:
    """Whether the package's own base template was replaced by the site's."""
    origin = getattr(get_template("keino_academy/base.html"), "origin", None)
    path = str(getattr(origin, "name", "")).replace("\\", "/")
    return bool(path) and "keino_academy/templates" not in path


def _has_middleware(path: str) -> bool:
    """Whether the middleware, or a subclass of it, is there."""
    wanted = import_string(path)
    for name in settings.MIDDLEWARE:
        found = import_string(name)
        if found is wanted or (isinstance(found, type) and issubclass(found, wanted)):
            return True
    return False
