"""The walk that a person makes: from the announcement to the first learning page, in each language."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.answering import (
    begin_application,
    follow,
    names_of,
    send_application,
    write_application,
)
from tests.demonstration import Demonstration

pytestmark = pytest.mark.slow

REFERENCE = re.compile(r"[3-9A-Y]{4}-[3-9A-Y]{4}")


@dataclass(frozen=True)
class Walker:
    """Who walks, and what their own language calls things that the walk looks for."""

    language: str
    java_script: bool
    organisation: str
    academy: str
    closes: str
    first_page: str

    @property
    def email(self) -> str:
        return f"{self.language}-{'on' if self.java_script else 'off'}@walker.example"


def walkers() -> list[Walker]:
    finnish = (
        "Kiertotalouden hankintojen johtaminen",
        "31.5.2023 klo 23.59",
        "Käynnistystilaisuus",
    )
    swedish = ("Att leda upphandlingar i en cirkulär ekonomi", "31.5.2023 kl. 23.59", "Startträff")
    english = ("Leading procurement for the circular economy", "31 May 2023, 23:59", "Kick-off")
    return [
        Walker("fi", False, "Suvisaaren kaupunki", *finnish),
        Walker("sv", False, "Granholmens stad", *swedish),
        Walker("en", False, "Harbour Institute", *english),
        Walker("en", True, "Meadow Parish Union", *english),
    ]


def name_of(walker: Walker) -> str:
    return f"{walker.language}, JavaScript {'on' if walker.java_script else 'off'}"


@pytest.mark.parametrize("walker", walkers(), ids=name_of)
def test_walk(
    walker: Walker, demonstration: Demonstration, open_context: Callable[..., BrowserContext]
) -> None:
    person = open_context(java_script_enabled=walker.java_script, base_url=demonstration.address).new_page()
    # Wagtail's admin is a program of the browser's: it needs JavaScript, whoever the applicant is.
    organiser = open_context(base_url=demonstration.address).new_page()
    stand_at(person, "open")
    reads_the_announcement(person, walker)
    checks(person, walker)
    reference = applies(person, walker)
    books(person, walker, reference)
    has_mail(person, walker, demonstration, reference)
    selects(organiser, walker, reference)
    stand_at(person, "autumn")
    signs_in(person, walker, demonstration)
    opens_the_first_page(person, walker)


def stand_at(page: Page, name: str) -> None:
    """Use the demonstration's bar."""
    page.goto("/fi/")
    follow(page.locator(f".demo-bar button[value='{name}']"))
    expect(page.locator(f".demo-bar button[value='{name}']")).to_have_attribute("aria-current", "true")


def reads_the_announcement(page: Page, walker: Walker) -> None:
    page.goto(f"/{walker.language}/")
    follow(page.locator("main a", has_text=walker.academy).first)
    expect(page.locator("h1")).to_contain_text(walker.academy)
    expect(page.locator(".ka-cover .ka-until")).to_contain_text(walker.closes)
    expect(page.locator("html")).to_have_attribute("lang", walker.language)


def checks(page: Page, walker: Walker) -> None:
    """Could we apply? All is met but one, of which nobody is sure; the result leads to the form."""
    follow(page.locator(".ka-cover .ka-actions a[href$='/check/']"))
    names = names_of(page.locator("main form input[type=radio]"))
    assert len(names) == 6
    for name in names[1:]:
        page.locator(f"[name='{name}'][value=met]").check()
    page.locator(f"[name='{names[0]}'][value=unsure]").check()
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main form input[type=radio]:visible")).to_have_count(0)
    follow(page.locator("main .ka-buttons a.ka-button[href^='/']").first)


def applies(page: Page, walker: Walker) -> str:
    """Begin, write every part, send, and read the reference on the receipt."""
    begin_application(page, walker.organisation, walker.email)
    expect(page).to_have_url(re.compile(rf"/academy/{walker.language}/application/"))
    write_application(page, walker.email, "Something small that has a name.")
    send_application(page)
    expect(page).to_have_url(re.compile(rf"/academy/{walker.language}/application/"))
    found = REFERENCE.search(page.locator("main").inner_text())
    assert found, "the receipt shows a reference"
    return found.group()


def books(page: Page, walker: Walker, reference: str) -> None:
    """Book a discussion from the receipt: a day, then a time."""
    follow(page.locator("main a[href*='/book/']").first)
    follow(page.locator("main a[href*='/book/'][href*='2023-06-']").first)
    page.locator("main [name=slot]").last.check()
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text(reference)
    for name, text in (("person", "Vieno Walker"), ("email", walker.email)):
        field = page.locator(f"main [name={name}]")
        if field.count() and not field.input_value():
            field.fill(text)
    follow(page.locator("main form button[type=submit]").last)
    expect(page).to_have_url(re.compile(rf"/academy/{walker.language}/booking/"))
    expect(page.locator("main a[href$='calendar.ics']")).to_have_count(1)


def has_mail(page: Page, walker: Walker, demonstration: Demonstration, reference: str) -> None:
    """The copy of the application leads back to it, from a browser that never saw it."""
    receipt = mail(page, walker, demonstration, "/application/open/")
    expect(receipt).to_contain_text(reference)
    follow(receipt.locator("a[href*='/application/open/']"))
    expect(page.locator("main")).to_contain_text(reference)
    assert "open" not in page.url


def selects(page: Page, walker: Walker, reference: str) -> None:
    """The organiser finds the application in the admin and selects it."""
    page.goto("/admin/login/")
    page.locator("[name=username]").fill("organiser")
    page.locator("[name=password]").fill("demo-organiser-2023")
    follow(page.locator("form [type=submit]").first)
    page.goto("/admin/academy/applications/")
    follow(page.locator("main tr", has_text=walker.organisation).locator("a", has_text=reference))
    expect(page.locator("main")).to_contain_text(walker.email)
    choice = page.locator("main a[href*='/decide/'][href$='/select/']").locator("visible=true")
    if not choice.count():
        page.locator("[data-w-dropdown-target=toggle]:visible").first.click()
    follow(choice.first)
    follow(page.locator("main form button[type=submit]").last)
    expect(page.locator("body")).to_contain_text(walker.organisation)
    expect(page.locator("a[href*='/decide/'][href$='/select/']")).to_have_count(0)


def signs_in(page: Page, walker: Walker, demonstration: Demonstration) -> None:
    """The invitation leads to the sign-in page; the link comes by mail, and its button signs in."""
    invitation = mail(page, walker, demonstration, f"/academy/{walker.language}/sign-in/")
    follow(invitation.locator("a[href*='/sign-in/']").first)
    page.locator("main [name=email]").fill(walker.email)
    follow(page.locator("main form button[type=submit]"))
    message = mail(page, walker, demonstration, "/sign-in/")
    follow(message.locator("a[href*='/sign-in/']").first)
    follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text(walker.organisation)
    expect(page.locator("html")).to_have_attribute("lang", walker.language)


def opens_the_first_page(page: Page, walker: Walker) -> None:
    follow(page.locator("main a", has_text=walker.first_page).first)
    expect(page.locator("h1")).to_contain_text(walker.first_page)
    with page.expect_download() as download:
        page.locator("main a[href*='/documents/']").first.click()
    assert download.value.suggested_filename.endswith(".docx")


def mail(page: Page, walker: Walker, demonstration: Demonstration, link: str) -> Locator:
    """The newest mail to the walker that holds such a link, opened in the viewer."""
    demonstration.send_mail()
    page.goto(f"/demo/mail/{walker.language}/")
    mine = page.locator(".demo-mail details").filter(has=page.locator("summary", has_text=walker.email))
    found = mine.filter(has=page.locator(f"a[href*='{link}']")).first
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found
