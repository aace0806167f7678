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

from playwright.sync_api import Browser, Page, StorageState, sync_playwright  # noqa: E402 - the path comes first

from tests.browser.conftest import FLAGS, NO_CHROMIUM, chromium  # noqa: E402
from tests.demonstration import Demonstration  # noqa: E402

WIDTHS = (360, 768, 1280)
LANGUAGES = ("fi", "sv", "en")
FOLDER = ROOT / "screenshots"

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
#: Pages that the announcement links to.
LINKED = {
    "check": "main a[href$='/check/']",
    "days": "main a[href*='/book/']:not([href*='2023-'])",
    "times": "main a[href*='/book/'][href*='2023-']",
}
#: The participants' pages, which stand below the announcement.
CLOSED = {
    "my-academy": {"fi": "oma-akatemia/", "sv": "min-akademi/", "en": "my-academy/"},
    "session": {
        "fi": "oma-akatemia/tyopaja-1/",
        "sv": "min-akademi/workshop-1/",
        "en": "my-academy/workshop-1/",
    },
}
MEMBER = "hilla.harju@hiekkaniemi.example"


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
            state = sign_in(browser, demonstration)
            for scheme in ("light", "dark"):
                take(browser, demonstration, scheme, wanted, state)
        finally:
            browser.close()
            demonstration.close()
    return 0


def sign_in(browser: Browser, demonstration: Demonstration) -> StorageState:
    """Sign in by mail as a participant; return what the browser then knows."""
    context = browser.new_context(base_url=demonstration.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/academy/en/sign-in/")
    page.fill("main [name=email]", MEMBER)
    page.click("main form button[type=submit]")
    demonstration.send_mail()
    page.goto("/demo/mail/en/")
    letter = page.locator(".demo-mail details", has_text=MEMBER).locator("a[href*='/sign-in/']").first
    page.goto(letter.get_attribute("href"))
    page.click("main form button[type=submit]")
    state = context.storage_state()
    context.close()
    return state


def take(
    browser: Browser, demonstration: Demonstration, scheme: str, wanted: set[str], state: StorageState
) -> None:
    """Take every page in one colour scheme: first while the call is open, then in autumn."""
    for width in WIDTHS:
        context = browser.new_context(
            base_url=demonstration.address,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=False,
            storage_state=state,
        )
        page = context.new_page()
        demonstration.stand_at("open")
        for name, language, url in open_pages(page):
            if not wanted or name in wanted:
                picture(page, url, FOLDER / scheme / f"{name}-{language}-{width}.png")
        demonstration.stand_at("autumn")
        for name, slugs in CLOSED.items():
            for language, slug in slugs.items():
                if not wanted or name in wanted:
                    file = FOLDER / scheme / f"{name}-{language}-{width}.png"
                    picture(page, ACADEMY[language] + slug, file)
        context.close()


def picture(page: Page, url: str, file: Path) -> None:
    """Take one picture, and say when the page scrolls sideways."""
    page.goto(url)
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)
    size = page.locator("html").evaluate("node => [node.scrollWidth, node.clientWidth]")
    print(f"{file.relative_to(ROOT)}{'  WIDER THAN THE SCREEN' if size[0] > size[1] else ''}", flush=True)


def open_pages(page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield ``(name, language, path)`` of what anybody may see."""
    for name, paths in PATHS.items():
        for language, path in paths.items():
            yield name, language, path
    for language, path in ACADEMY.items():
        page.goto(path)
        found = {name: page.locator(links) for name, links in LINKED.items()}
        hrefs = {name: links.first.get_attribute("href") for name, links in found.items() if links.count()}
        for name, href in hrefs.items():
            yield name, language, href


if __name__ == "__main__":
    sys.exit(main())
