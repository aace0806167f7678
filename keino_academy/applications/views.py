"""Beginning an application."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from keino_academy.announcement.models import Academy
from keino_academy.applications.actions import AlreadyBegun, NotPossible, ask_to_join, begin
from keino_academy.applications.claims import claim_of
from keino_academy.applications.limits import is_crowded, why_too_many
from keino_academy.applications.link_forms import StartForm
from keino_academy.applications.models import Application, FormDocument
from keino_academy.applications.opening import Opening, open_form
from keino_academy.applications.queries import (
    apply_url,
    door_of,
    find_application_page,
    find_rival,
)
from keino_academy.conf import academy_settings
from keino_academy.core.doors import LinkError, open_door, read, sign
from keino_academy.core.ratelimits import allow, network_of
from keino_academy.core.redirects import SeeOther
from keino_academy.core.spam import UNREADABLE, read_token
from keino_academy.core.text import clean_line
from keino_academy.core.views import LanguageView

#: The room's name among the doors that a session remembers.
DOOR = "application"
#: What the token of somebody whose organisation has applied is for, and the seconds that it is good.
JOIN = "join"
JOIN_SECONDS = 24 * 60 * 60


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
    """Begins an application."""

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """Begin it, once, and go to its parts; else the form with what was typed and what to do."""
        opening = open_form(self.find_academy(code), self.language, request, data=request.POST)
        form, document = opening.form, opening.document
        if form is None or document is None:
            return self.show(opening, 404)
        form.crowded = is_crowded(request)
        known = self._begun_before(form)
        if known is not None:
            return self._enter(known)
        if not opening.takes or find_application_page(opening.academy, self.language) is None:
            return self.show(opening, 409)
        if not form.is_valid():
            return self.show(opening, 422)
        waits = why_too_many(request, form.cleaned_data["email"], form.nonce)
        if waits:
            form.add_error(None, waits)
            return self.show(opening, 429)
        return self._begin(opening, form, document)

    def _begin(self, opening: Opening, form: StartForm, document: FormDocument) -> HttpResponseBase:
        said = {name: form.cleaned_data[name] for name in ("organisation", "business_id", "email")}
        try:
            application = begin(
                opening.academy,
                document,
                **said,
                language=self.language,
                nonce=form.nonce,
                suspicion=form.suspicion,
            )
        except NotPossible as reason:
            form.add_error(None, str(reason))
            if isinstance(reason, AlreadyBegun):
                opening.join_token = join_token(opening.academy, **said)
            return self.show(opening, 409)
        if application.contact_email != said["email"]:
            # Somebody else sent this very form, which only a cache can have given to two.
            form.renew_token()
            form.add_error(None, UNREADABLE)
            return self.show(opening, 409)
        return self._enter(application)

    def _begun_before(self, form: StartForm) -> Application | None:
        """The application that this very form began, for whoever sends the same address with it.

        Without that, a page kept by a cache would show one applicant to the next.
        """
        token = read_token(form.form_name, self.request.POST.get("form_token", ""))
        if token is None:
            return None
        email = clean_line(self.request.POST.get("email", ""))
        return Application.objects.filter(nonce=token.nonce, contact_email__iexact=email).first()

    def _enter(self, application: Application) -> HttpResponseBase:
        open_door(self.request, DOOR, door_of(application))
        response = redirect(
            "keino_academy:application", language=self.language, reference=application.reference
        )
        return SeeOther(f"{response.url}?begun=1")


def join_token(academy: Academy, organisation: str, business_id: str, email: str, name: str = "") -> str:
    """What somebody wrote of the organisation and themselves, signed, and nothing of the other application."""
    return sign(JOIN, [academy.pk, organisation, business_id, email, name])


class JoinView(LanguageView):
    """Asks the contact of a begun application to take a colleague along; tells nothing of who that is."""

    sealed = True

    def get(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """What was asked for; the button is on the form's page."""
        return self.page(
            request, "keino_academy/applications/join_asked.html", {"home_url": self._form(code)}
        )

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """Send the question to whoever it is, and say the same whether there is somebody or not."""
        academy = get_object_or_404(Academy, code=code)
        pk, organisation, business_id, email, name = read(JOIN, request.POST.get("join", ""), JOIN_SECONDS)
        if pk != academy.pk:
            raise LinkError
        limits = (("apply-join", network_of(request)), ("apply-join-from", email.lower()))
        if not all(allow(what, who, academy_settings.RATE_MAIL) for what, who in limits):
            context = {"limited": True, "home_url": self._form(code)}
            return self.page(request, "keino_academy/applications/join_asked.html", context, 429)
        rival = find_rival(academy, claim_of(organisation, business_id, email))
        if rival is not None and allow(
            "application-mail", rival.contact_email.lower(), academy_settings.RATE_MAIL
        ):
            ask_to_join(rival, name or email, email)
        return SeeOther(request.path)

    def _form(self, code: str) -> str:
        return apply_url(get_object_or_404(Academy, code=code), self.language, self.request)


@method_decorator(csrf_exempt, name="dispatch")
class StartView(FormView):
    """Carries an address and an organisation from a start block to the page of the form; keeps nothing.

    It changes nothing, so it asks for no CSRF token: announcements stay the same for all
    and may be cached.
    """

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """The form with what was typed in the block."""
        known = {
            "email": request.POST.get("email", "")[:254],
            "organisation": request.POST.get("organisation", "")[:200],
        }
        opening = open_form(self.find_academy(code), self.language, request, initial=known)
        return self.show(opening, 200 if opening.document is not None else 404)
