"""A tour of every public and learning page of the demonstration, in the states that each can be in.

It yields the name of each stop while the browser stands there, so that whoever walks along can look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Route

from tests.browser.answering import choose_first, fill, names_of
from tests.demonstration import Demonstration

ACADEMY = {
    "fi": "/fi/akatemiat/kiertotalouden-hankintojen-johtaminen-2023/",
    "sv": "/sv/akademier/leda-upphandlingar-i-en-cirkular-ekonomi-2023/",
    "en": "/en/academies/leading-procurement-for-the-circular-economy-2023/",
}
FORM = {"fi": ACADEMY["fi"] + "hae/", "sv": ACADEMY["sv"] + "ansok/", "en": ACADEMY["en"] + "apply/"}
HOME = ACADEMY["fi"] + "oma-akatemia/"
SESSION = HOME + "tyopaja-1/"
MEMBER = "hilla.harju@hiekkaniemi.example"
OUTSIDER = "tour@walker.example"
HELSINKI = ZoneInfo("Europe/Helsinki")
#: Makes an account and a session of it, and prints the session's key.
OUTSIDERS_SESSION = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
user, made = get_user_model().objects.get_or_create(username="outsider")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""

#: Every stop, in order.
STOPS = [
    "home",
    "index",
    "announcement-planned",
    "form-planned",
    "announcement",
    "form",
    "check",
    "check-errors",
    "check-result",
    "form-errors",
    "application",
    "address",
    "withdraw",
    "withdrawn",
    "lost",
    "lost-sent",
    "days",
    "times",
    "times-errors",
    "booking",
    "cancel",
    "cancelled",
    "announcement-sv",
    "form-sv",
    "announcement-en",
    "form-en",
    "search",
    "search-results",
    "statement-access",
    "statement-privacy",
    "content",
    "announcement-last-hour",
    "announcement-closed",
    "form-closed",
    "sign-in",
    "sign-in-errors",
    "sign-in-sent",
    "sign-in-link",
    "sign-in-old",
    "my-academy",
    "my-academies",
    "session",
    "mail",
    "sign-out",
    "outsider",
    "index-autumn",
    "announcement-running",
    "announcement-past",
    "not-found",
    "link",
    "error",
    "busy",
]


@dataclass
class Tour:
    """Who walks, and where."""

    page: Page
    demonstration: Demonstration

    def __iter__(self) -> Iterator[str]:
        yield from self.before()
        self.stand_at("open")
        yield from self.reading()
        yield from self.applying()
        yield from self.booking()
        yield from self.other_languages()
        yield from self.looking_around()
        yield from self.closing()
        yield from self.learning()
        yield from self.ended()
        yield from self.failing()

    def go(self, path: str) -> None:
        self.page.goto(self.demonstration.address + path)

    def send(self) -> None:
        self.page.locator("main form[method=post] button[type=submit]").last.click()

    def stand_at(self, name: str) -> None:
        self.demonstration.stand_at(name)

    def before(self) -> Iterator[str]:
        self.stand_at("before")
        self.go(ACADEMY["fi"])
        yield "announcement-planned"
        self.go(FORM["fi"])
        yield "form-planned"

    def reading(self) -> Iterator[str]:
        self.go("/fi/")
        yield "home"
        self.go("/fi/akatemiat/")
        yield "index"
        self.go(ACADEMY["fi"])
        yield "announcement"
        self.page.locator("main a[href$='/check/']").first.click()
        yield "check"
        self.send()
        yield "check-errors"
        names = names_of(self.page.locator("main form input[type=radio]"))
        for name, answer in zip(names, ["met", "unsure", "not_met"] * 3, strict=False):
            self.page.locator(f"[name='{name}'][value={answer}]").check()
        self.send()
        yield "check-result"

    def applying(self) -> Iterator[str]:
        self.go(FORM["fi"])
        yield "form"
        fill(self.page, "q-contact_email", "vieno")
        self.send()
        yield "form-errors"
        answer(self.page)
        self.send()
        yield "application"
        application = self.page.url
        self.page.locator("main a[href$='/address/']").first.click()
        yield "address"
        self.page.goto(application)
        self.page.locator("main a[href$='/withdraw/']").first.click()
        yield "withdraw"
        self.send()
        yield "withdrawn"
        self.go("/academy/fi/application/lost/")
        yield "lost"
        fill(self.page, "email", OUTSIDER)
        self.send()
        yield "lost-sent"

    def booking(self) -> Iterator[str]:
        self.go("/academy/fi/book/1/")
        yield "days"
        self.page.locator("main a[href*='/book/1/2023-']").nth(1).click()
        yield "times"
        self.send()
        yield "times-errors"
        self.page.locator("[name=slot]").last.check()
        fill(self.page, "person", "Vieno Walker")
        fill(self.page, "email", OUTSIDER)
        if self.page.locator("main [name=organisation]").count():
            fill(self.page, "organisation", "Suvisaaren kaupunki")
        self.send()
        yield "booking"
        self.page.locator("main a[href$='/cancel/']").click()
        yield "cancel"
        self.send()
        yield "cancelled"

    def other_languages(self) -> Iterator[str]:
        for language in ("sv", "en"):
            self.go(ACADEMY[language])
            yield f"announcement-{language}"
            self.go(FORM[language])
            yield f"form-{language}"

    def looking_around(self) -> Iterator[str]:
        self.go("/fi/search/")
        yield "search"
        self.go("/fi/search/?q=hankinta")
        yield "search-results"
        self.go("/fi/saavutettavuusseloste/")
        yield "statement-access"
        self.go("/fi/tietosuojaseloste/")
        yield "statement-privacy"
        self.go("/fi/meista/")
        yield "content"

    def closing(self) -> Iterator[str]:
        self.stand_at("last-hour")
        self.go(ACADEMY["fi"])
        yield "announcement-last-hour"
        self.stand_at("closed")
        self.go(ACADEMY["fi"])
        yield "announcement-closed"
        self.go(FORM["fi"])
        yield "form-closed"

    def learning(self) -> Iterator[str]:
        self.stand_at("autumn")
        self.go("/academy/fi/sign-in/")
        yield "sign-in"
        self.send()
        yield "sign-in-errors"
        link = self.ask_for_link()
        yield "sign-in-sent"
        self.go(link)
        yield "sign-in-link"
        self.send()
        self.page.wait_for_url("**/fi/**")
        self.go(HOME)
        yield "my-academy"
        self.go(SESSION)
        yield "session"
        self.go("/academy/fi/my/")
        yield "my-academies"
        self.go("/demo/mail/fi/")
        yield "mail"
        self.go("/academy/fi/sign-out/")
        yield "sign-out"
        self.send()
        self.go(link)
        yield "sign-in-old"
        self.sign_in_as_outsider()
        self.go(SESSION)
        self.page.locator("#ka-outsider").wait_for()
        yield "outsider"
        self.page.context.clear_cookies()

    def sign_in_as_outsider(self) -> None:
        """Be somebody who has an account, but takes part in no academy."""
        key = self.demonstration.manage("shell", "--no-imports", "-c", OUTSIDERS_SESSION).split()[-1]
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": key, "url": self.demonstration.address}]
        )

    def ask_for_link(self) -> str:
        """Ask for a sign-in link, and find it in the mail that was sent."""
        fill(self.page, "email", MEMBER)
        self.send()
        self.demonstration.send_mail()
        letters = self.demonstration.get("/demo/mail/fi/").select(".demo-mail details")
        letter = next(letter for letter in letters if MEMBER in letter.summary.text)
        return letter.select_one("a[href*='/sign-in/']")["href"]

    def ended(self) -> Iterator[str]:
        self.go("/fi/akatemiat/")
        yield "index-autumn"
        self.go(ACADEMY["fi"])
        yield "announcement-running"
        self.demonstration.stand_on(datetime(2025, 2, 3, 12, 0, tzinfo=HELSINKI))
        self.go(ACADEMY["fi"])
        yield "announcement-past"
        self.stand_at("open")

    def failing(self) -> Iterator[str]:
        self.go("/fi/nothing-here/")
        yield "not-found"
        self.go("/academy/fi/application/open/nothing-here/")
        yield "link"
        for name, code in (("error", 500), ("busy", 503)):
            self.answer_with(code)
            yield name

    def answer_with(self, code: int) -> None:
        """Show what a server shows when it fails: nothing on the site fails by itself."""
        body = self.demonstration.manage(
            "shell",
            "--no-imports",
            "-c",
            "from django.template.loader import render_to_string as render; "
            f"print(render('keino_academy/errors/{code}.html'))",
        )

        def fulfil(route: Route) -> None:
            route.fulfill(status=code, content_type="text/html; charset=utf-8", body=body)

        path = f"{self.demonstration.address}/fi/fails-{code}/"
        self.page.route(path, fulfil)
        self.page.goto(path)


def answer(page: Page) -> None:
    """Fill in the whole application."""
    form = page.locator("main form[method=post]")
    fill(form, "q-organisation", "Suvisaaren kaupunki")
    fill(form, "q-contact_name", "Vieno Walker")
    fill(form, "q-contact_email", OUTSIDER)
    fill(form, "q-pilot_title", "Koulun piha")
    fill(form, "q-pilot_aims", "Kivet ja keinut käytetään uudelleen.")
    for number in (1, 2, 3):
        fill(form, f"q-team-{number}-name", f"Asiantuntija {number}")
        fill(form, f"q-team-{number}-role", "rakentaminen")
    choose_first(form)
    form.locator("select[name$='-first']").select_option("2023-10")
    form.locator("select[name$='-last']").select_option("2024-01")
    for area in form.locator("textarea:visible").all():
        if not area.input_value():
            area.fill("Pieni asia, jolla on nimi.")
    form.locator("[name=q-entitled]").check()
