"""A host replaces the package's templates one by one.

``tests/overrides`` is a folder of templates as a host writes it, each by what the reference tells.
Beside it, every template of the package is replaced alone, by one that only marks where it stands.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import override_settings

import keino_academy
from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import find_face
from keino_academy.applications import actions as applications
from keino_academy.applications.asking import MANAGEMENT, remind_person
from keino_academy.applications.confirming import sign
from keino_academy.applications.draft_reminders import remind_of_drafts
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.nudging import nudge
from keino_academy.applications.people import promise_of
from keino_academy.applications.promise import digest
from keino_academy.booking import actions as booking
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import Slot
from keino_academy.core.clock import standing_at
from keino_academy.core.models import OutboxMail
from keino_academy.learning.signing import ask_for_link
from tests.conftest import TODAY
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application, make_draft
from tests.factories.booking import make_booking, make_series
from tests.factories.learning import make_learning_pages
from tests.learning.test_moving import publish
from tests.visits import Visit, make_visits

# Wagtail leaves the file open from which it saves a rendition.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

PACKAGE = Path(keino_academy.__file__).parent / "templates"
HOST = Path(__file__).parent / "overrides"

#: Shown to editors and organisers in the admin alone.
IN_THE_ADMIN = re.compile(
    r"keino_academy/(admin/|selection/|blocks/previews/"
    r"|blocks/(preview|criterion|entry|question)\.html"
    r"|announcement/statements/"
    r"|learning/(member_confirm|participation_inspect)\.html)"
)
ROOMS = ("announcement", "applications", "base.html", "blocks", "booking", "elements", "errors", "learning")
REPLACED = "⟦⟧"


def names_in(folder: Path, pattern: str) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob(pattern))


PAGES = [name for name in names_in(PACKAGE, "*.html") if not IN_THE_ADMIN.match(name)]
MAILS = [name.removeprefix("keino_academy/") for name in names_in(PACKAGE, "*.txt")]
OWN = names_in(HOST, "*.html")
#: How a host's template is known; the others carry a class of their name.
MARKS = {"keino_academy/errors/link.html": "The host's own words about a link"}


@pytest.fixture
def visits(site) -> list[Visit]:
    return make_visits(site)


@pytest.fixture
def replaced(tmp_path) -> Callable[[dict[str, str]], override_settings]:
    """Put templates of these names before the package's: ``with replaced({name: source})``."""

    def put(templates: dict[str, str]) -> override_settings:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        for name, source in templates.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8")
        return first_in_line(folder)

    return put


def first_in_line(folder: Path) -> override_settings:
    (engine,) = settings.TEMPLATES
    return override_settings(TEMPLATES=[{**engine, "DIRS": [folder, *engine["DIRS"]]}])


def marked(name: str) -> str:
    """The template between marks; one that extends another marks the title of the page, or the inside of a section."""
    source = (PACKAGE / name).read_text(encoding="utf-8")
    if "{% extends " not in source:
        return f"⟦{source}⟧"
    block = "inside" if "keino_academy/blocks/section.html" in source else "title"
    return f'{{% extends "{name}" %}}{{% block {block} %}}⟦{{{{ block.super }}}}⟧{{% endblock %}}'


def without(marks: str) -> str:
    return marks.replace("⟦", "").replace("⟧", "")


# One by one


@pytest.mark.parametrize("room", ROOMS)
def test_every_template_can_be_replaced_alone(room, visits, replaced):
    before = [(visit, *visit.look()) for visit in visits]
    names = [name for name in PAGES if name.startswith(f"keino_academy/{room}")]
    unseen, broken = [], []
    for name in names:
        users = [(visit, text) for visit, text, used in before if name in used][:1]
        if not users:
            unseen.append(name)
        with replaced({name: marked(name)}):
            seen = [(visit, text, visit.look()[0]) for visit, text in users]
        with replaced({name: REPLACED}):
            gone = [visit.look()[0] for visit, _text in users]
        broken += [
            (name, visit.name)
            for (visit, text, marks), new in zip(seen, gone, strict=True)
            if not held(name, text, marks, new)
        ]
    assert names
    assert (unseen, broken) == ([], [])


def held(name: str, before: str, marks: str, replaced: str) -> bool:
    """Whether the marks stand in the page as it was, and the replacement changed what is between them alone."""
    if "⟦" not in marks or without(marks) != before:
        return False
    source = (PACKAGE / name).read_text(encoding="utf-8")
    if "keino_academy/blocks/section.html" in source:
        start, _mark, end = replaced.partition(REPLACED)
        return bool(end) and before.startswith(start) and before.endswith(end)
    if "{% extends " in source:
        return replaced == REPLACED
    return replaced == re.sub("⟦[^⟦⟧]*⟧", REPLACED, marks)


# As a host writes them


def test_a_hosts_template_works_alone(visits, replaced):
    before = {visit.name: visit.look() for visit in visits}
    silent = []
    for name in OWN:
        users = [visit for visit in visits if name in before[visit.name][1]][:3]
        mark = MARKS.get(name, f'class="host-{Path(name).stem}')
        assert users
        assert all(mark not in text for text, _used in before.values())
        with replaced({name: (HOST / name).read_text(encoding="utf-8")}):
            silent += [(name, visit.name) for visit in users if mark not in visit.look()[0]]
    assert silent == []


def test_all_of_a_hosts_templates_work_together(visits):
    before = {visit.name: headings(visit.look()[0]) for visit in visits}
    with first_in_line(HOST):
        after = {visit.name: visit.look()[0] for visit in visits}
    bare = {"keino_academy/errors/500.html", "keino_academy/errors/503.html", "note"}
    assert [name for name, text in after.items() if (name in bare) == ('class="host-base"' in text)] == []
    own = {"link", "message", "keino_academy/errors/404.html"} | {
        name for name in after if name.startswith("announcement")
    }
    assert {name for name, text in after.items() if headings(text) != before[name]} <= own | {
        "cancel",
        "leave the list",
        "renew feed",
        "renew my feed",
        "withdraw",
        "sign-out",
    }
    assert 'name="form_token"' in after["form"]
    assert 'name="organisation"' in after["form"]
    assert '<a href="#' in after["form with errors"]


def test_a_sites_folder_changes_what_it_holds_and_nothing_else(visits):
    before = {visit.name: visit.look()[0] for visit in visits}["sign-in"]
    with first_in_line(HOST):
        after = {visit.name: visit.look()[0] for visit in visits}
    assert 'class="host-button"' in after["sign-in"]
    assert 'class="host-button"' not in before
    assert before.count("<input") == after["sign-in"].count("<input")
    assert "The host's own words about a link" in after["link"]


def headings(text: str) -> list[str]:
    """The first heading of a page: replacing templates leaves it what it is."""
    return [" ".join(one.text.split()) for one in BeautifulSoup(text, "html.parser").select("h1")]


# Mail


@pytest.fixture
def academy(site, frozen) -> Academy:
    return make_academy(site)


def write_every_mail(academy: Academy) -> None:
    """Do everything that writes a mail."""
    first = make_application(academy, contact_email="first@kunta.example")
    applications.correct_address(first, "moved@kunta.example")
    applications.send_links("moved@kunta.example", "fi")
    applications.renew_link(first)
    draft = make_draft(academy, whole=True, contact_email="draft@kunta.example")
    applications.invite_colleague(draft, "colleague@kunta.example")
    with standing_at(academy.closes - timedelta(days=1)):
        remind_of_drafts()
    with standing_at(academy.closes):
        applications.send(draft, {"entitled": True}, language="fi")
        applications.extend(draft, academy.closes + timedelta(days=1), "Sairastapaus", None)
    applications.ask_to_join(first, "Toini Toinen", "toinen@kunta.example")
    applications.decide(first)
    first.refresh_from_db()
    applications.withdraw(first)
    returned, _not, _selected = (
        make_application(academy, state, contact_email=f"{number}@kunta.example")
        for number, state in enumerate(
            (ApplicationState.RETURNED, ApplicationState.NOT_SELECTED, ApplicationState.SELECTED)
        )
    )
    applications.send(returned, {"entitled": True}, language="fi")
    ask_for_link("2@kunta.example", "fi", "")
    write_mails_of_confirmations(academy)
    series = make_series(academy, remind_soon_minutes=90)
    nudge(series, [returned.pk], by=None, nonce="nudge")
    slots = list(series.slots.order_by("starts"))
    kept, dropped, reminded = (make_booking(slot) for slot in slots[:3])
    booking.send_link_again(kept)
    booking.cancel(dropped)
    for hours in (20, 1):
        with standing_at(reminded.slot.starts - timedelta(hours=hours)):
            booking.remind()
    slots[0].refresh_from_db()
    slots[0].place = "Helsinki"
    booking.change_slot(slots[0])
    booking.cancel_slot(slots[0])
    write_mails_of_moves_and_waiting(academy)
    make_learning_pages(find_face(academy, "fi"))
    publish(academy)
    publish(academy, date="2023-10-11")
    publish(academy, gone=True)


def write_mails_of_confirmations(academy: Academy) -> None:
    """Ask a director and a member, remind both, and let the director sign."""
    named = {"director_name": "Johanna", "director_email": "johanna@kunta.example"}
    application = make_application(academy, contact_email="vahvistus@kunta.example", **named)
    for who in (MANAGEMENT, str(application.team.first().pk)):
        remind_person(application, who)
    sign(application.countersignature, "fi", digest(promise_of(application, "fi")))


def write_mails_of_moves_and_waiting(academy: Academy) -> None:
    """Move a booking; wait, be offered a time that is taken away, be offered one and not answer."""
    series = make_series(academy, slots=2)
    first, second = series.slots.order_by("starts")
    kept = make_booking(first)
    booking.move(kept, second)
    make_booking(first)
    holder = Holder("", "", "Jono", "jono@kunta.example")
    booking.join(series, holder, nonce="jono", language="fi")
    booking.cancel(kept)
    booking.cancel_slot(second)
    booking.cancel_slot(first)
    added = Slot(series=series, starts=second.starts, ends=second.ends)
    booking.add_slots([added])
    with time_machine.travel(TODAY + timedelta(hours=24), tick=False):
        booking.pass_all_on()


@pytest.fixture
def staff(django_user_model) -> None:
    """A member of staff who asks for a sign-in link."""
    django_user_model.objects.create_user("staff", "staff@example.org", "pw", is_staff=True)


def kinds(names: list[str]) -> set[str]:
    """What mails are called, of the names of their templates."""
    return {name.removeprefix("mail/").removesuffix(".subject.txt") for name in names if ".subject." in name}


def test_every_mail_can_be_replaced(academy, staff, replaced):
    with replaced({f"keino_academy/{name}": f"Host's {name}" for name in MAILS}):
        write_every_mail(academy)
        ask_for_link("staff@example.org", "fi", "")
    mails = list(OutboxMail.objects.all())
    assert {mail.kind for mail in mails} == kinds(MAILS)
    for mail in mails:
        assert mail.subject == f"Host&#x27;s mail/{mail.kind}.subject.txt".replace("&#x27;", "'")
        assert mail.text == f"Host's mail/{mail.kind}.txt\n"


def test_a_hosts_receipt_changes_no_other_mail(academy, replaced):
    write_every_mail(academy)
    before = {mail.kind for mail in OutboxMail.objects.filter(text__contains="Isännän")}
    OutboxMail.objects.all().delete()
    with first_in_line(HOST):
        application = make_application(academy, contact_email="host@kunta.example")
    receipt = OutboxMail.objects.get(kind="applications/receipt")
    assert before == set()
    assert receipt.subject == f"The host's receipt, {application.reference}"
    first, link = receipt.text.splitlines()
    assert first == "Isännän kuittaus: Koivurannan kaupunki, Kiertotaloushankintojen johtaminen"
    assert link.startswith("http://localhost/academy/fi/application/open/")
    assert "Isännän" not in OutboxMail.objects.get(kind="applications/organiser_new").text


@pytest.mark.parametrize("name", ["details", "organiser_details"])
def test_the_parts_of_a_mail_can_be_replaced(name, academy, replaced):
    with replaced({f"keino_academy/mail/booking/{name}.txt": "⟦part⟧"}):
        make_booking(make_series(academy).slots.first())
    told = {mail.kind: "⟦part⟧" in mail.text for mail in OutboxMail.objects.all()}
    # What the organiser reads holds what the booker reads.
    assert told == {
        "booking/booked": name == "details",
        "booking/organiser_booked": True,
    }
