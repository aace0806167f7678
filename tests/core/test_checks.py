"""What a site that is set up badly is told, and that one that is set up well is told nothing."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.urls import path

urlpatterns = [path("nothing/", lambda _request: None)]  # a URLconf without the package's line


def found() -> list[str]:
    return [message.id for message in run_checks(tags=["keino_academy"])]


def test_a_good_site_is_told_nothing():
    assert found() == []


@pytest.mark.parametrize("offset", [timedelta(days=1), "example.offset"])
def test_an_offset_clock_is_refused_in_production(settings, offset):
    settings.KEINO_ACADEMY = {"CLOCK_OFFSET": offset}
    assert found() == ["keino_academy.E001"]
    settings.DEBUG = True
    assert found() == []


@pytest.mark.parametrize(
    ("hosts", "ids"),
    [
        (["localhost", "127.0.0.1", "[::1]"], []),
        (["localhost", "academy.example"], ["keino_academy.E002"]),
        (["*"], ["keino_academy.E002"]),
        ([], []),
    ],
)
def test_a_demonstration_stays_on_this_machine(settings, hosts, ids):
    settings.KEINO_ACADEMY = {"DEMO": True, "CLOCK_OFFSET": timedelta(days=1)}
    settings.ALLOWED_HOSTS = hosts
    assert found() == ids


def test_missing_addresses(settings):
    settings.ROOT_URLCONF = "tests.core.test_checks"
    assert found() == ["keino_academy.W001"]


@pytest.mark.parametrize("options", [{}, {"transaction_mode": "DEFERRED"}])
def test_sqlite_that_begins_deferred(monkeypatch, options):
    databases = deepcopy(settings.DATABASES)
    databases["default"] |= {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}
    monkeypatch.setattr(settings, "DATABASES", databases)
    assert found() == ["keino_academy.W002"]


def test_unknown_settings_are_named(settings):
    settings.KEINO_ACADEMY = {"FORM_MIN_SECOND": 3}
    (message,) = run_checks(tags=["keino_academy"])
    assert (message.id, "FORM_MIN_SECOND" in message.msg) == ("keino_academy.W003", True)


def test_untranslated_pages_would_go_live(settings):
    del settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE
    assert found() == ["keino_academy.W004"]
    settings.WAGTAIL_I18N_ENABLED = False
    assert found() == []


def test_a_site_without_a_base_template(settings):
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = []
    settings.TEMPLATES = templates
    assert found() == ["keino_academy.W005"]


def test_missing_middleware_is_named(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "MessageMiddleware" not in name]
    (message,) = run_checks(tags=["keino_academy"])
    assert (message.id, "MessageMiddleware" in message.msg) == ("keino_academy.W006", True)


def test_search_without_an_app(monkeypatch):
    apps = [name for name in settings.INSTALLED_APPS if name not in {"wagtail.search", "modelsearch"}]
    monkeypatch.setattr(settings, "INSTALLED_APPS", apps)
    assert found() == ["keino_academy.W007"]


@pytest.mark.parametrize(
    "path", ["nowhere.scan", "tests.core.test_checks.nothing", "pytest.__name__", "scan", 7]
)
def test_a_scanner_of_files_that_is_not_there(settings, path):
    settings.KEINO_ACADEMY = {"FILE_SCANNER": path}
    (message,) = run_checks(tags=["keino_academy"])
    assert (message.id, repr(path) in message.msg) == ("keino_academy.E004", True)


def test_a_scanner_of_files_that_is_there(settings):
    settings.KEINO_ACADEMY = {"FILE_SCANNER": "keino_academy.core.scanning.scan"}
    assert found() == []
