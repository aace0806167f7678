"""Serve the demo, follow its links, and take a picture of each page at three widths into ``screenshots/``."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "screenshots"
WIDTHS = (360, 768, 1280)
MOST = 60
BEGIN = ("/fi/", "/sv/", "/en/")
SKIPPED = re.compile(r"^/(admin|django-admin|documents|media|static)/|\.(ics|xml|pdf|json|csv)$")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> int:
    """Take the pictures; return 1 where there is no Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("Chromium was not found: `apt-get install chromium`, or name it in CHROMIUM")
        return 1
    subprocess.run([sys.executable, str(ROOT / "tools/demo.py"), "--data-only"], check=True)
    FOLDER.mkdir(exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        taken = walk(browser, address)
        browser.close()
    print(f"{taken} pages at {', '.join(map(str, WIDTHS))} px in {FOLDER}")
    return 0


@contextmanager
def served() -> Iterator[str]:
    """Run the demo's server on a free port; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "manage.py"), "runserver", "--noreload", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + BEGIN[0])
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


def wait_for(address: str, seconds: float = 30) -> None:
    """Ask until the server answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def walk(browser: Browser, address: str) -> int:
    """Follow links breadth first, the demo's languages side by side; return how many pages were taken."""
    page = browser.new_page()
    waiting, seen = deque(BEGIN), set(BEGIN)
    taken = 0
    while waiting and taken < MOST:
        path = waiting.popleft()
        response = page.goto(address + path)
        if response is None or "text/html" not in response.headers.get("content-type", ""):
            continue
        take(page, path)
        taken += 1
        fresh = [link for link in links(page, address) if link not in seen]
        waiting.extend(fresh)
        seen.update(fresh)
    return taken


def take(page: Page, path: str) -> None:
    """Take the page as it is, at each width."""
    name = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)


def links(page: Page, address: str) -> list[str]:
    """Return the paths on this site that the page links to, in its order and without doubles."""
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    parts = [urlsplit(urljoin(page.url, href)) for href in hrefs]
    ours = [one.path for one in parts if one.netloc == urlsplit(address).netloc and not one.query]
    return list(dict.fromkeys(path for path in ours if not SKIPPED.search(path)))


if __name__ == "__main__":
    sys.exit(main())
