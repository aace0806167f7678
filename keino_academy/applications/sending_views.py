"""Reading all answers once more and sending them; a page to print."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from keino_academy.applications.actions import AlreadyBegun, NotPossible, send, take_new_form
from keino_academy.applications.answers import SaidSection, say_all
from keino_academy.applications.models import Application
from keino_academy.applications.own_views import OwnView
from keino_academy.applications.queries import all_answers, find_application_page, sections_for
from keino_academy.applications.required_confirmations import unconfirmed
from keino_academy.applications.section_forms import BaseApplicationForm, application_form
from keino_academy.applications.standing import Standing, sending_section, standings
from keino_academy.applications.views import join_token
from keino_academy.applications.writing import Writing, writing
from keino_academy.core import dates
from keino_academy.core.forms import first_control
from keino_academy.core.redirects import SeeOther

#: How what is written counts while something can be sent.
_SENDS = {Writing.DRAFT, Writing.LATE, Writing.RETURNED}


class AnswersView(OwnView):
    """All answers on one page, with what is missing and the button that sends them."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """The page; what was sent already is on the application's own."""
        application = self.find(reference)
        if writing(application) not in _SENDS:
            return SeeOther(self.home_url(application))
        return self._page(application, self._form(application)())

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Send it, once; the contact person sends."""
        application = self.find(reference, contact_only=True)
        form = self._form(application)(request.POST)
        if writing(application) not in _SENDS:
            return SeeOther(self.home_url(application))
        if not form.is_valid():
            return self._page(application, form, 422)
        try:
            sent = send(application, form.answers, language=self.language)
        except NotPossible as reason:
            form.add_error(None, str(reason))
            more: dict[str, Any] = {}
            if isinstance(reason, AlreadyBegun):
                said = (application.organisation, application.business_id, application.contact_email)
                more["join_token"] = join_token(application.academy, *said, application.contact_name)
            return self._page(application, form, 409, **more)
        return SeeOther(self.home_url(sent))

    def _form(self, application: Application) -> type[BaseApplicationForm]:
        return application_form((sending_section(application, self.language),))

    def _page(
        self, application: Application, form: BaseApplicationForm, status: int = 200, **more: Any
    ) -> HttpResponseBase:
        found = standings(application, self.language)
        answers = all_answers(application)
        page = find_application_page(application.academy, self.language)
        return self.show(
            application,
            "sending",
            status,
            form=form,
            said=[_with_anchors(one, say_all((one.section,), answers)[0]) for one in found],
            standings=found,
            missing=[one for one in found if one.missing],
            unconfirmed=unconfirmed(application, page),
            how=str(writing(application)),
            privacy=page.privacy if page else "",
            kept=_("Everything that you wrote is kept. Nothing was sent."),
            **more,
        )


def _with_anchors(one: Standing, said: SaidSection) -> SaidSection:
    """The answers with the controls that change them; what was typed wrong is shown as it was typed."""
    rows = []
    for row in said.rows:
        names = one.form.names(row.question)
        wrong = any(name in one.form.errors for name in names)
        raw = "\n".join(text for name in names for text in one.texts.get(name, ()))
        anchor = first_control(one.form[names[0]])
        rows.append(replace(row, text=raw if wrong and raw else row.text, anchor=anchor))
    return replace(said, rows=tuple(rows))


class PrintView(OwnView):
    """All answers on a page that is made to be printed."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """The page."""
        application = self.find(reference)
        sections = sections_for(application, self.language)
        sent = application.academy.local(application.sent_at) if application.sent_at else None
        saved = application.academy.local(application.saved_at) if application.saved_at else None
        return self.show(
            application,
            "print",
            said=say_all(sections, all_answers(application, sections)),
            sent=dates.moment(sent) if sent else "",
            saved=dates.moment(saved) if saved else "",
        )


class NewFormView(OwnView):
    """Going on with the form as editors have changed it."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """Take the newest form."""
        application = self.find(reference)
        return SeeOther(self.home_url(take_new_form(application, self.writer)))

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """Nothing to see: the button is on the application's page."""
        return SeeOther(self.home_url(self.find(reference)))
