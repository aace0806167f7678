"""Every page of the package that is not the admin's, in the states in which its templates differ."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from keino_academy.announcement.models import Academy, AcademyPage, AccessibilityStatementPage
from keino_academy.applications.actions import (
    invite_colleague,
    return_for_completion,
    save_section,
    take_new_form,
    withdraw,
)
from keino_academy.applications.attaching import attach
from keino_academy.applications.queries import door_of
from keino_academy.applications.section_views import WRITING
from keino_academy.blocks import BodyBlock, MaterialsBlock
from keino_academy.booking.actions import cancel, join, make_feed
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import BookableSession
from keino_academy.core.doors import sign
from keino_academy.learning.links import new_token
from keino_academy.learning.queries import feed_holder
from tests.factories import academy_texts
from tests.factories.academy_texts import block_id
from tests.factories.announcement import make_academy_page, make_index_page, make_topic, many_entries, stream
from tests.factories.applications import (
    make_application,
    make_application_page,
    make_draft,
    posted_of,
)
from tests.factories.booking import TIMES, make_booking, make_series
from tests.factories.learning import add_page, make_learning_pages, make_member, make_participation

#: A question that is answered by files.
FILE = {
    "type": "file",
    "id": block_id("plan"),
    "value": {"question": "Suunnitelma", "help": "", "required": True},
}
HELSINKI = ZoneInfo("Europe/Helsinki")
MAY = datetime(2023, 5, 10, 12, 0, tzinfo=HELSINKI)
JULY = datetime(2023, 7, 3, 12, 0, tzinfo=HELSINKI)
SESSION_DAY = datetime(2023, 10, 10, 9, 30, tzinfo=HELSINKI)

#: What differs each time a page is shown: signed values, and Django's CSRF token.
_FRESH = re.compile(r'value="[^"]{40,}"')


@dataclass
class Visit:
    """One page as somebody asks for it at a moment; the last is true of what is asked."""

    name: str
    show: Callable[[], Any]
    at: datetime = MAY

    def look(self) -> tuple[str, set[str]]:
        """What is shown, and the names of the templates of the package that were used."""
        names: set[str] = set()

        def note(template: Any, **_kwargs: Any) -> None:
            names.add(str(template.name))

        cache.clear()
        template_rendered.connect(note)
        try:
            with time_machine.travel(self.at, tick=False):
                answer = self.show()
        finally:
            template_rendered.disconnect(note)
        text = answer if isinstance(answer, str) else answer.content.decode()
        return _FRESH.sub('value=""', text), {name for name in names if name.startswith("keino_academy/")}


def make_visits(site: Site) -> list[Visit]:
    """The world in which everything stands, and all visits to it."""
    with time_machine.travel(MAY, tick=False):
        world = World(site)
    return [
        *world.announcement(),
        *world.applications(),
        *world.booking(),
        *world.learning(),
        *world.errors(),
    ]


def one_on_condition() -> list[dict[str, Any]]:
    """The criteria, of which the last concerns only those who don't meet the first."""
    criteria = academy_texts.criteria()
    criteria[0]["value"]["name"] = "first"
    criteria[-1]["value"]["when"] = {"about": "named", "name": "first", "test": "not_met", "values": ""}
    return criteria


def every_block(session: BookableSession, image: Any, document: Any) -> list[dict[str, Any]]:
    """The announcement with each kind of block, as its preview shows it."""
    kept = {child["type"]: child["value"] for child in academy_texts.body()}
    children = []
    for name, block in BodyBlock().child_blocks.items():
        value = kept.get(name) or block.get_prep_value(block.get_preview_value())
        if name == "booking":
            value["session"] = session.pk
        if name == "image":
            value["image"] = {"image": image.pk, "alt_text": "Tiiliä", "decorative": False}
        if name == "steps":
            value["next"] = [{"type": "item", "value": {"when": "Sitten", "text": "Organisaatio päättää."}}]
        if name == "call_to_action":
            value |= {"target": "apply", "button": "Hae"}
        if name == "files":
            for item in value["files"]:
                item.setdefault("value", {})["document"] = document.pk
        children.append({"type": name, "id": block_id(f"every-{name}"), "value": value})
    return children


def every_material(document: Any) -> list[dict[str, Any]]:
    """A session's materials, one of each kind."""
    children = []
    for name, block in MaterialsBlock().child_blocks.items():
        value = block.get_prep_value(block.get_preview_value())
        if name == "document":
            value["document"] = document.pk
        children.append({"type": name, "id": block_id(f"every-{name}"), "value": value})
    return children


class World:
    """Two academies, one of them with everything, and who visits them."""

    def __init__(self, site: Site) -> None:
        image = get_image_model().objects.create(title="Tiiliä", file=get_test_image_file())
        document = get_document_model().objects.create(title="Opas", file=ContentFile(b"x", "opas.txt"))
        self.index = make_index_page(site)
        topic = make_topic("Rakentaminen")
        page = make_academy_page(
            site,
            parent=self.index,
            topics=[{"type": "topic", "id": block_id("topic"), "value": topic.pk}],
            share_image=[("image", image)],
        )
        self.academy = Academy.objects.get(translation_key=page.translation_key)
        self.form = make_application_page(page)
        self.series = make_series(self.academy)
        session = BookableSession.objects.get(translation_key=self.series.translation_key)
        page.body = stream(AcademyPage, "body", every_block(session, image, document))
        page.save_revision().publish()
        self.page = AcademyPage.objects.get(pk=page.pk)
        self.statement = add_page(
            self.index, AccessibilityStatementPage, title="Seloste", body="<p>Näin.</p>"
        )
        self.bare = make_academy_page(
            site,
            parent=self.index,
            title="Toinen",
            slug="toinen",
            code="toinen",
            timeline=many_entries(14),
            criteria=one_on_condition(),
        )
        self.bare_academy = Academy.objects.get(translation_key=self.bare.translation_key)
        self.people(document)

    def people(self, document: Any) -> None:
        """An applicant with a time, one who withdrew, a member of two academies, and an outsider."""
        self.application = make_application(self.academy)
        named = {"director_name": "Johanna Johtaja", "director_email": "johto@kunta.example"}
        directed = make_application(self.academy, contact_email="johdettu@kunta.example", **named)
        self.named = directed.team.get(number=1)
        self.returned = return_for_completion(
            make_application(self.academy, contact_email="kesken@kunta.example"), "Kerro aikataulusta.", None
        )
        self.withdrawn = withdraw(make_application(self.academy, contact_email="pois@kunta.example"))
        slots = list(self.series.slots.order_by("starts"))
        self.booking_made = make_booking(slots[0])
        self.booking_gone = cancel(make_booking(slots[1], email="peru@kunta.example"))
        for slot in slots[3:6]:
            make_booking(slot)
        day = timezone.localtime(slots[8].starts, self.academy.zone).date()
        self.waiting = join(
            self.series, Holder("", "", "Jono", "jono@kunta.example"), nonce="jono", language="fi", day=day
        )
        make_feed(self.academy, self.booking_made.holder, "fi")
        self.draft = make_draft(self.academy, contact_email="luonnos@kunta.example")
        self.whole = make_draft(self.academy, whole=True, contact_email="valmis@kunta.example")
        invite_colleague(self.draft, "kollega@kunta.example")
        self.colleague = self.writing_along()
        self.changed = make_draft(self.academy, contact_email="muuttunut@kunta.example")
        self.gone = attach(
            self.changed, block_id("plan"), SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")
        )
        self.form.questions = stream(type(self.form), "questions", [FILE])
        self.form.save_revision().publish()
        take_new_form(self.changed)
        self.gone.file.storage.delete(self.gone.file.name)
        self.form.asks_management = False
        self.form.save_revision().publish()
        typed_wrong = posted_of({"q-pilot_title": "Piha"})
        for record in (self.draft, self.returned):
            save_section(record, "pilot", typed_wrong, language="fi", count=0)
        self.applicant = Client()
        for name, record in (
            ("application_open", self.application),
            ("application_open", self.withdrawn),
            ("application_open", self.draft),
            ("application_open", self.whole),
            ("application_open", self.changed),
            ("application_open", self.returned),
            ("booking_open", self.booking_made),
            ("booking_open", self.booking_gone),
            ("waiting_open", self.waiting),
        ):
            self.applicant.get(reverse(f"keino_academy:{name}", args=["fi", record.secret]))
        self.hold = self.chosen(slots[2])
        self.home = make_learning_pages(
            self.page, introduction="<p>Tervetuloa.</p>", contact_email="a@example.org"
        )
        self.session = self.home.get_children().get(slug="tilaisuus-2").specific
        self.session.materials = stream(type(self.session), "materials", every_material(document))
        self.session.save_revision().publish()
        users = get_user_model().objects
        member = users.create_user("member", "member@example.org", "pw")
        participation = make_participation(self.academy, "member@example.org", user=member)
        make_member(participation, "toinen@example.org")
        twice = users.create_user("twice", "twice@example.org", "pw")
        make_participation(self.academy, "twice@example.org", user=twice)
        make_learning_pages(self.bare, sessions=0)
        make_participation(self.bare_academy, "twice@example.org", user=twice)
        make_feed(self.academy, feed_holder(participation.members.first()), "fi")
        outsider = users.create_user("outsider", "outsider@example.org", "pw")
        self.users = {"member": member, "twice": twice, "outsider": outsider}

    def chosen(self, slot: Any) -> str:
        """The page on which the applicant says who comes while a time is kept."""
        times = f"/academy/fi/book/{self.series.pk}/{slot.starts:%Y-%m-%d}/"
        token = self.applicant.get(times).context["form"]["form_token"].value()
        return self.applicant.post(times, {"slot": slot.pk, "form_token": token})["Location"]

    def own_part(self, application: Any) -> str:
        """The address of a part of an application."""
        return reverse("keino_academy:application_section", args=["fi", application.reference, "pilot"])

    def writing_along(self) -> Client:
        """The browser of a colleague who came by their link."""
        client = Client()
        secret = self.draft.colleagues.get().secret
        client.get(reverse("keino_academy:application_colleague_open", args=["fi", secret]))
        return client

    def opened(self, application: Any, url: str) -> Callable[[], Any]:
        """A page for a browser that comes by the link just before."""

        def show() -> Any:
            client = Client()
            client.get(reverse("keino_academy:application_open", args=["fi", application.secret]))
            return client.get(url)

        return show

    def key(self, application: Any) -> dict[str, str]:
        """The key that the form of a part has."""
        return {"key": sign(WRITING, door_of(application)), "q-pilot_title": "Pihat"}

    def old_token(self) -> dict[str, str]:
        """The token of an application form that was opened a minute ago."""
        opened = [f"apply:{self.academy.pk}", "again", time.time() - 60]
        return {"form_token": signing.dumps(opened, salt="keino_academy.form")}

    def get(self, url: str, client: Client | None = None) -> Callable[[], Any]:
        return lambda: (client or Client()).get(url)

    def post(self, url: str, data: dict[str, Any], client: Client | None = None) -> Callable[[], Any]:
        return lambda: (client or Client()).post(url, data)

    def as_user(self, name: str, url: str) -> Callable[[], Any]:
        def show() -> Any:
            client = Client()
            client.force_login(self.users[name])
            return client.get(url)

        return show

    def own(self, name: str, record: Any = None) -> str:
        values = {"reference": record.reference} if record is not None else {}
        return reverse(f"keino_academy:{name}", kwargs={"language": "fi", **values})

    def confirming(self, name: str, person: Any) -> tuple[str, Client]:
        """The page of one who confirms, and a browser that came by their link."""
        browser = Client()
        opened = reverse(f"keino_academy:{name}_open", args=["fi", person.secret])
        return browser.get(opened)["Location"], browser

    def announcement(self) -> list[Visit]:
        check = "/academy/fi/kiertotalous-2023/check/"
        criteria = [child["id"] for child in academy_texts.criteria()]
        good = {f"c-{key}": "met" for key in criteria}
        return [
            Visit("index", self.get(self.index.url)),
            Visit("announcement", self.get(self.page.url)),
            Visit("announcement with a line", self.get(self.bare.url)),
            Visit("announcement past", self.get(self.page.url), JULY),
            Visit("statement", self.get(self.statement.url)),
            Visit("check", self.get(check)),
            Visit("check unanswered", self.post(check, {})),
            Visit("check met", self.post(check, good)),
            Visit("check unsure", self.post(check, good | {f"c-{criteria[2]}": "unsure"})),
            Visit("check not met", self.post(check, good | {f"c-{criteria[0]}": "not_met"})),
            Visit("check of what does not concern", self.post("/academy/fi/toinen/check/", good)),
        ]

    def applications(self) -> list[Visit]:
        apply = "/academy/fi/kiertotalous-2023/apply/"
        full = {
            "organisation": "Koivurannan kaupunki",
            "business_id": "1234567-1",
            "email": "x@kunta.example",
        }
        further = reverse("keino_academy:application_section", args=["fi", self.changed.reference, "further"])
        part, sent = self.own_part(self.draft), self.own_part(self.returned)
        return [
            Visit("form", self.get(self.form.url)),
            Visit("form closed", self.get(self.form.url), JULY),
            Visit("form with errors", self.post(apply, {})),
            Visit("form too late", self.post(apply, full), JULY),
            Visit("tasks", self.get(self.own("application", self.draft), self.applicant)),
            Visit("tasks late", self.opened(self.draft, self.own("application", self.draft)), JULY),
            Visit("tasks whole", self.get(self.own("application", self.whole), self.applicant)),
            Visit("part", self.get(part, self.applicant)),
            Visit("part team", self.get(part.replace("/pilot/", "/team/"), self.applicant)),
            Visit("part late", self.opened(self.draft, part), JULY),
            Visit("part with errors", self.post(part, self.key(self.draft), self.applicant)),
            Visit("part of two", self.post(sent, self.key(self.returned) | {"count": 9}, self.applicant)),
            Visit("part renewed", self.post(part, {"key": "old", "q-pilot_title": "Teksti"})),
            Visit("tasks of a changed form", self.get(self.own("application", self.changed), self.applicant)),
            Visit("part with files", self.get(further, self.applicant)),
            Visit("colleagues", self.get(self.own("application_colleagues", self.draft), self.applicant)),
            Visit("contact only", self.get(self.own("application_withdraw", self.draft), self.colleague)),
            Visit(
                "upload",
                lambda: self.applicant.post(further, b"--x", content_type="multipart/form-data; boundary=x"),
            ),
            Visit(
                "file gone",
                self.get(
                    reverse(
                        "keino_academy:application_file", args=["fi", self.changed.reference, self.gone.pk]
                    ),
                    self.applicant,
                ),
            ),
            Visit("answers", self.get(self.own("application_answers", self.draft), self.applicant)),
            Visit("sending", self.get(self.own("application_answers", self.whole), self.applicant)),
            Visit(
                "sending with errors",
                self.post(self.own("application_answers", self.whole), {}, self.applicant),
            ),
            Visit("print", self.get(self.own("application_print", self.application), self.applicant)),
            Visit("no cookies", self.get(self.own("application", self.draft) + "?came=1")),
            Visit("form gone", self.get("/academy/fi/toinen/apply/")),
            Visit("application", self.get(self.own("application", self.application), self.applicant)),
            Visit("application withdrawn", self.get(self.own("application", self.withdrawn), self.applicant)),
            Visit("application returned", self.get(self.own("application", self.returned), self.applicant)),
            Visit("address", self.get(self.own("application_address", self.application), self.applicant)),
            Visit("withdraw", self.get(self.own("application_withdraw", self.application), self.applicant)),
            Visit("own link", self.get(self.own("application_link", self.application), self.applicant)),
            Visit("decision", self.get(self.own("application_decision", self.application), self.applicant)),
            Visit("join asked", self.get(f"{apply}join/")),
            Visit("form of one that has applied", lambda: Client().post(apply, full | self.old_token())),
            Visit("team member", self.get(*self.confirming("team_member", self.named))),
            Visit(
                "commitment",
                self.get(*self.confirming("commitment", self.named.application.countersignature)),
            ),
            Visit("lost", self.get(self.own("application_lost"))),
            Visit("lost sent", self.get(self.own("application_lost_sent"))),
            Visit("link", self.get("/academy/fi/application/open/wrong/")),
        ]

    def booking(self) -> list[Visit]:
        days = f"/academy/fi/book/{self.series.pk}/"
        times = f"{days}{TIMES[0]:%Y-%m-%d}/"
        return [
            Visit("days", self.get(days)),
            Visit("times", self.get(times)),
            Visit("times with errors", self.post(times, {})),
            Visit("times of no day", self.get(f"{days}2023-06-20/")),
            Visit("days over", self.get(days), JULY),
            Visit("booking", self.get(self.own("booking", self.booking_made), self.applicant)),
            Visit("renew feed", self.get(self.own("booking_feed_renew", self.booking_made), self.applicant)),
            Visit("booking cancelled", self.get(self.own("booking", self.booking_gone), self.applicant)),
            Visit("cancel", self.get(self.own("booking_cancel", self.booking_made), self.applicant)),
            Visit("hold", self.get(self.hold, self.applicant)),
            Visit("hold with errors", self.post(self.hold, {}, self.applicant)),
            Visit("move", self.get(self.own("booking_move", self.booking_made), self.applicant)),
            Visit(
                "move times",
                self.get(
                    f"{self.own('booking_move', self.booking_made)}{TIMES[0]:%Y-%m-%d}/", self.applicant
                ),
            ),
            Visit("join", self.get(f"{days}wait/")),
            Visit("waiting", self.get(self.own("waiting", self.waiting), self.applicant)),
            Visit("leave the list", self.get(self.own("waiting_leave", self.waiting), self.applicant)),
        ]

    def learning(self) -> list[Visit]:
        with time_machine.travel(SESSION_DAY, tick=False):
            link = reverse(
                "keino_academy:sign_in_link", args=["fi", new_token("member@example.org", "fi", "")]
            )
        at = SESSION_DAY
        return [
            Visit("home", self.as_user("member", self.home.url), at),
            Visit(
                "renew my feed", self.as_user("member", f"/academy/fi/my/{self.academy.code}/feed/renew/"), at
            ),
            Visit("session", self.as_user("member", self.session.url), at - timedelta(hours=1)),
            Visit("session under way", self.as_user("member", self.home.get_children().first().url), at),
            Visit("my academies", self.as_user("twice", self.own("my_academy")), at),
            Visit("outsider", self.as_user("outsider", self.home.url), at),
            Visit("sign-in", self.get(self.own("sign_in")), at),
            Visit("sign-in with errors", self.post(self.own("sign_in"), {}), at),
            Visit("sign-in sent", self.get(self.own("sign_in_sent")), at),
            Visit("sign-in link", self.get(link), at),
            Visit("sign-in old", self.get("/academy/fi/sign-in/wrong/"), at),
            Visit("sign-out", self.as_user("member", self.own("sign_out")), at),
        ]

    def errors(self) -> list[Visit]:
        """What a host shows by a line in templates of its own: error pages, and elements."""
        names = [f"keino_academy/errors/{code}.html" for code in (403, 404, 500, 503)]
        message = SimpleNamespace(level_tag="info", __str__=lambda: "Tallessa.")
        return [
            *(Visit(name, self.render(name)) for name in names),
            Visit("message", self.render("keino_academy/errors/404.html", messages=[message])),
            Visit("note", self.render("keino_academy/elements/note.html", text="Huomaa.")),
        ]

    def render(self, name: str, **context: Any) -> Callable[[], str]:
        return lambda: render_to_string(name, context, RequestFactory().get("/"))
