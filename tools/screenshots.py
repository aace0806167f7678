"""Take pictures of the main pages at three widths, light and dark, into screenshots/.

Makes a demonstration in a temporary folder, serves it on a free port, and leaves only the pictures.
Names on the command line take those pages only: ``python tools/screenshots.py academy check``.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - the path comes first

from tests.browser.conftest import FLAGS, NO_CHROMIUM, chromium  # noqa: E402
from tests.demonstration import Demonstration  # noqa: E402

WIDTHS = (360, 768, 1280)
LANGUAGES = ("fi", "sv", "en")
FOLDER = ROOT / "screenshots"

#: Pages by name: for each language the links to follow from its home page, by what they lead to.
ACADEMY = {
    "fi": "/fi/akatemiat/kiertotalouden-hankintojen-johtaminen-2023/",
    "sv": "/sv/akademier/leda-upphandlingar-i-en-cirkular-ekonomi-2023/",
    "en": "/en/academies/leading-procurement-for-the-circular-economy-2023/",
}
PATHS = {
    "home": {language: f"/{language}/" for language in LANGUAGES},
    "list": {language: path.rsplit("/", 2)[0] + "/" for language, path in ACADEMY.items()},
    "academy": ACADEMY,
    "apply": {
        language: path + slug + "/"
        for (language, path), slug in zip(ACADEMY.items(), ("hae", "ansok", "apply"), strict=True)
    },
    "sign-in": {language: f"/academy/{language}/sign-in/" for language in LANGUAGES},
    "not-found": {language: f"/{language}/nothing-here/" for language in LANGUAGES},
}
#: Pages that the announcement links to, by a part of their address.
LINKED = {"check": "/check", "days": "/book"}


def main() -> int:
    """Take the pictures; return the exit code."""
    path = chromium()
    if path is None:
        print(NO_CHROMIUM)
        return 1
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demonstration = Demonstration(Path(folder))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            for scheme in ("light", "dark"):
                take(browser, demonstration.address, scheme, wanted)
        finally:
            browser.close()
            demonstration.close()
    return 0


def take(browser: Browser, address: str, scheme: str, wanted: set[str]) -> None:
    """Take every page in one colour scheme."""
    for width in WIDTHS:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=False
        )
        page = context.new_page()
        for name, language, url in addresses(page, address):
            if wanted and name not in wanted:
                continue
            page.goto(url)
            file = FOLDER / scheme / f"{name}-{language}-{width}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=file, full_page=True)
            wide = page.locator("html").evaluate("node => node.scrollWidth") > width
            print(f"{file.relative_to(ROOT)}{'  WIDER THAN THE SCREEN' if wide else ''}", flush=True)
        context.close()


def addresses(page: Page, address: str) -> Iterator[tuple[str, str, str]]:
    """Yield ``(name, language, url)``."""
    for name, paths in PATHS.items():
        for language, path in paths.items():
            yield name, language, address + path
    for language, path in ACADEMY.items():
        page.goto(address + path)
        for name, part in LINKED.items():
            link = page.locator(f"main a[href*='{part}']").first
            if link.count():
                yield name, language, address + link.get_attribute("href").removeprefix(address)


if __name__ == "__main__":
    sys.exit(main())
