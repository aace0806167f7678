"""A migrated SQLite file that runs share, so that a test begins within a second."""

import hashlib
import os
import sqlite3
import tempfile
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
DISTRIBUTIONS = ("Django", "wagtail", "wagtail-localize", "django-simple-captcha", "django-taggit")


def database_file() -> Path:
    """The SQLite file of this process."""
    return Path(settings.DATABASES["default"]["TEST"]["NAME"])


def migrated_file() -> Path:
    """Where the migrated database of just these migrations and releases is kept."""
    digest = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    for name in DISTRIBUTIONS:
        digest.update(f"{name} {version(name)}\n".encode())
    for folder in ("keino_academy", "tests"):
        for path in sorted((ROOT / folder).glob("**/migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / "keino-academy-tests" / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def keep_migrated(source: Path, target: Path) -> None:
    """Copy ``source`` to ``target`` in one step, so that no other run sees half of it."""
    half = target.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(source) as database:
        database.execute("VACUUM INTO ?", [str(half)])
    database.close()
    half.replace(target)
