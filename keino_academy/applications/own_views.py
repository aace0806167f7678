"""The pages of one application, for whoever has its link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from keino_academy.announcement.queries import academy_title
from keino_academy.applications.actions import (
    NotPossible,
    come_in,
    correct_address,
    decide,
    renew_link,
    send_links,
    withdraw,
)
from keino_academy.applications.answers import say_all
from keino_academy.applications.colleagues import colleague_here
from keino_academy.applications.confirmations import confirmations_of
from keino_academy.applications.enums import Actor, ApplicationState
from keino_academy.applications.home import home_of
from keino_academy.applications.keeping import find_kept, keep_path
from keino_academy.applications.link_forms import AddressForm, LostForm
from keino_academy.applications.models import Application, Colleague
from keino_academy.applications.next_steps import next_steps, strip_of
from keino_academy.applications.queries import (
    all_answers,
    door_of,
    find_application,
    find_application_page,
    sections_for,
)
from keino_academy.applications.transitions import open_to
from keino_academy.applications.views import DOOR
from keino_academy.applications.writing import may_decide, writing
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
        if application is not None:
            try:
                application = come_in(application)
            except NotPossible:
                raise LinkError from None
        else:
            application = find_kept(secret)
        if application is None:
            raise LinkError
        open_door(request, DOOR, door_of(application))
        address = {"language": self.language, "reference": application.reference}
        return redirect(reverse("keino_academy:application", kwargs=address) + "?came=1")


class ContactOnlyError(Exception):
    """A colleague asked for what belongs to the contact person."""

    def __init__(self, application: Application) -> None:
        super().__init__(application.reference)
        self.application = application


class OwnView(LanguageView):
    """A page of an application that this browser opened by its link; others learn nothing.

    A colleague's link opens it too. ``writer`` is the colleague then, and None for the contact person.
    """

    sealed = True
    #: Whether a colleague who writes along is turned away.
    contact_only = False
    writer: Colleague | None = None

    def find(self, reference: str, *, contact_only: bool = False, bare: bool = False) -> Application:
        """The application, if its door is open; ``contact_only`` turns colleagues away from this doing alone.

        A ``bare`` one is read without its team and files.
        """
        application, self.writer = find_application(reference=reference, bare=bare), None
        if application is not None and is_open(self.request, DOOR, door_of(application)):
            return application
        self.writer = colleague_here(self.request, application) if application else None
        if application is None or self.writer is None:
            if self.request.GET.keys() & {"came", "begun"} and not self.request.COOKIES:
                # Straight from the link, or from the first form: this browser keeps no cookies.
                self.link_template = "keino_academy/errors/cookies.html"
            raise LinkError
        if self.contact_only or contact_only:
            raise ContactOnlyError(application)
        return application

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super()._answer(request, *args, **kwargs)
        except ContactOnlyError as error:
            return self.show(error.application, "contact_only", 403)

    def show(
        self, application: Application, template: str, status: int = 200, **more: Any
    ) -> HttpResponseBase:
        """A page about the application."""
        if self.writer and more.get("steps"):
            # Their links carry keys of bookings, which would outlive the colleague's own link.
            more["steps"] = [replace(step, url="", link="") for step in more["steps"]]
        context = {
            "application": application,
            "academy_title": academy_title(application.academy, self.language),
            "home_url": self.home_url(application),
            "writer": self.writer,
            **more,
        }
        return self.page(self.request, f"keino_academy/applications/{template}.html", context, status)

    def home_url(self, application: Application) -> str:
        """The application's own page."""
        return self.address("application", application)

    def address(self, name: str, application: Application, **more: Any) -> str:
        """Another page of the application."""
        kwargs = {"language": self.language, "reference": application.reference, **more}
        return reverse(f"keino_academy:{name}", kwargs=kwargs)


class ApplicationView(OwnView):
    """The parts of what is not sent; else the receipt, what happens next, and what can be done."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """The page."""
        application = self.find(reference)
        if application.state in {ApplicationState.DRAFT, ApplicationState.RETURNED}:
            begun = bool(request.GET.get("begun")) and application.opened_at is None
            keep = "" if self.writer else keep_path(application, self.language)
            keep = request.build_absolute_uri(keep) if keep else ""
            return self.show(
                application, "tasks", begun=begun, keep=keep, **home_of(application, self.language)
            )
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
            confirmations=confirmations_of(application, self.language),
            may_withdraw=self.may_withdraw(application),
            how=str(writing(application)),
        )

    def may_withdraw(self, application: Application) -> bool:
        """Whether the applicant can step back."""
        steps = open_to(Actor.APPLICANT, application.state)
        return self.writer is None and any(step.name == "withdraw" for step in steps)


class AddressView(OwnView):
    """Correcting the e-mail address."""

    contact_only = True

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
            application = correct_address(application, form.cleaned_data["email"])
        except NotPossible as reason:
            form.add_error(None, str(reason))
            return self.show(application, "address", 409, form=form)
        open_door(request, DOOR, door_of(application))
        return SeeOther(self.home_url(application))


class LinkView(OwnView):
    """The secret link itself: sent once more, or made anew, whereupon the old one dies everywhere."""

    contact_only = True

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """What can be done with it, or what was done."""
        done = request.GET.get("done", "")
        return self.show(self.find(reference), "link", done=done if done in {"sent", "renewed"} else "")

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Send it, or renew it and send the new one; this browser stays in."""
        application, renews = self.find(reference), "renew" in request.POST
        if not allow("application-mail", application.contact_email.lower(), academy_settings.RATE_MAIL):
            return self.show(application, "link", 429, limited=True)
        if renews:
            application = renew_link(application)
            open_door(request, DOOR, door_of(application))
        else:
            send_links(application.contact_email, self.language)
        return SeeOther(f"{request.path}?done={'renewed' if renews else 'sent'}")


class WithdrawView(OwnView):
    """Taking the application back: a page with a button, which alone does it."""

    contact_only = True

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


class DecisionView(OwnView):
    """The organisation's final decision: to apply, to change something first, or to step back."""

    contact_only = True

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """What can be decided, or why not yet."""
        application = self.find(reference)
        how = str(writing(application))
        return self.show(application, "decision", may_decide=may_decide(application), how=how)

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """Note the decision to apply; once is enough."""
        application = self.find(reference)
        try:
            decide(application)
        except NotPossible as reason:
            return self.show(application, "decision", 409, reason=str(reason), may_decide=False)
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
