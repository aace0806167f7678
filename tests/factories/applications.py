"""Application pages and applications to the circular-economy academy of 2023."""

import json
import secrets
from contextlib import suppress
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from wagtail.models import Locale, Page

from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.applications.actions import begin, come_in, save_section, send_application, walk
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.journey import QuestionType, Section, questions_of, sections_of
from keino_academy.applications.models import Application, ApplicationPage, FormDocument
from keino_academy.applications.publishing import publish_form
from keino_academy.applications.queries import content_in, current_document
from keino_academy.applications.standing import written_sections
from keino_academy.core.organisations import normalise_business_id

#: From the first interest to each state, as the organiser walks.
WALKS = {
    ApplicationState.RETURNED: ("return",),
    ApplicationState.FINAL_SENT: ("receive_final",),
    ApplicationState.IN_REVIEW: ("receive_final", "begin_review"),
    ApplicationState.SELECTED: ("receive_final", "begin_review", "select"),
    ApplicationState.ON_RESERVE: ("receive_final", "begin_review", "reserve"),
    ApplicationState.NOT_SELECTED: ("receive_final", "begin_review", "turn_away"),
}


def make_application_page(
    parent: AbstractAcademyPage, *, publish: bool = True, **fields: Any
) -> ApplicationPage:
    """Return the application page below an academy's page."""
    values: dict[str, Any] = {
        "title": "Hae akatemiaan",
        "slug": "hae",
        "introduction": "<p>Kerro kiinnostuksesta. Organisaatiosi päättää hakemisesta vasta keskustelun jälkeen.</p>",
        "privacy": "<p>Vastaukset lukevat akatemian asiantuntijat.</p>",
        **fields,
    }
    if isinstance(values.get("questions"), list):
        values["questions"] = json.dumps(values["questions"])
    page = parent.add_child(instance=ApplicationPage(locale=parent.locale, live=False, **values))
    if publish:
        page.save_revision().publish()
    return ApplicationPage.objects.get(pk=page.pk)


def make_form(academy: Academy) -> FormDocument:
    """Return the academy's form, with an application page made where it has none."""
    found = current_document(academy)
    if found is None:
        page = Page.objects.get(
            translation_key=academy.translation_key,
            locale=Locale.objects.get(language_code=academy.language),
        ).specific
        make_application_page(page)
        found = publish_form(academy)
    assert found is not None
    return found


def answers_for(document: FormDocument, **changed: Any) -> dict[str, Any]:
    """Answers by question id that meet every criterion; ``changed`` replaces some."""
    answers: dict[str, Any] = {
        "organisation": "Koivurannan kaupunki",
        "business_id": "1234567-1",
        "contact_name": "Helmi Hankkija",
        "contact_email": "hankinnat@koivuranta.example",
        "contact_phone": "+358 40 123 4567",
        "pilot_title": "Kirkonkylän koulun peruskorjaus",
        "pilot_category": "construction",
        "pilot_phase": "planning",
        "pilot_value": "1m_5m",
        "pilot_aims": "Tiilet ja ikkunat saadaan uuteen käyttöön.",
        "pilot_period": {"first": "2023-09", "last": "2024-02"},
        "kind": "municipality",
        "director_name": "",
        "director_title": "",
        "director_email": "",
    }
    for question in questions_of(sections_of(content_in(document, document.academy.language))):
        answers.setdefault(question.id, _sample(question))
    return answers | changed


def _sample(question: Any) -> Any:
    samples: dict[str, Any] = {
        QuestionType.KIND: "municipality",
        QuestionType.YES_NO: {"value": "yes", "evidence": "Kestävien hankintojen hanke 2021–2022."},
        QuestionType.PERIOD: {"first": "2023-09", "last": "2024-02"},
        QuestionType.TEAM: [
            {"name": "Aino Aalto", "role": "hankinta", "email": "aino@koivuranta.example"},
            {"name": "Eino Eloranta", "role": "ympäristö", "email": ""},
            {"name": "Oiva Oja", "role": "rakennuttaminen", "email": ""},
        ],
        QuestionType.PEOPLE: [{"name": "Tyyne Talo", "role": "talous", "email": "tyyne@koivuranta.example"}],
        QuestionType.ATTENDANCE: {key: "yes" for key, _label in question.options},
        QuestionType.TEXT: "Kaupunkistrategia puolittaa rakentamisen jätteen vuoteen 2030 mennessä.",
        QuestionType.LINE: "Vastaus",
        QuestionType.NUMBER: 12,
        QuestionType.DATE: date(2023, 5, 2).isoformat(),
        QuestionType.CHOICE: question.options[0][0] if question.options else "",
        QuestionType.CHOICES: [key for key, _label in question.options[:1]],
        QuestionType.EMAIL: "kirjaamo@koivuranta.example",
        QuestionType.PHONE: "09 123 456",
        QuestionType.URL: "https://koivuranta.example/strategia",
        QuestionType.CONSENT: True,
        QuestionType.BUSINESS_ID: "1234567-1",
        # Files are rows: a test adds them.
        QuestionType.FILE: None,
    }
    # A type of a site's own is answered in one word.
    return samples.get(question.type, "00100")


def typed(document: FormDocument, language: str = "fi", **changed: Any) -> dict[str, Any]:
    """The same answers as a browser posts them."""
    answers = answers_for(document, **changed)
    data: dict[str, Any] = {}
    for question in questions_of(sections_of(content_in(document, language))):
        data |= _typed(f"q-{question.id}", question.type, answers[question.id])
    return data


def _typed(name: str, kind: str, answer: Any) -> dict[str, Any]:
    if kind == QuestionType.YES_NO:
        return {name: answer["value"], f"{name}-evidence": answer["evidence"]}
    if kind == QuestionType.PERIOD:
        return {f"{name}-first": answer["first"], f"{name}-last": answer["last"]}
    if kind in {QuestionType.TEAM, QuestionType.PEOPLE}:
        return {
            f"{name}-{number}-{part}": value
            for number, one in enumerate(answer, 1)
            for part, value in one.items()
        }
    if kind == QuestionType.ATTENDANCE:
        return {f"{name}-{key}": value for key, value in answer.items()}
    if kind == QuestionType.CONSENT:
        return {name: "on"} if answer else {}
    return {} if kind == QuestionType.FILE else {name: answer}


def texts_of(
    document: FormDocument, section: Section, language: str = "fi", **changed: Any
) -> dict[str, Any]:
    """What a browser posts of one section that is answered well; ``changed`` replaces answers."""
    ids = [f"q-{question.id}" for question in section.questions]
    inside = tuple(f"{one}-" for one in ids)
    everything = typed(document, language, **changed)
    return {name: value for name, value in everything.items() if name in ids or name.startswith(inside)}


def make_draft(academy: Academy, *, whole: bool = False, language: str = "fi", **changed: Any) -> Application:
    """Return an application that was begun by its link; a ``whole`` one has every part answered."""
    document = make_form(academy)
    changed.setdefault("business_id", business_id(academy.applications.count()))
    answers = answers_for(document, **changed)
    application = begin(
        academy,
        document,
        organisation=answers["organisation"],
        business_id=answers["business_id"],
        email=answers["contact_email"],
        language=language,
        nonce=secrets.token_urlsafe(12),
    )
    application = come_in(application)
    for section in written_sections(application, language) if whole else ():
        posted = posted_of(texts_of(document, section, language, **changed))
        save_section(application, section.id, posted, language=language, count=0)
    return Application.objects.get(pk=application.pk)


def posted_of(texts: dict[str, Any]) -> MultiValueDict[str, str]:
    """Texts as a form holds them when it was posted."""
    return MultiValueDict(
        {
            name: [str(one) for one in (value if isinstance(value, list) else [value])]
            for name, value in texts.items()
        }
    )


def business_id(number: int) -> str:
    """The ``number``-th of a row of valid business ids; the first is that of :func:`answers_for`."""
    found = [
        known for known in (_with_check_digit(str(1234567 + step)) for step in range(number * 2 + 2)) if known
    ]
    return found[number]


def _with_check_digit(digits: str) -> str:
    """The id that begins with these seven digits; nothing where no id does."""
    for last in "0123456789":
        with suppress(ValidationError):
            return normalise_business_id(f"{digits}-{last}")
    return ""


def make_application(
    academy: Academy,
    state: str = ApplicationState.INTEREST_SENT,
    *,
    language: str = "fi",
    by: Any = None,
    **changed: Any,
) -> Application:
    """Return an application that was sent and moved on to ``state``; ``changed`` replaces answers.

    The call must be open at the clock's time. One organisation applies once, so each
    application has a business id of its own.
    """
    document = make_form(academy)
    changed.setdefault("business_id", business_id(academy.applications.count()))
    application, _made = send_application(
        academy,
        document,
        answers_for(document, **changed),
        language=language,
        nonce=secrets.token_urlsafe(12),
    )
    if state in WALKS:
        application = walk(application, WALKS[ApplicationState(state)], Actor.ORGANISER, by)
    return application
