"""How an application is written by its pages, as a browser without scripts sends them."""

from __future__ import annotations

import time
from typing import Any

from django.core import signing
from django.test import Client
from django.urls import reverse

from keino_academy.announcement.models import Academy
from keino_academy.applications.models import Application, FormDocument
from keino_academy.applications.queries import door_of
from keino_academy.applications.section_views import WRITING
from keino_academy.applications.standing import written_sections
from keino_academy.core.doors import sign
from tests.factories.applications import make_form, texts_of

EMAIL = "hankinnat@koivuranta.example"
STARTED = {"organisation": "Koivurannan kaupunki", "business_id": "1234567-1", "email": EMAIL}


def start_token(academy: Academy, nonce: str = "first", age: float = 60) -> str:
    """The token of a form that was opened so many seconds ago."""
    return signing.dumps([f"apply:{academy.pk}", nonce, time.time() - age], salt="keino_academy.form")


class Journey:
    """One applicant's browser on the way through the form."""

    def __init__(
        self, academy: Academy, client: Client | None = None, language: str = "fi", **started: str
    ) -> None:
        self.academy, self.client, self.language = academy, client or Client(), language
        self.document: FormDocument = make_form(academy)
        self.started = STARTED | started

    def url(self, name: str, **more: Any) -> str:
        kwargs = {"language": self.language, "reference": self.application.reference, **more}
        return reverse(f"keino_academy:{name}", kwargs=kwargs)

    @property
    def application(self) -> Application:
        return Application.objects.get(contact_email=self.started["email"], academy=self.academy)

    def begin(self, nonce: str = "first", **changed: Any) -> Any:
        """The answer to the first form."""
        url = reverse("keino_academy:apply", kwargs={"language": self.language, "code": self.academy.code})
        data = {"form_token": start_token(self.academy, nonce), "website2": "", **self.started, **changed}
        return self.client.post(url, data)

    def open_link(self) -> Any:
        """Follow the link in the mail."""
        kwargs = {"language": self.language, "secret": self.application.secret}
        return self.client.get(reverse("keino_academy:application_open", kwargs=kwargs))

    def texts(self, section: str, **changed: Any) -> dict[str, Any]:
        """What a browser posts of a part that is answered well."""
        one = next(part for part in written_sections(self.application, self.language) if part.id == section)
        own = {name: self.started[name] for name in ("organisation", "business_id")}
        return texts_of(self.document, one, self.language, **own) | changed

    def count(self, section: str) -> int:
        return int(self.application.progress.get(section, {}).get("count", 0))

    def save(self, section: str, *, count: int | None = None, **changed: Any) -> Any:
        """The answer to a part that is saved, answered well but for what is changed."""
        data = {"count": self.count(section) if count is None else count}
        return self.post(section, **data | self.texts(section, **changed))

    def post(self, section: str, **data: Any) -> Any:
        """The answer to what is posted of a part, with the key that its form has."""
        return self.client.post(self.url("application_section", section=section), {"key": self.key()} | data)

    def key(self) -> str:
        """The key of a part's form, which only a page that was opened by the link has."""
        return sign(WRITING, door_of(self.application))

    def fill(self) -> None:
        """Save every part, answered well."""
        for section in written_sections(self.application, self.language):
            answer = self.save(section.id)
            assert answer.status_code == 303, (section.id, answer.context["form"].errors)

    def send(self, **changed: Any) -> Any:
        """The answer to the button that sends."""
        return self.client.post(self.url("application_answers"), {"q-entitled": "on", **changed})

    def sent(self) -> Application:
        """The application after the whole way."""
        self.begin()
        self.fill()
        self.send()
        return self.application
