"""Organisations that have applied, in different states, and the discussions that they booked."""

import tomllib
from typing import Any

from example_site.demo.clock import HELSINKI
from example_site.demo.content import HERE
from example_site.demo.parts.streams import block_id
from keino_academy.applications.actions import send_application, walk, withdraw
from keino_academy.applications.enums import Actor
from keino_academy.applications.queries import current_document, holder_key
from keino_academy.booking.actions import book
from keino_academy.booking.holders import Holder
from keino_academy.core import clock
from keino_academy.models import Academy, Application, Slot, SlotSeries

#: Answers that are given under the same name as the form asks them.
PLAIN = [
    "organisation",
    "contact_name",
    "contact_email",
    "contact_phone",
    "pilot_title",
    "pilot_category",
    "pilot_phase",
    "pilot_value",
    "pilot_aims",
]


def make_applicants(academy: Academy, series: SlotSeries) -> None:
    """Send every application once, and move it to where it stands."""
    file = HERE / "applicants.toml"
    for applicant in tomllib.loads(file.read_text(encoding="utf-8"))["applicants"]:
        sent = applicant["sent"].replace(tzinfo=HELSINKI)
        with clock.standing_at(sent):
            _make(academy, series, applicant)


def _make(academy: Academy, series: SlotSeries, applicant: dict[str, Any]) -> None:
    nonce = f"demo-{applicant['key']}"
    application, made = send_application(
        academy,
        current_document(academy),
        _answers(applicant),
        language=applicant["language"],
        nonce=nonce,
    )
    if "books" in applicant:
        _book(series, application, applicant["books"], nonce)
    if not made:
        return
    if "walk" in applicant:
        walk(application, tuple(applicant["walk"]), Actor.ORGANISER)
    if applicant.get("withdraws"):
        withdraw(application)


def _answers(applicant: dict[str, Any]) -> dict[str, Any]:
    first, last = applicant["months"]
    done = applicant["groundwork"]
    sessions = ("kick-off", "workshop-1", "workshop-2", "closing-event")
    own = {
        "kind": applicant["kind"],
        "pilot": {"first": first, "last": last},
        "groundwork": {"value": "yes" if done else "no", "evidence": done},
        "will": applicant["will"],
        "sharing": {"value": "yes", "evidence": ""},
        "taking-part": {block_id("timeline", name): "yes" for name in sessions},
    }
    questions = {
        "goals": applicant["goals"],
        "sectors": [_choice(1, number) for number in applicant["sectors"]],
        "heard": _choice(2, applicant["heard"]),
        "newsletter": applicant["newsletter"],
    }
    team = [dict(zip(("name", "role", "email"), person, strict=True)) for person in applicant["team"]]
    return {
        **{name: applicant[name] for name in PLAIN},
        **{block_id("criteria", name): answer for name, answer in own.items()},
        **{block_id("questions", name): answer for name, answer in questions.items()},
        "business_id": "",
        "team": team,
        "entitled": True,
    }


def _choice(question: int, number: int) -> str:
    """The key of a choice: the id of its item, the same in every language."""
    return block_id(f"questions/{question}/options", number)


def _book(series: SlotSeries, application: Application, number: int, nonce: str) -> None:
    slot = Slot.objects.filter(series=series).order_by("starts")[number]
    holder = Holder(
        key=holder_key(application),
        organisation=application.organisation,
        person=application.contact_name,
        email=application.contact_email,
        reference=application.reference,
    )
    book(slot, holder, nonce=nonce, language=application.language)
