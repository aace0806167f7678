"""Colleagues who write an application along: their own link, and the page on which they are invited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from keino_academy.applications.actions import (
    NotPossible,
    come_along,
    invite_again,
    invite_colleague,
    remove_colleague,
)
from keino_academy.applications.colleagues import (
    COLLEAGUE_DOOR,
    MOST_COLLEAGUES,
    asked_to_be_taken,
    find_colleague,
    why_no_invitation,
)
from keino_academy.applications.link_forms import ColleagueForm
from keino_academy.applications.models import Application
from keino_academy.applications.own_views import OpenView, OwnView
from keino_academy.applications.queries import door_of_colleague, find_application
from keino_academy.conf import academy_settings
from keino_academy.core import dates
from keino_academy.core.doors import LinkError, open_door
from keino_academy.core.ratelimits import allow, network_of
from keino_academy.core.redirects import SeeOther
from keino_academy.core.views import LanguageView

#: What the page says after a button was pressed.
_DONE = ("invited", "again", "removed")


@dataclass(frozen=True)
class Invited:
    """A colleague as the contact person sees them; the moments are in words, ``opened`` may be empty."""

    pk: int
    email: str
    invited: str
    opened: str


class OpenColleagueView(LanguageView):
    """A colleague's secret link: on to the application, at an address without the secret."""

    sealed = True

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Note who came."""
        colleague = find_colleague(secret)
        if colleague is None:
            raise LinkError
        application = colleague.application
        come_along(colleague)
        open_door(request, COLLEAGUE_DOOR, door_of_colleague(application, colleague))
        kwargs = {"language": self.language, "reference": application.reference}
        return redirect(reverse("keino_academy:application", kwargs=kwargs) + "?came=1")


class OpenToInviteView(OpenView):
    """The contact person's own link, as it stands in the mail that tells who wants to be taken along."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """On to the invitation, with the address filled in."""
        super().get(request, secret)
        application = find_application(secret=secret)
        if application is None:
            raise LinkError
        kwargs = {"language": self.language, "reference": application.reference}
        url = reverse("keino_academy:application_colleagues", kwargs=kwargs)
        asked = {"came": "1", "for": request.GET.get("for", "")}
        return redirect(f"{url}?{urlencode(asked)}")


class ColleaguesView(OwnView):
    """Who is invited to write along, a form that invites one more, and buttons for each."""

    contact_only = True

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """The page; the address of one who asked to be taken along is filled in."""
        application, done = self.find(reference), request.GET.get("done", "")
        asked = asked_to_be_taken(application, request.GET.get("for", ""))
        form = ColleagueForm(initial={"email": asked})
        return self.tell(application, form, asked=asked, done=done if done in _DONE else "")

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Invite, send the link again, or turn somebody out."""
        application = self.find(reference)
        if "remove" in request.POST:
            remove_colleague(application, _number(request.POST["remove"]))
            return SeeOther(f"{request.path}?done=removed")
        if "again" in request.POST:
            return self._again(application, _number(request.POST["again"]))
        return self._invite(application, ColleagueForm(request.POST))

    def _invite(self, application: Application, form: ColleagueForm) -> HttpResponseBase:
        if not form.is_valid():
            return self.tell(application, form, 422)
        email = form.cleaned_data["email"]
        if not self._allowed(application, email):
            return self.tell(application, form, 429, limited=True)
        try:
            invite_colleague(application, email)
        except NotPossible as reason:
            form.add_error("email", str(reason))
            return self.tell(application, form, 409)
        return SeeOther(f"{self.request.path}?done=invited")

    def _again(self, application: Application, pk: int) -> HttpResponseBase:
        colleague = application.colleagues.filter(pk=pk).first()
        if colleague is None:
            return SeeOther(self.request.path)
        if not self._allowed(application, colleague.email):
            return self.tell(application, ColleagueForm(), 429, limited=True)
        try:
            sent = invite_again(application, pk)
        except NotPossible as reason:
            return self.tell(application, ColleagueForm(), 409, reason=str(reason))
        return SeeOther(f"{self.request.path}?done=again" if sent else self.request.path)

    def _allowed(self, application: Application, email: str) -> bool:
        """Count one more mail, by application, by network and by whom it goes to."""
        limits = (
            ("application-colleague", application.reference),
            ("application-colleague-from", network_of(self.request)),
            ("application-mail", email.lower()),
        )
        return all(allow(what, who, academy_settings.RATE_MAIL) for what, who in limits)

    def tell(
        self, application: Application, form: ColleagueForm, status: int = 200, **more: Any
    ) -> HttpResponseBase:
        """The page with a form, or with why nobody can be invited."""
        local = application.academy.local
        colleagues = [
            Invited(
                one.pk,
                one.email,
                dates.moment(local(one.invited_at)),
                dates.moment(local(one.opened_at)) if one.opened_at else "",
            )
            for one in application.colleagues.all()
        ]
        return self.show(
            application,
            "colleagues",
            status,
            form=form,
            colleagues=colleagues,
            full=len(colleagues) >= MOST_COLLEAGUES,
            most=MOST_COLLEAGUES,
            why_not=why_no_invitation(application),
            **more,
        )


def _number(told: str) -> int:
    """The number of a row, as far as it can be one."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0
