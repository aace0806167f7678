"""A site that lacks something is told what to add: the words, beside the ids that tests/core holds."""

from copy import deepcopy

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from keino_academy.apps import REQUIRED_APPS
from keino_academy.conf import missing_apps

MIDDLEWARE = {
    "sessions": "django.contrib.sessions.middleware.SessionMiddleware",
    "messages": "django.contrib.messages.middleware.MessageMiddleware",
    "csrf": "django.middleware.csrf.CsrfViewMiddleware",
}


def without_app(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the app registry lack these apps, as at the start of a site that forgot them."""
    left = [config for config in apps.get_app_configs() if config.name not in names]
    monkeypatch.setattr(apps, "get_app_configs", lambda: left)


@pytest.mark.parametrize("name", ["wagtail_localize", "captcha"])
def test_a_missing_app_stops_the_start_and_is_named(monkeypatch, name):
    without_app(monkeypatch, name)
    with pytest.raises(ImproperlyConfigured, match=rf"Add to INSTALLED_APPS: {name}\."):
        apps.get_app_config("keino_academy").import_models()


def test_all_missing_apps_are_named_at_once(monkeypatch):
    without_app(monkeypatch, *REQUIRED_APPS)
    with pytest.raises(ImproperlyConfigured) as caught:
        apps.get_app_config("keino_academy").import_models()
    assert all(name in str(caught.value) for name in REQUIRED_APPS)
    assert "keino_academy.conf.REQUIRED_APPS" in str(caught.value)


def test_wagtails_own_locales_will_do(monkeypatch):
    own = next(config for config in apps.get_app_configs() if config.name == "wagtail_localize.locales")
    monkeypatch.setattr(own, "name", "wagtail.locales")
    assert missing_apps() == []


def mending(number: str) -> str:
    """What the one message of a check tells to do."""
    (message,) = [
        found for found in run_checks(tags=["keino_academy"]) if found.id == f"keino_academy.{number}"
    ]
    return f"{message.msg} {message.hint}"


def test_the_missing_line_is_given_to_copy(settings):
    settings.ROOT_URLCONF = "tests.core.test_checks"
    assert 'path("academy/", include("keino_academy.urls"))' in mending("W001")


@pytest.mark.parametrize("path", MIDDLEWARE.values(), ids=MIDDLEWARE.keys())
def test_each_missing_middleware_is_named(settings, path):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != path]
    assert path in mending("W006")
    assert "MIDDLEWARE" in mending("W006")


def test_the_mode_of_sqlite_is_given_to_copy(monkeypatch):
    databases = deepcopy(settings.DATABASES)
    databases["default"] |= {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    monkeypatch.setattr(settings, "DATABASES", databases)
    assert '"OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20}' in mending("W002")


def test_manage_check_says_it_to_whoever_runs_it(settings, capsys):
    settings.ROOT_URLCONF = "tests.core.test_checks"
    call_command("check", tags=["keino_academy"])
    said = capsys.readouterr().err
    assert "keino_academy.W001" in said
    assert 'HINT: Add path("academy/", include("keino_academy.urls"))' in said


def test_a_warning_stops_nothing_and_can_be_silenced(settings, capsys):
    settings.ROOT_URLCONF = "tests.core.test_checks"
    with pytest.raises(SystemCheckError):
        call_command("check", tags=["keino_academy"], fail_level="WARNING")
    settings.SILENCED_SYSTEM_CHECKS = ["keino_academy.W001"]
    call_command("check", tags=["keino_academy"], fail_level="WARNING")
    assert "keino_academy.W001" not in capsys.readouterr().err
