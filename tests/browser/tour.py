"""A tour of every public and learning page of the demonstration, in the states that each can be in.

It yields the name of each stop while the browser stands there, so that whoever walks along can look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Route

from tests.browser.answering import (
    begin_application,
    fill,
    follow,
    names_of,
    send_application,
    write_application,
)
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
COLLEAGUE = "kollega@walker.example"
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
    "tasks",
    "part",
    "part-errors",
    "part-both",
    "tasks-part",
    "colleagues-before",
    "colleagues",
    "colleagues-errors",
    "colleague",
    "contact-only",
    "answers-missing",
    "answers",
    "application",
    "print",
    "address",
    "own-link",
    "own-link-sent",
    "decision",
    "form-already-begun",
    "join-asked",
    "confirm-team",
    "confirm-commitment",
    "commitment-confirmed",
    "application-confirmed",
    "withdraw",
    "withdrawn",
    "lost",
    "lost-sent",
    "days",
    "times",
    "times-errors",
    "hold",
    "hold-errors",
    "booking",
    "move",
    "move-times",
    "moved",
    "cancel",
    "cancelled",
    "join",
    "join-errors",
    "offer",
    "waiting",
    "leave",
    "left",
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
    "tasks-late",
    "part-late",
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
    #: The address of an application that was begun and left.
    left: str = ""

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
        follow(self.page.locator("main form[method=post] button[type=submit]").last)

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
        follow(self.page.locator("main a[href$='/check/']").first)
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
        fill(self.page, "email", "vieno")
        self.send()
        yield "form-errors"
        begin_application(self.page, "Kierrosmäen kaupunki", OUTSIDER)
        yield "tasks"
        application = self.page.url.partition("?")[0]
        yield from self.writing(application)
        send_application(self.page)
        yield "application"
        self.page.goto(f"{application}print/")
        yield "print"
        self.page.goto(application)
        follow(self.page.locator("main a[href$='/address/']").first)
        yield "address"
        self.page.goto(application)
        follow(self.page.locator("main a[href$='/link/']").first)
        yield "own-link"
        follow(self.page.locator("[name=send]"))
        yield "own-link-sent"
        self.page.goto(f"{application}decision/")
        yield "decision"
        self.go(FORM["fi"])
        begin_application(self.page, "Kierrosmäen kaupunki", OUTSIDER)
        yield "form-already-begun"
        follow(self.page.locator("form[action$='/apply/join/'] button"))
        yield "join-asked"
        for link in ("team", "commitment"):
            self.go(self.link_of(link))
            yield f"confirm-{link}"
            if link == "commitment":
                self.send()
                yield "commitment-confirmed"
        self.page.goto(application)
        yield "application-confirmed"
        follow(self.page.locator("main a[href$='/withdraw/']").first)
        yield "withdraw"
        self.send()
        yield "withdrawn"
        self.go(FORM["fi"])
        begin_application(self.page, "Myöhälän kaupunki", "myoha@myohala.example")
        self.left = self.page.url.partition("?")[0]
        self.go("/academy/fi/application/lost/")
        yield "lost"
        fill(self.page, "email", OUTSIDER)
        self.send()
        yield "lost-sent"

    def writing(self, application: str) -> Iterator[str]:
        """One part with all that can befall it, then the rest."""
        self.page.goto(f"{application}part/pilot/")
        yield "part"
        follow(self.page.locator("form[data-ka-saving] button").first)
        yield "part-errors"
        other = self.page.context.new_page()
        other.goto(f"{application}part/pilot/")
        fill(other, "q-pilot_title", "Koulun pihan puut")
        follow(other.locator("[name=later]"))
        other.close()
        fill(self.page, "q-pilot_title", "Koulun pihan leikkipaikka")
        follow(self.page.locator("[name=later]"))
        yield "part-both"
        follow(self.page.locator("[name=later]"))
        yield "tasks-part"
        yield from self.inviting(application)
        self.page.goto(f"{application}answers/")
        yield "answers-missing"
        self.page.goto(application)
        write_application(self.page, OUTSIDER, "Pieni asia, jolla on nimi.")
        yield "answers"

    def inviting(self, application: str) -> Iterator[str]:
        """A colleague is invited, comes, and is turned away from what is the contact person's."""
        self.page.goto(f"{application}colleagues/")
        yield "colleagues-before"
        self.go(self.link_of("application"))
        self.page.goto(f"{application}colleagues/")
        fill(self.page, "email", COLLEAGUE)
        self.send_first()
        yield "colleagues"
        self.send_first()
        yield "colleagues-errors"
        cookies = self.page.context.cookies()
        self.page.context.clear_cookies()
        self.go(self.link_of("application/colleague"))
        yield "colleague"
        self.page.goto(f"{application}withdraw/")
        yield "contact-only"
        self.page.context.clear_cookies()
        self.page.context.add_cookies(cookies)

    def send_first(self) -> None:
        follow(self.page.locator("main form.ka-write button[type=submit]").first)

    def booking(self) -> Iterator[str]:
        self.go("/academy/fi/book/1/")
        yield "days"
        follow(self.page.locator("main a[href*='/book/1/2023-']").nth(1))
        yield "times"
        self.send()
        yield "times-errors"
        self.page.locator("[name=slot]").last.check()
        self.send()
        yield "hold"
        self.send()
        yield "hold-errors"
        self.comes("Vieno Walker", "Kierrosmäen kaupunki", OUTSIDER)
        yield "booking"
        follow(self.page.locator("main a[href$='/move/']"))
        yield "move"
        follow(self.page.locator("main a[href*='/move/2023-']").first)
        yield "move-times"
        self.page.locator("[name=slot]").first.check()
        self.send()
        yield "moved"
        follow(self.page.locator("main a[href$='/cancel/']"))
        yield "cancel"
        self.send()
        yield "cancelled"
        yield from self.waiting()

    def comes(self, person: str, organisation: str, email: str) -> None:
        """Say who comes, or who waits."""
        fill(self.page, "person", person)
        fill(self.page, "email", email)
        if self.page.locator("main [name=organisation]").count():
            fill(self.page, "organisation", organisation)
        self.send()

    def waiting(self) -> Iterator[str]:
        self.go("/academy/fi/book/1/wait/?day=2023-06-05")
        yield "join"
        self.send()
        yield "join-errors"
        self.comes("Jono Walker", "Jonolan kaupunki", "jono@jonola.example")
        yield "offer"
        follow(self.page.locator("button[formaction$='/pass/']"))
        yield "waiting"
        follow(self.page.locator("main a[href$='/leave/']"))
        yield "leave"
        self.send()
        yield "left"

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
        self.page.goto(self.left)
        yield "tasks-late"
        self.page.goto(f"{self.left}part/pilot/")
        yield "part-late"
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

    def link_of(self, what: str) -> str:
        """The newest link of such a kind among the mails that were sent."""
        self.demonstration.send_mail()
        letters = self.demonstration.get("/demo/mail/fi/").select(".demo-mail details")
        mark = f"/{what}/" if "/" in what else f"/{what}/open/"
        links = (letter.select_one(f"a[href*='{mark}']") for letter in letters)
        return next(link["href"] for link in links if link)

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
