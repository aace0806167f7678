"""Debian's Chromium, driven by playwright, or a skip that says how to get it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# An environment without playwright leaves the whole folder out; .[dev] has it.
collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).resolve().parent
NO_CHROMIUM = "Chromium was not found: `apt-get install chromium`, or name it in CHROMIUM"


def chromium() -> str | None:
    """The browser's path: what CHROMIUM says, else what the PATH offers."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test, and stays with the others on one worker."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    # playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium_browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium_browser
        chromium_browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Call it for a visitor of their own: ``open_context(java_script_enabled=False, locale="sv-FI")``."""
    contexts: list[BrowserContext] = []

    def open_one(**options) -> BrowserContext:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1]

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(open_context) -> Page:
    """A page in a browser whose JavaScript is on."""
    return open_context().new_page()


@pytest.fixture
def plain_visitor(open_context) -> Page:
    """A page in a browser whose JavaScript is off."""
    return open_context(java_script_enabled=False).new_page()
