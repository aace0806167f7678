"""The pages of one application, for whoever has its link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from keino_academy.announcement.queries import academy_title
from keino_academy.applications.actions import NotPossible, correct_address, send_links, withdraw
from keino_academy.applications.answers import say_all
from keino_academy.applications.enums import Actor
from keino_academy.applications.forms import AddressForm, LostForm
from keino_academy.applications.models import Application
from keino_academy.applications.next_steps import next_steps, strip_of
from keino_academy.applications.queries import (
    all_answers,
    find_application,
    find_application_page,
    sections_for,
)
from keino_academy.applications.transitions import open_to
from keino_academy.applications.views import DOOR
from keino_academy.conf import academy_settings
from keino_academy.core import dates
from keino_academy.core.doors import LinkError, is_open, open_door
from keino_academy.core.ratelimits import allow, network_of
from keino_academy.core.redirects import SeeOther
from keino_academy.core.views import LanguageView


class OpenView(LanguageView):
    """The secret link: notes in the session who came, and leads to an address without the secret."""

    sealed = True

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """On to the application."""
        application = find_application(secret=secret)
        if application is None:
            raise LinkError
        open_door(request, DOOR, application.reference)
        return redirect("keino_academy:application", language=self.language, reference=application.reference)


class OwnView(LanguageView):
    """A page of an application that this browser opened by its link; others learn nothing."""

    sealed = True

    def find(self, reference: str) -> Application:
        """The application, if its door is open."""
        if not is_open(self.request, DOOR, reference):
            raise LinkError
        application = find_application(reference=reference)
        if application is None:
            raise LinkError
        return application

    def show(
        self, application: Application, template: str, status: int = 200, **more: Any
    ) -> HttpResponseBase:
        """A page about the application."""
        context = {
            "application": application,
            "academy_title": academy_title(application.academy, self.language),
            "home_url": self.home_url(application),
            **more,
        }
        return self.page(self.request, f"keino_academy/applications/{template}.html", context, status)

    def home_url(self, application: Application) -> str:
        """The application's own page."""
        return reverse(
            "keino_academy:application",
            kwargs={"language": self.language, "reference": application.reference},
        )


class ApplicationView(OwnView):
    """The receipt, what happens next, what was sent, and what can be done."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """The page."""
        application = self.find(reference)
        sections = sections_for(application, self.language)
        page = find_application_page(application.academy, self.language)
        steps = next_steps(application, self.language)
        sent = application.academy.local(application.sent_at) if application.sent_at else None
        return self.show(
            application,
            "application",
            said=say_all(sections, all_answers(application, sections)),
            sent=dates.moment(sent) if sent else "",
            sent_day=dates.short_day(sent) if sent else "",
            steps=steps,
            strip=strip_of(application, steps),
            receipt=page.receipt if page else "",
            may_withdraw=self.may_withdraw(application),
        )

    def may_withdraw(self, application: Application) -> bool:
        """Whether the applicant can step back."""
        return any(step.name == "withdraw" for step in open_to(Actor.APPLICANT, application.state))


class AddressView(OwnView):
    """Correcting the e-mail address."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """The form."""
        return self.show(self.find(reference), "address", form=AddressForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Take the address, and tell both."""
        application, form = self.find(reference), AddressForm(request.POST)
        if not form.is_valid():
            return self.show(application, "address", 422, form=form)
        if not allow("application-mail", application.reference, academy_settings.RATE_MAIL):
            return self.show(application, "address", 429, form=form, limited=True)
        try:
            correct_address(application, form.cleaned_data["email"])
        except NotPossible as reason:
            form.add_error(None, str(reason))
            return self.show(application, "address", 409, form=form)
        return SeeOther(self.home_url(application))


class WithdrawView(OwnView):
    """Taking the application back: a page with a button, which alone does it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """The button."""
        return self.show(self.find(reference), "withdraw")

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """Withdraw; once is enough."""
        application = self.find(reference)
        try:
            withdraw(application)
        except NotPossible as reason:
            return self.show(application, "withdraw", 409, reason=str(reason))
        return SeeOther(self.home_url(application))


class LostView(LanguageView):
    """Asking for the link again."""

    sealed = True

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The form."""
        return self.page(request, "keino_academy/applications/lost.html", {"form": LostForm()})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """The same answer for every address; mail only to one that applied, and not too often."""
        form = LostForm(request.POST)
        if not form.is_valid():
            return self.page(request, "keino_academy/applications/lost.html", {"form": form}, 422)
        email = form.cleaned_data["email"]
        if not allow("application-lost", network_of(request), academy_settings.RATE_MAIL):
            context = {"form": form, "limited": True}
            return self.page(request, "keino_academy/applications/lost.html", context, 429)
        if allow("application-mail", email.lower(), academy_settings.RATE_MAIL):
            send_links(email, self.language)
        return SeeOther(reverse("keino_academy:application_lost_sent", kwargs={"language": self.language}))


class LostSentView(LanguageView):
    """Says that a link was sent if the address is an applicant's."""

    sealed = True

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The page."""
        return self.page(request, "keino_academy/applications/lost_sent.html", {})
