"""Reading applications: their pages and forms, what was answered, what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import faces, find_face
from keino_academy.applications.documents import PILOT, TEAM
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.journey import Question, QuestionType, Section, journey, sections_of
from keino_academy.applications.models import (
    AbstractApplicationPage,
    Application,
    FormDocument,
    Pilot,
    TeamMember,
)
from keino_academy.core.addresses import root_url
from keino_academy.core.doors import sign

#: Questions whose answers are columns of the application, and of its pilot.
COLUMNS = ("organisation", "business_id", "contact_name", "contact_email", "contact_phone")
PILOT_COLUMNS = {
    "pilot_title": "title",
    "pilot_category": "category",
    "pilot_phase": "phase",
    "pilot_value": "value_band",
    "pilot_aims": "aims",
}
#: What the signed token of an application is for, where another room asks whose it is.
HOLDER = "holder"


def application_pages(academy: Academy) -> dict[str, AbstractApplicationPage]:
    """The academy's live application pages by language code."""
    parents = faces(academy).values()
    found: dict[str, AbstractApplicationPage] = {}
    for parent in parents:
        pages = parent.get_children().live().filter(alias_of=None).type(AbstractApplicationPage)
        page = pages.specific().select_related("locale").first()
        if page is not None:
            found[page.locale.language_code] = page
    return found


def find_application_page(academy: Academy, language: str) -> AbstractApplicationPage | None:
    """The live application page in a language; that of the source where it is missing."""
    pages = application_pages(academy)
    return pages.get(language) or pages.get(academy.language) or next(iter(pages.values()), None)


def academy_of_page(page: Page) -> Academy | None:
    """The academy of an application page: its parent's."""
    parent = page.get_parent()
    return Academy.objects.filter(translation_key=parent.translation_key).first() if parent else None


def current_document(academy: Academy) -> FormDocument | None:
    """The form that is filled in now."""
    return FormDocument.objects.filter(academy=academy).order_by("-version").first()


def has_form(academy: Academy) -> bool:
    """Whether there is a form to fill in."""
    return FormDocument.objects.filter(academy=academy).exists()


def content_in(document: FormDocument, language: str) -> dict[str, Any]:
    """The document's content in a language; in the academy's own where it has none."""
    content = document.content
    return content.get(language) or content.get(document.academy.language) or next(iter(content.values()))


def sections_for(application: Application, language: str = "") -> tuple[Section, ...]:
    """The sections that the application answered, in its own language or another."""
    content = content_in(application.document, language or application.language)
    return journey(content, application.answers)


def all_answers(application: Application, sections: tuple[Section, ...] | None = None) -> dict[str, Any]:
    """Every answer by question id, wherever it is kept."""
    sections = sections or sections_of(content_in(application.document, application.language))
    return {
        question.id: _answer(application, section, question)
        for section in sections
        for question in section.questions
    }


def _answer(application: Application, section: Section, question: Question) -> Any:
    if question.id in COLUMNS:
        return getattr(application, question.id)
    if question.type == QuestionType.KIND:
        return application.organisation_kind
    if section.id == PILOT:
        return _pilot_answer(getattr(application, "pilot", None), question)
    if section.id == TEAM and question.type == QuestionType.TEAM:
        return [{"name": one.name, "role": one.role, "email": one.email} for one in application.team.all()]
    return application.answers.get(question.id)


def _pilot_answer(pilot: Pilot | None, question: Question) -> Any:
    if pilot is None:
        return None
    if question.type == QuestionType.PERIOD:
        return {"first": f"{pilot.first_month:%Y-%m}", "last": f"{pilot.last_month:%Y-%m}"}
    return getattr(pilot, PILOT_COLUMNS[question.id], None)


def with_all(applications: QuerySet[Application]) -> QuerySet[Application]:
    """The applications with everything that reading them needs, in a constant number of queries."""
    return applications.select_related("academy", "document__academy", "pilot").prefetch_related(
        Prefetch("team", queryset=TeamMember.objects.order_by("number"))
    )


def find_application(**by: Any) -> Application | None:
    """An application by ``reference``, ``secret`` or ``pk``; an erased one is not found."""
    found = with_all(Application.objects.filter(**by)).exclude(state=ApplicationState.ERASED)
    return found.first()


def applications_at(email: str) -> list[Application]:
    """What an address has sent, the newest first."""
    hidden = (ApplicationState.ERASED, ApplicationState.DRAFT)
    found = Application.objects.filter(contact_email__iexact=email).exclude(state__in=hidden)
    return list(found.select_related("academy"))


def holder_key(application: Application) -> str:
    """What bookings of the application are kept under."""
    return f"application:{application.pk}"


def holder_token(application: Application) -> str:
    """What the booking room is given to know whose a booking is."""
    return sign(HOLDER, application.pk)


def application_link(application: Application, language: str = "") -> str:
    """The absolute secret link that opens the application; only its own address may get it."""
    language = language or application.language
    address = reverse(
        "keino_academy:application_open", kwargs={"language": language, "secret": application.secret}
    )
    return f"{root_url(find_face(application.academy, language))}{address}"


def apply_url(academy: Academy, language: str, request: HttpRequest | None = None) -> str:
    """The address of the application page; empty where none is live."""
    page = find_application_page(academy, language)
    return (page.get_url(request) or "") if page else ""


def revision_content(application: Application) -> Mapping[str, Any]:
    """What a revision keeps."""
    return {"answers": all_answers(application), "language": application.language}
