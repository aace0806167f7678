"""What is written to applicants and to the organiser; always in the caller's transaction.

Links in mail are the package's own: what people typed is :func:`unlinked`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from keino_academy.announcement.queries import academy_title, academy_url
from keino_academy.applications.answers import say_all
from keino_academy.applications.models import Application
from keino_academy.applications.queries import (
    all_answers,
    application_link,
    sections_for,
)
from keino_academy.core.addresses import admin_root
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import post
from keino_academy.core.text import unlinked


def tell_applicant(kind: str, application: Application, to: str = "", **more: Any) -> OutboxMail:
    """One mail of ``keino_academy/mail/applications/`` in the applicant's language."""
    academy, language = application.academy, application.language
    return post(
        f"applications/{kind}",
        to=to or application.contact_email,
        language=language,
        context={
            "application": application,
            "organisation": unlinked(application.organisation),
            "academy": academy_title(academy, language),
            "academy_url": academy_url(academy, language),
            "link": application_link(application),
            "organiser": academy.organiser_email,
            **more,
        },
        scope=academy.translation_key,
        about=f"application:{application.pk}",
        reply_to=academy.organiser_email,
    )


def tell_receipt(application: Application) -> OutboxMail:
    """The receipt, with a copy of all answers."""
    sections = sections_for(application)
    with override(application.language):
        said = say_all(sections, all_answers(application, sections))
    copy = [
        {
            "title": one.section.title,
            "rows": [(row.question.label, _indented(row.text)) for row in one.rows if row.text],
        }
        for one in said
    ]
    return tell_applicant("receipt", application, copy=copy)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in unlinked(text).splitlines())


#: Letters of the table of transitions. That of a selection is the invitation, which learning writes.
LETTERS: dict[str, Callable[[Application], OutboxMail]] = {
    "receipt": tell_receipt,
    "returned": lambda application: tell_applicant("returned", application),
    "withdrawn": lambda application: tell_applicant("withdrawn", application),
    "not_selected": lambda application: tell_applicant("not_selected", application),
}


def tell_organiser(kind: str, application: Application) -> OutboxMail | None:
    """Word to the organiser, who reads the rest in the admin."""
    academy = application.academy
    if not academy.organiser_email:
        return None
    return post(
        f"applications/{kind}",
        to=academy.organiser_email,
        language=academy.language,
        context={
            "application": application,
            "organisation": unlinked(application.organisation),
            "academy": academy.title,
            "link": admin_root() + reverse("keino_applications:inspect", args=[application.pk]),
        },
        scope=academy.translation_key,
        about=f"application:{application.pk}",
    )


def tell_links(applications: Sequence[Application], language: str) -> OutboxMail:
    """All applications of one address with their links, to that address."""
    academies = {application.academy.translation_key for application in applications}
    rows = [
        {
            "academy": academy_title(application.academy, language),
            "reference": application.reference,
            "link": application_link(application, language),
        }
        for application in applications
    ]
    return post(
        "applications/link_again",
        to=applications[0].contact_email,
        language=language,
        context={"rows": rows},
        # Mail about several academies belongs to none: an organiser sees only its own.
        scope=academies.pop() if len(academies) == 1 else None,
    )
