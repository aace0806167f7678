"""Which database the suite runs on: SQLite, or what DATABASE_URL names."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database(file: Path) -> dict[str, Any]:
    """Return Django's description of the database that ``DATABASE_URL`` names, else of an SQLite file."""
    url = os.environ.get("DATABASE_URL")
    return postgresql(url) if url else sqlite(file)


def sqlite(file: Path) -> dict[str, Any]:
    """Return an SQLite database as a site should run it: writers wait for each other."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        # Commands that need no rows, such as makemigrations, leave no file behind.
        "NAME": ":memory:",
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
        },
        # A file rather than memory: the threads of a live server then wait for each other as on a site.
        "TEST": {"NAME": str(file)},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return the PostgreSQL database of ``postgres://user:password@host:port/name?option=value``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgres://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": dict(parse_qsl(parts.query)),
        "TEST": {"NAME": f"test_keino_{run_name()}"},
    }


def run_name() -> str:
    """Return a name that the workers of one run share, and no other run has."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:8]
