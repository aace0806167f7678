"""The demonstration as a person has it: made by `tools/demo.py` in a folder of its own, then served."""

import os
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parent.parent
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u2060\u200b"))


class Demonstration:
    """``address`` is where it is served; :meth:`close` ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "example_site.settings.demo",
            "KEINO_DEMO_DIR": str(folder),
            "KEINO_DEMO_ADDRESS": self.address,
            "KEINO_DEMO_FORM_MIN_SECONDS": "0",
            "PYTHONPATH": str(ROOT),
        }
        self.told = self.run("tools/demo.py", "--data-only", "--port", str(port))
        number = self.listener.fileno()
        self.server = subprocess.Popen(
            [sys.executable, "-m", "tests.serving", str(number)],
            cwd=ROOT,
            env=self.environment,
            pass_fds=[number],
        )

    def run(self, *arguments: str, **environment: str) -> str:
        """Run a Python program beside the served site, in its environment; what it printed."""
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment | environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def manage(self, *arguments: str) -> str:
        return self.run("manage.py", *arguments)

    def send_mail(self) -> None:
        """Do what the demonstration's second process does."""
        self.manage("keino_send_mail")

    def get(self, path: str) -> BeautifulSoup:
        """The page at a path, which answers 200."""
        response = self.ask(path)
        assert response.status == 200, path
        return BeautifulSoup(response.read(), "html.parser")

    def ask(self, path: str, data: dict[str, str] | None = None) -> HTTPResponse | HTTPError:
        """The answer to a visitor without a past, whatever it is; with ``data`` a form is sent."""
        opener = build_opener(HTTPCookieProcessor())
        try:
            if data is None:
                return opener.open(urljoin(self.address, path), timeout=60)
            page = BeautifulSoup(opener.open(f"{self.address}/fi/", timeout=60).read(), "html.parser")
            data["csrfmiddlewaretoken"] = page.select_one("[name=csrfmiddlewaretoken]")["value"]
            return opener.open(urljoin(self.address, path), urlencode(data).encode(), timeout=60)
        except HTTPError as answer:
            return answer

    def stand_at(self, name: str, back: str = "/en/") -> HTTPResponse | HTTPError:
        """Use the bar, which then leads back."""
        return self.ask("/demo/clock/", {"to": name, "back": back})

    def stand_on(self, moment: datetime) -> None:
        """Go to a moment to which the bar does not lead, by the file in which the bar notes its own."""
        seconds = (moment - datetime.now(UTC)).total_seconds()
        (self.folder / "clock").write_text(f"elsewhere {seconds}")

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        with sqlite3.connect(f"file:{self.folder}/site.sqlite3?mode=ro", uri=True) as database:
            names = [
                row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            rows = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
        database.close()
        return rows

    def copy_to(self, folder: Path) -> None:
        """Give another folder the database as it is now, for what must not change this one."""
        with sqlite3.connect(self.folder / "site.sqlite3") as database:
            database.execute("VACUUM INTO ?", [str(folder / "site.sqlite3")])
        database.close()

    def close(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=30)
        self.listener.close()


def words(soup: BeautifulSoup) -> str:
    """What a reader reads, with plain spaces."""
    return " ".join(soup.get_text(" ").translate(INVISIBLE).split())
