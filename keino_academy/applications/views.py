"""Sending an application, and what can be done with it afterwards by its own link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from keino_academy.announcement.models import Academy
from keino_academy.applications.actions import NotPossible, send_application
from keino_academy.applications.forms import BaseApplicationForm
from keino_academy.applications.models import Application, FormDocument
from keino_academy.applications.opening import Opening, open_form
from keino_academy.applications.queries import apply_url, find_application_page
from keino_academy.conf import academy_settings
from keino_academy.core.doors import open_door
from keino_academy.core.ratelimits import allow, network_of
from keino_academy.core.redirects import SeeOther
from keino_academy.core.spam import read_token
from keino_academy.core.views import LanguageView

#: The room's name among the doors that a session remembers.
DOOR = "application"


class FormView(LanguageView):
    """What is shown at the address to which the form is sent."""

    sealed = True

    def get(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """The form's own page, which is the one to bookmark."""
        url = apply_url(self.find_academy(code), self.language, request)
        return (
            redirect(url)
            if url
            else self.show(open_form(self.find_academy(code), self.language, request), 404)
        )

    def find_academy(self, code: str) -> Academy:
        """The academy of the address."""
        return get_object_or_404(Academy, code=code)

    def show(self, opening: Opening, status: int = 200) -> HttpResponseBase:
        """The whole page of the form at this address, or a plain one where that page is gone."""
        context: dict[str, Any] = {
            "opening": opening,
            "form": opening.form if opening.form is not None and opening.form.is_bound else None,
            "language_links": list(self.language_links()),
            "view": self,
        }
        page = find_application_page(opening.academy, self.language)
        if page is None:
            return self.page(self.request, "keino_academy/applications/form_gone.html", context, status)
        return TemplateResponse(
            self.request,
            page.get_template(self.request),
            {**page.get_context(self.request), **context},
            status=status,
        )


class ApplyView(FormView):
    """Takes the form."""

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """Keep and send the application, once; else the form with what was typed and what to do."""
        opening = open_form(self.find_academy(code), self.language, request, data=request.POST)
        form, document = opening.form, opening.document
        if form is None or document is None:
            return self.show(opening, 404)
        known = self._sent_before(form)
        if known is not None:
            return self._receipt(known)
        if not opening.takes or find_application_page(opening.academy, self.language) is None:
            # Too late, or no form any more: the page says so, with what was typed.
            return self.show(opening, 409)
        problem, status = self._problem(form, document)
        if problem:
            form.add_error(None, problem)
        if form.errors:
            return self.show(opening, status)
        return self._send(opening, form, document)

    def _send(self, opening: Opening, form: BaseApplicationForm, document: FormDocument) -> HttpResponseBase:
        try:
            application, made = send_application(
                opening.academy, document, form.answers, language=self.language, nonce=form.nonce
            )
        except NotPossible as reason:
            form.add_error(None, str(reason))
            return self.show(opening, 409)
        if not made and self._sent_before(form) is None:
            # Somebody else sent this very form, which only a cache can have given to two.
            form.renew_token()
            form.add_error(None, _("The form could not be read. What you wrote is kept: send it again."))
            return self.show(opening, 409)
        return self._receipt(application)

    def _problem(self, form: BaseApplicationForm, document: FormDocument) -> tuple[str, int]:
        """What keeps the form as a whole from being sent, and the status of the answer."""
        if self._is_old(form, document):
            form.renew_document()
            return _("The form has changed since you opened it. Check your answers and send it again."), 409
        if not form.is_valid():
            return "", 422
        if not allow("apply", network_of(self.request), academy_settings.RATE_APPLY):
            said = _(
                "Many applications have come from your network. Keep this page open and send it again in an hour."
            )
            return said, 429
        return "", 200

    def _is_old(self, form: BaseApplicationForm, document: FormDocument) -> bool:
        """Whether another form, with other questions, was filled in."""
        told = form.told_document
        if told == document.pk:
            return False
        same = FormDocument.objects.filter(academy=document.academy_id, structure=document.structure, pk=told)
        return not same.exists()

    def _sent_before(self, form: BaseApplicationForm) -> Application | None:
        """The application that this very form made, for whoever sends the same address with it.

        Without that, a page kept by a cache would show one applicant to the next.
        """
        token = read_token(form.form_name, self.request.POST.get("form_token", ""))
        if token is None:
            return None
        email = self.request.POST.get("q-contact_email", "").strip()
        return Application.objects.filter(nonce=token.nonce, contact_email__iexact=email).first()

    def _receipt(self, application: Application) -> HttpResponseBase:
        open_door(self.request, DOOR, application.reference)
        response = redirect(
            "keino_academy:application", language=self.language, reference=application.reference
        )
        return SeeOther(response.url)


@method_decorator(csrf_exempt, name="dispatch")
class StartView(FormView):
    """Carries an address and an organisation from a start block to the form; keeps nothing.

    It changes nothing, so it asks for no CSRF token: announcements stay the same for all
    and may be cached.
    """

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """The form with what was typed in the block."""
        known = {
            "contact_email": request.POST.get("email", "")[:254],
            "organisation": request.POST.get("organisation", "")[:200],
        }
        opening = open_form(self.find_academy(code), self.language, request, initial=known)
        return self.show(opening, 200 if opening.document is not None else 404)
