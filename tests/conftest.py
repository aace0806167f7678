"""What every test may ask for."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from wagtail.models import Page, Site

from tests.demonstration import Demonstration
from tests.factories.site import make_site
from tests.migrated import database_file, keep_migrated, migrated_file
from tests.standing import Ground, hold, make_way

HELSINKI = ZoneInfo("Europe/Helsinki")

#: A Wednesday while the call of the circular-economy academy is open.
TODAY = datetime(2023, 5, 10, 12, 0, tzinfo=HELSINKI)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip on SQLite what only PostgreSQL can show, and on PostgreSQL what stands on a database of its own."""
    postgresql = connection.vendor == "postgresql"
    needs = pytest.mark.skip(reason="needs PostgreSQL: `make test-postgres`")
    same = pytest.mark.skip(reason="serves the demonstration, which is on SQLite in any case: `make test`")
    for item in items:
        if item.get_closest_marker("postgres") and not postgresql:
            item.add_marker(needs)
        if postgresql and "demonstration" in getattr(item, "fixturenames", ()):
            item.add_marker(same)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    make_way(item)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests measured on their way; nothing of it is asserted."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == "measured" and report.when == "call":
                terminalreporter.write_line(text)


@pytest.fixture(scope="session", autouse=True)
def work_dir() -> Iterator[Path]:
    """A folder for this process's database and media, removed at the end."""
    settings.WORK_DIR.mkdir(parents=True, exist_ok=True)
    yield settings.WORK_DIR
    shutil.rmtree(settings.WORK_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """SQLite's file begins as a migrated copy, which must not be thrown away before use."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def kept_file() -> Path:
    """Where earlier runs left a database of the migrations that this run began with."""
    return migrated_file()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, work_dir: Path, kept_file: Path) -> None:
    """Begin on SQLite from a file that an earlier run migrated, if there is one."""
    if connection.vendor == "sqlite" and kept_file.exists():
        shutil.copyfile(kept_file, database_file())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, kept_file: Path) -> None:
    """Leave the migrated file to later runs, unless a migration was written while this one migrated."""
    if connection.vendor == "sqlite" and not kept_file.exists() and kept_file == migrated_file():
        keep_migrated(database_file(), kept_file)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """No test finds what another one cached."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """No test speaks the language of the last page that another one read."""
    translation.deactivate()


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """Time stands at noon of 10 May 2023 in Helsinki; ``frozen.move_to(moment)`` and ``.shift(delta)``."""
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker) -> Iterator[Ground]:
    """The transaction around this module's tests, for what all of them begin from."""
    yield from hold(django_db_blocker.unblock)


@pytest.fixture(scope="module")
def standing_site(ground: Ground) -> Site | None:
    return ground.make(make_site)


@pytest.fixture
def site(db, ground: Ground, standing_site: Site | None) -> Site:
    """A site whose home page is in Finnish, Swedish and English."""
    return ground.again(standing_site, make_site)


@pytest.fixture
def home(site: Site) -> Page:
    """The Finnish home page, which is the source of the others."""
    return site.root_page


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Iterator[Demonstration]:
    """The demonstration, made as `make demo` makes it and served; its tests share it on one worker."""
    made = Demonstration(tmp_path_factory.mktemp("demonstration"))
    yield made
    made.close()
