"""Two academies with everything in them, and everybody who may knock at a door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy, AcademyRight
from keino_academy.applications.actions import invite_colleague
from keino_academy.applications.attaching import attach
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application, Countersignature
from keino_academy.booking import actions
from keino_academy.booking.actions import make_feed
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import BookableSession, Host, SlotBatch
from keino_academy.core.doors import sign
from keino_academy.core.models import OutboxMail
from tests.access.routes import Route
from tests.factories.announcement import make_academy_page, make_topic
from tests.factories.applications import make_application
from tests.factories.booking import make_booking, make_series
from tests.factories.learning import make_learning_pages, make_member, make_participation

ROLES = (
    "anonymous",
    "applicant",  # came with the links of application and booking of A
    "applicant_b",  # the same of B
    "colleague",  # came with the link by which the contact of A's application lets them write along
    "named",  # came with the links that A's application gave to a member of its team and to a director
    "member",
    "member_b",
    "left",  # was a member of A
    "editor",  # edits pages, has no right in any academy
    "organiser",  # has every right in A
    "organiser_b",
    "superuser",
)


@dataclass
class Ground:
    """One academy and one of each of its records."""

    page: Page
    academy: Academy
    application: Any = None
    decided: Any = None
    named: Any = None
    signature: Any = None
    series: Any = None
    slot: Any = None
    batch: Any = None
    booking: Any = None
    hold: Any = None
    waiting: Any = None
    participation: Any = None
    member: Any = None
    left: Any = None
    home: Any = None
    session: Any = None
    document: Any = None
    mail: Any = None
    host: Any = None
    feed: Any = None
    sessions: Any = None
    topic: Any = None
    attachment: Any = None
    colleague: Any = None
    users: dict[str, Any] = field(default_factory=dict)


def make_ground(site: Site, name: str) -> Ground:
    """An open academy with an application, a booking, a participation and closed pages."""
    page = make_academy_page(site, title=f"Akatemia {name}", slug=name, code=name)
    ground = Ground(page, Academy.objects.get(translation_key=page.translation_key))
    ground.application = make_application(
        ground.academy,
        organisation=f"Kunta {name}",
        contact_email=f"{name}@kunta.example",
        director_name=f"Johtaja {name}",
        director_email=f"johto-{name}@kunta.example",
    )
    ground.named = ground.application.team.first()
    ground.signature = Countersignature.objects.get(application=ground.application)
    ground.attachment = attach(
        ground.application, "plan", SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")
    )
    Application.objects.filter(pk=ground.application.pk).update(opened_at=timezone.now())
    ground.colleague = invite_colleague(ground.application, f"kollega-{name}@kunta.example")
    ground.decided = make_application(
        ground.academy,
        ApplicationState.SELECTED,
        organisation=f"Kuntayhtymä {name}",
        contact_email=f"{name}@kuntayhtyma.example",
    )
    ground.series = make_series(ground.academy, slots=3, title=f"Keskustelu {name}")
    ground.sessions = BookableSession.objects.get(translation_key=ground.series.translation_key)
    ground.topic = make_topic(f"Aihe {name}")
    ground.slot = ground.series.slots.first()
    ground.batch = SlotBatch.objects.create(series=ground.series, made_at=timezone.now())
    ground.booking = make_booking(ground.slot, f"application:{ground.application.pk}", nonce=f"n-{name}")
    ground.hold = actions.hold(ground.series.slots.all()[1], name, nonce=f"hold-{name}", language="fi")
    holder = Holder("", f"Jono {name}", "Jono", f"jono-{name}@kunta.example")
    ground.waiting = actions.join(ground.series, holder, nonce=f"jono-{name}", language="fi")
    ground.participation = make_participation(
        ground.academy,
        f"{name}@member.example",
        organisation=f"Kunta {name}",
        user=make_user(f"member-{name}"),
    )
    ground.member = ground.participation.members.get()
    ground.left = make_member(
        ground.participation, f"left-{name}@member.example", user=make_user(f"left-{name}")
    )
    ground.left.left_at = timezone.now()
    ground.left.save()
    ground.host = Host.objects.create(
        academy=ground.academy, name=f"Asiantuntija {name}", email=f"host-{name}@keskus.example"
    )
    ground.slot.hosts.add(ground.host)
    ground.feed = make_feed(ground.academy, f"host:{ground.host.pk}", "fi")
    ground.mail = OutboxMail.objects.filter(scope=ground.academy.translation_key).order_by("pk").first()
    OutboxMail.objects.filter(pk=ground.mail.pk).update(state=OutboxMail.State.FAILED)
    ground.document = get_document_model().objects.create(
        title=f"Aineisto {name}", file=ContentFile(b"closed", f"{name}.txt")
    )
    ground.home = make_learning_pages(page)
    ground.session = ground.home.get_children().first().specific
    ground.session.materials = [("document", {"document": ground.document})]
    ground.session.save_revision().publish()
    return ground


def make_user(username: str, **fields: Any) -> Any:
    """A user who may sign in."""
    return get_user_model().objects.create_user(username, f"{username}@user.example", "pw", **fields)


def make_organiser(ground: Ground, username: str) -> Any:
    """A user whose group has every right in one academy, and Wagtail's admin."""
    group = Group.objects.create(name=username)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in Right:
        AcademyRight.objects.create(group=group, academy=ground.academy, right=right)
    user = make_user(username)
    user.groups.add(group)
    return user


def make_users(a: Ground, b: Ground) -> dict[str, Any]:
    """The users behind the roles that have one."""
    editor = make_user("editor")
    editor.groups.add(Group.objects.get(name="Editors"))
    return {
        "member": a.member.user,
        "member_b": b.member.user,
        "left": a.left.user,
        "editor": editor,
        "organiser": make_organiser(a, "organiser-a"),
        "organiser_b": make_organiser(b, "organiser-b"),
        "superuser": make_user("root", is_superuser=True, is_staff=True),
    }


def client_of(role: str, users: dict[str, Any], a: Ground, b: Ground) -> Client:
    """A browser of the role: signed in, or come by its own links."""
    client = Client(raise_request_exception=False)
    if role in users:
        client.force_login(users[role])
    elif role == "named":
        client.get(reverse("keino_academy:team_member_open", args=["fi", a.named.secret]))
        client.get(reverse("keino_academy:commitment_open", args=["fi", a.signature.secret]))
    elif role == "colleague":
        client.get(reverse("keino_academy:application_colleague_open", args=["fi", a.colleague.secret]))
    elif role.startswith("applicant"):
        ground = a if role == "applicant" else b
        for name, record in (
            ("application_open", ground.application),
            ("booking_open", ground.booking),
            ("waiting_open", ground.waiting),
        ):
            client.get(reverse(f"keino_academy:{name}", args=["fi", record.secret]))
        # The door of a hold opens by choosing a time, for which there is no link.
        session = client.session
        session["keino_academy_doors"] = [*session["keino_academy_doors"], ["hold", ground.hold.reference]]
        session.save()
    return client


def address(route: Route, ground: Ground) -> str:
    """The address of a route with A's own records in it."""
    if route.name.startswith("page:"):
        return page_address(route.name, ground)
    values = {name: argument(route.name, name, ground) for name in route.arguments}
    return reverse(route.name, kwargs=values)


def page_address(name: str, ground: Ground) -> str:
    """The address of what is served by Wagtail."""
    if name == "page:document":
        return ground.document.url
    return {
        "page:index": ground.page.get_parent(),
        "page:academy": ground.page,
        "page:application": Page.objects.child_of(ground.page).get(slug="hae"),
        "page:home": ground.home,
        "page:session": ground.session,
    }[name].specific.url


def argument(route: str, name: str, ground: Ground) -> Any:
    """The value of one argument of a route: A's own, so that B's people are foreign."""
    record = record_of(route, ground)
    values = {
        "language": "fi",
        "code": ground.academy.code,
        "reference": getattr(getattr(record, "application", record), "reference", None),
        "number": getattr(record, "number", None),
        "section": "contact",
        "academy": ground.academy.pk,
        "secret": getattr(record, "secret", None),
        "series": ground.series.pk,
        "day": timezone.localtime(ground.slot.starts, ground.academy.zone).date(),
        "token": sign("sign-in", {"email": "nobody@member.example"}),
        "pk": getattr(record, "pk", None),
        "file": ground.attachment.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "revision_id": ground.sessions.latest_revision_id,
        "slot": ground.slot.pk,
        "member": ground.member.pk,
        "format": "ics",
    }
    return values[name]


def record_of(route: str, ground: Ground) -> Any:
    """The record that a route is about, told by its name."""
    room, _, view = route.partition(":")
    kinds = {
        "colleague_open": ground.colleague,
        "application_file": ground.attachment,
        "team_member": ground.named,
        "commitment": ground.signature,
        "booking_hold": ground.hold,
        "waiting": ground.waiting,
        "personal_feed": ground.feed,
        "reopen": ground.decided,
        "invite": ground.member,
        "leave": ground.member,
        "application": ground.application,
        "selection": ground.application,
        "bookablesession": ground.sessions,
        "topic": ground.topic,
        "keino_bookings": ground.booking,
        "booking": ground.booking,
        "slot": ground.slot,
        "batch": ground.batch,
        "host": ground.host,
        "participation": ground.participation,
        "member": ground.member,
        "mail": ground.mail,
        "academy": ground.academy,
    }
    text = route if room == "keino_academy" else f"{room} {view}"
    text = text.removeprefix("keino_academy:").replace("keino_academy", "")
    found = [record for word, record in kinds.items() if word in text]
    return found[0] if found else None


def payload(route: Route, ground: Ground) -> dict[str, str]:
    """What a form sends without which its button does nothing, so that who may press it shows."""
    if route.name.startswith("keino_selection:"):
        return {"seen": record_of(route.name, ground).state}
    if route.name == "keino_academy:application_remind":
        return {"who": str(ground.named.pk)}
    if route.name == "keino_bookings:move":
        return {"slot": str(ground.series.slots.last().pk)}
    if route.name == "keino_hosts:calendars":
        return {"do": "address"}
    if route.name == "keino_hosts:feed":
        return {"renew": "1"}
    return {}
