"""Opening a form: for whom, in what language, and whether an application can be begun now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from keino_academy.announcement.call import accepts
from keino_academy.announcement.call_words import CallWords, call_words, closing_words
from keino_academy.announcement.enums import CallState
from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.queries import find_face
from keino_academy.announcement.reading import read_page
from keino_academy.applications.journey import Section, sections_of
from keino_academy.applications.link_forms import StartForm
from keino_academy.applications.models import FormDocument
from keino_academy.applications.queries import content_in, current_document


@dataclass
class Opening:
    """An academy's form as one person meets it; templates read the attributes.

    ``form`` is None where nothing can be begun now. One that was sent after the call had closed
    is there.
    """

    academy: Academy
    language: str
    document: FormDocument | None
    face: AbstractAcademyPage | None
    state: CallState
    form: StartForm | None = None
    request: HttpRequest | None = None
    #: Given to somebody whose organisation has applied already: the contact can be asked with it.
    join_token: str = ""

    @property
    def takes(self) -> bool:
        """Whether an application can be begun now."""
        return accepts(self.state) and self.document is not None

    @property
    def action(self) -> str:
        """Where the form is sent."""
        return reverse("keino_academy:apply", kwargs={"language": self.language, "code": self.academy.code})

    @property
    def sections(self) -> tuple[Section, ...]:
        """What the form asks, part by part, so that it can be read before anything is begun."""
        return sections_of(content_in(self.document, self.language)) if self.document else ()

    @property
    def words(self) -> CallWords | None:
        """Where the call stands and what happens next."""
        return call_words(read_page(self.face, self.request)) if self.face else None

    @property
    def closes(self) -> str:
        """The last minute of the call."""
        return closing_words(read_page(self.face, self.request)) if self.face else ""

    @property
    def translated(self) -> bool:
        """Whether the editors' words are in the page's language."""
        return self.document is None or self.language_of_texts == self.language

    @property
    def language_of_texts(self) -> str:
        """In what language the editors' words are."""
        content = content_in(self.document, self.language) if self.document else {}
        return str(content.get("language") or self.language)


def open_form(
    academy: Academy,
    language: str,
    request: HttpRequest | None = None,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    face: AbstractAcademyPage | None = None,
) -> Opening:
    """The academy's newest form in a language: empty, with what is known, or with what was sent."""
    face = face or find_face(academy, language)
    reading = read_page(face, request) if face else None
    opening = Opening(
        academy,
        language,
        current_document(academy),
        face,
        # A preview stands at another moment, and its page may hold other dates.
        reading.state if reading and getattr(request, "is_preview", False) else academy.state,
        request=request,
    )
    if opening.document is not None and (opening.takes or data is not None):
        opening.form = StartForm(academy, data, initial=dict(initial or {}))
    return opening
