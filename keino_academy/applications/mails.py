"""What is written to applicants and to the organiser; always in the caller's transaction.

Links in mail are the package's own: what people typed is :func:`unlinked`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from keino_academy.announcement.call_words import closing_of
from keino_academy.announcement.queries import academy_title, academy_url
from keino_academy.applications.answers import say_all
from keino_academy.applications.models import Application
from keino_academy.applications.queries import (
    all_answers,
    application_link,
    holder_token,
    sections_for,
)
from keino_academy.booking.models import SlotSeries
from keino_academy.booking.queries import days_url, face_of, site_root, window_of
from keino_academy.core import dates
from keino_academy.core.addresses import admin_root
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import post, written
from keino_academy.core.text import unlinked
from keino_academy.core.zones import last_minute


def tell_applicant(
    kind: str, application: Application, to: str = "", *, reply_to: str = "", **more: Any
) -> OutboxMail:
    """One mail of ``keino_academy/mail/applications/`` in the applicant's language.

    Answers go to the organiser, unless ``reply_to`` says otherwise.
    """
    academy, language = application.academy, application.language
    return post(
        f"applications/{kind}",
        to=to or application.contact_email,
        language=language,
        context=_context(application) | more,
        scope=academy.translation_key,
        about=f"application:{application.pk}",
        reply_to=reply_to or academy.organiser_email,
    )


def _context(application: Application) -> dict[str, Any]:
    """What every mail to an applicant may say."""
    academy, language = application.academy, application.language
    return {
        "application": application,
        "organisation": unlinked(application.organisation),
        "academy": academy_title(academy, language),
        "academy_url": academy_url(academy, language),
        "link": application_link(application),
        "organiser": academy.organiser_email,
    }


def tell_begun(application: Application) -> OutboxMail:
    """The link of an application that was begun, and until when it can be sent."""
    with override(application.language):
        until = closing_of(application.academy)
    return tell_applicant("begun", application, until=until)


def tell_nudge(application: Application, series: SlotSeries, message: str) -> OutboxMail:
    """A reminder to book, with the organiser's own words and the application's own link to the times."""
    return tell_applicant("nudge", application, **_nudge_context(application, series, message))


def preview_nudge(application: Application, series: SlotSeries, message: str, link: str) -> tuple[str, str]:
    """The subject and text that :func:`tell_nudge` writes, with ``link`` where the secret one stands."""
    context = _context(application) | _nudge_context(application, series, message)
    return written(
        "applications/nudge",
        language=application.language,
        context=context | {"link": link, "book_link": link},
    )


def _nudge_context(application: Application, series: SlotSeries, message: str) -> dict[str, Any]:
    language = application.language
    face = face_of(series, language)
    closes = window_of(series).closes
    with override(language):
        local = last_minute(series.academy.local(closes)) if closes else None
        return {
            "title": face.title if face else series.title,
            "until": f"{dates.weekday(local)}{dates.NBSP}{dates.moment(local)}" if local else "",
            "zone": dates.zone_name(local, series.academy.time_zone) if local else "",
            "message": message,
            "book_link": site_root(series.academy, language)
            + days_url(series, language, holder_token(application)),
        }


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


def tell_extended(application: Application) -> OutboxMail:
    """Until when this application alone may still be sent. Why, the applicant does not read."""
    assert application.extended_until is not None  # noqa: S101 - the verb has just set it
    zone = application.academy.time_zone
    with override(application.language):
        local = last_minute(application.academy.local(application.extended_until))
        until = f"{dates.weekday(local)}{dates.NBSP}{dates.moment(local)}"
        return tell_applicant("extended", application, until=until, zone=dates.zone_name(local, zone))


#: Letters of the table of transitions. That of a selection is the invitation, which learning writes.
LETTERS: dict[str, Callable[[Application], OutboxMail]] = {
    "receipt": tell_receipt,
    "decided": lambda application: tell_applicant("decided", application),
    "returned": lambda application: tell_applicant(
        "returned", application, message=unlinked(application.return_message)
    ),
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
