"""The site behind gunicorn, on the database of a test."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent.parent
#: What one needs to know of a database to open it.
_KEYS = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@contextmanager
def workers(number: int, now: datetime) -> Iterator[str]:
    """So many processes that serve the site as it stood at ``now``; gives their address.

    They listen on a socket that is open before they start: who comes early waits in its queue.
    """
    connections.close_all()
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings_crowd",
        "KEINO_CROWD_DATABASE": json.dumps(database(), default=str),
        "KEINO_CROWD_OFFSET": str((now - datetime.now(UTC)).total_seconds()),
    }
    command = ["-m", "gunicorn", "--workers", str(number), "--bind", f"fd://{listener.fileno()}"]
    command += ["--log-level", "warning", "--timeout", "120", "django.core.wsgi:get_wsgi_application()"]
    server = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment, pass_fds=[listener.fileno()]
    )
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.terminate()
        server.wait(timeout=60)
        listener.close()


def database() -> dict[str, Any]:
    """The test's own database, as a site's settings describe it."""
    settings = connection.settings_dict
    return {key: settings[key] for key in _KEYS if settings.get(key)}
