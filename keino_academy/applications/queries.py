"""Reading applications: their pages and forms, what was answered, what happens next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import CharField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import faces, find_face
from keino_academy.applications.attendance import attended
from keino_academy.applications.claims import Claim
from keino_academy.applications.documents import MANAGEMENT, PILOT, TEAM
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.journey import (
    Question,
    QuestionType,
    Section,
    asked_sections,
    questions_of,
    sections_of,
)
from keino_academy.applications.models import (
    AbstractApplicationPage,
    Application,
    Attachment,
    Colleague,
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
MANAGEMENT_COLUMNS = {"director_name": "name", "director_title": "title", "director_email": "email"}
_HOLDER_KEY = Concat(Value("application:"), Cast("pk", CharField()))
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


def needs_new_form(application: Application) -> bool:
    """Whether a draft answers a form that asks something else than the newest one; what is sent keeps its form."""
    newest = current_document(application.academy)
    return (
        application.state == ApplicationState.DRAFT
        and newest is not None
        and newest.structure != application.document.structure
    )


def has_form(academy: Academy) -> bool:
    """Whether there is a form to fill in."""
    return FormDocument.objects.filter(academy=academy).exists()


def content_in(document: FormDocument, language: str) -> dict[str, Any]:
    """The document's content in a language; in the academy's own where it has none."""
    content = document.content
    return content.get(language) or content.get(document.academy.language) or next(iter(content.values()))


def sections_for(application: Application, language: str = "") -> tuple[Section, ...]:
    """The sections that the application answered, in its own language or another."""
    sections = sections_of(content_in(application.document, language or application.language))
    if not any(question.when for question in questions_of(sections)):
        return sections
    return asked_sections(sections, all_answers(application, sections))


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
    if section.id in {PILOT, MANAGEMENT}:
        return _kept_apart(application, section, question)
    if section.id == TEAM and question.type == QuestionType.TEAM:
        return [{"name": one.name, "role": one.role, "email": one.email} for one in application.team.all()]
    if question.type == QuestionType.ATTENDANCE:
        return _attendance(application, question)
    return _files(application, question) or application.answers.get(question.id)


def _files(application: Application, question: Question) -> list[dict[str, Any]]:
    if question.type != QuestionType.FILE:
        return []
    return [{"id": one.pk, "name": one.name, "size": one.size} for one in files_of(application, question)]


def files_of(application: Application, question: Question) -> list[Attachment]:
    """The files that answer a question, in the order in which they were added; no query after ``with_all``."""
    return [one for one in application.attachments.all() if one.question == question.id]


def _attendance(application: Application, question: Question) -> Any:
    """What the members said, over what the organisation answered for them."""
    said = [one.sessions for one in application.team.all() if one.confirmed_at]
    return attended(application.answers.get(question.id), said, [key for key, _label in question.options])


def _kept_apart(application: Application, section: Section, question: Question) -> Any:
    if section.id == MANAGEMENT:
        return getattr(getattr(application, "countersignature", None), MANAGEMENT_COLUMNS[question.id], "")
    return _pilot_answer(getattr(application, "pilot", None), question)


def _pilot_answer(pilot: Pilot | None, question: Question) -> Any:
    if pilot is None:
        return None
    if question.type == QuestionType.PERIOD:
        months = [f"{month:%Y-%m}" if month else None for month in (pilot.first_month, pilot.last_month)]
        return dict(zip(("first", "last"), months, strict=True)) if any(months) else None
    return getattr(pilot, PILOT_COLUMNS[question.id], None)


def with_all(applications: QuerySet[Application]) -> QuerySet[Application]:
    """The applications with everything that reading them needs, in a constant number of queries."""
    return applications.select_related(
        "academy", "document__academy", "pilot", "countersignature"
    ).prefetch_related(Prefetch("team", queryset=TeamMember.objects.order_by("number")), "attachments")


def find_application(*, bare: bool = False, **by: Any) -> Application | None:
    """An application by ``reference``, ``secret`` or ``pk``; an erased one is not found.

    A ``bare`` one is read without its team and files.
    """
    found = Application.objects.filter(**by).exclude(state=ApplicationState.ERASED)
    return (found.select_related("academy") if bare else with_all(found)).first()


def applications_at(email: str) -> list[Application]:
    """What an address has begun or sent, the newest first; nothing that is held back, of which no mail may go out."""
    found = Application.objects.filter(contact_email__iexact=email).exclude(state=ApplicationState.ERASED)
    return list(found.exclude(held()).select_related("academy").order_by("-begun_at", "-pk"))


def find_rival(academy: Academy, claim: Claim, but: Application | None = None) -> Application | None:
    """The live application of the same organisation, if there is one, ``but`` a known one.

    A business id is compared with business ids; where one of the two has none, the names are.
    """
    if not claim.key:
        return None
    by_name = Q(name_key=claim.name)
    if claim.key != claim.name:
        by_name &= Q(organisation_key=claim.name)
    over = (ApplicationState.WITHDRAWN, ApplicationState.ERASED)
    # One without a key never claimed its place.
    found = Application.objects.filter(academy=academy).exclude(state__in=over).exclude(organisation_key="")
    found = found.exclude(pk=but.pk) if but else found
    return found.filter(Q(organisation_key=claim.key) | by_name).select_related("academy").first()


def visible_to_organisers() -> Q:
    """What an organiser may read: all that was sent or came late, also what lists leave out by :func:`held`."""
    return ~Q(state=ApplicationState.ERASED) & ~_unsent()


def _unsent() -> Q:
    """Drafts, also those that were taken back, of which no organiser knows."""
    draft = Q(state=ApplicationState.DRAFT) | Q(state=ApplicationState.WITHDRAWN, sent_at__isnull=True)
    return draft & Q(late_at__isnull=True)


def count_drafts(academies: QuerySet[Academy]) -> int:
    """How many drafts of these academies no organiser sees; a number is all that is told of them."""
    drafts = Application.objects.filter(
        academy__in=academies, state=ApplicationState.DRAFT, late_at__isnull=True
    )
    return drafts.exclude(held()).count()


def draft_keys() -> QuerySet[Application, str]:
    """The keys of the same drafts, under which bookings and mails are kept: see :func:`holder_key`."""
    drafts = Application.objects.filter(_unsent())
    return drafts.annotate(holder=_HOLDER_KEY).values_list("holder", flat=True)


def held() -> Q:
    """Of which applications no mail goes out until somebody lets them through."""
    return ~Q(suspicion="") & Q(cleared_at__isnull=True)


def is_held(application: Application) -> bool:
    """The same of one application."""
    return bool(application.suspicion) and application.cleared_at is None


def holder_key(application: Application) -> str:
    """What bookings of the application are kept under."""
    return f"application:{application.pk}"


def references_of(holders: Iterable[str], **lookups: Any) -> dict[str, str]:
    """The references of those keys of the booking room that are applications'; one query at most."""
    parts = ((holder, holder.partition("application:")) for holder in holders)
    keys = {int(pk): holder for holder, (before, _name, pk) in parts if not before and pk.isdecimal()}
    if not keys:
        return {}
    found = Application.objects.filter(pk__in=keys, **lookups).exclude(state=ApplicationState.ERASED)
    return {keys[pk]: reference for pk, reference in found.values_list("pk", "reference")}


def holder_token(application: Application) -> str:
    """What the booking room is given to know whose a booking is."""
    return sign(HOLDER, application.pk)


def door_of(application: Application) -> str:
    """What a session notes of the application: another secret is another door, so that old links die."""
    digest = hashlib.sha256(application.secret.encode()).hexdigest()
    return f"{application.reference}:{digest[:16]}"


def door_of_colleague(application: Application, colleague: Colleague) -> str:
    """The same of a colleague's own link to the application: taken back and given anew, it is another door."""
    digest = hashlib.sha256(colleague.secret.encode()).hexdigest()
    return f"{application.reference}:{digest[:16]}"


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
    """What a revision keeps: of files their names and sizes, and by ids what tells their content from any other."""
    sections = sections_of(content_in(application.document, application.language))
    kept = {"answers": all_answers(application, sections), "language": application.language}
    asked = [question for question in questions_of(sections) if question.type == QuestionType.FILE]
    if files := [one for question in asked for one in files_of(application, question)]:
        kept["files"] = {str(one.pk): one.digest for one in files}
    return kept | {"typed": application.typed} if application.typed else kept
