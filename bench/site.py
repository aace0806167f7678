"""A site of its own, on a database that is thrown away, for one run of the benches."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver


@contextmanager
def standing() -> Iterator[None]:
    """Migrate an empty database of this process's own, and remove it afterwards.

    ``DATABASE_URL`` must name a database that may be filled; SQLite needs nothing.
    """
    settings.WORK_DIR.mkdir(parents=True, exist_ok=True)
    default = settings.DATABASES["default"]
    if default["NAME"] == ":memory:":
        default["NAME"] = default["TEST"]["NAME"]
    django.setup()
    call_command("migrate", verbosity=0)
    # A site that has answered once has read its addresses, and with them the hooks that register snippets.
    assert get_resolver().url_patterns
    try:
        yield
    finally:
        shutil.rmtree(settings.WORK_DIR, ignore_errors=True)
