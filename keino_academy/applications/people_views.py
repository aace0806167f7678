"""The pages of those who confirm by a link of their own: a member of the team, and the management."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from keino_academy.announcement.queries import academy_title
from keino_academy.applications.actions import NotPossible
from keino_academy.applications.answers import yes_no_words
from keino_academy.applications.asking import ask_people, remind_person
from keino_academy.applications.confirming import confirm_member, sign
from keino_academy.applications.models import Application, Countersignature, TeamMember
from keino_academy.applications.own_views import ApplicationView
from keino_academy.applications.people import (
    EVERYBODY,
    OPEN,
    addresses_of,
    door_of,
    find_countersignature,
    find_member,
    promise_of,
    sessions_in,
    still_holds,
)
from keino_academy.applications.people_forms import SessionsForm
from keino_academy.applications.promise import digest
from keino_academy.conf import academy_settings
from keino_academy.core import dates
from keino_academy.core.doors import LinkError, is_open, open_door
from keino_academy.core.ratelimits import allow, network_of
from keino_academy.core.redirects import SeeOther
from keino_academy.core.views import LanguageView

#: Rooms among the doors that a session remembers: neither opens the application itself.
MEMBER_DOOR, MANAGEMENT_DOOR = "member", "management"


class OpenMemberView(LanguageView):
    """A member's secret link: on to an address without the secret."""

    sealed = True

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Note who came."""
        member = find_member(secret=secret)
        if member is None:
            raise LinkError
        open_door(request, MEMBER_DOOR, door_of(member))
        reference = member.application.reference
        return redirect(
            "keino_academy:team_member", language=self.language, reference=reference, number=member.number
        )


class OpenManagementView(LanguageView):
    """The management's secret link: on to an address without the secret."""

    sealed = True

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Note who came."""
        signature = find_countersignature(secret=secret)
        if signature is None:
            raise LinkError
        open_door(request, MANAGEMENT_DOOR, door_of(signature))
        return redirect(
            "keino_academy:commitment", language=self.language, reference=signature.application.reference
        )


class PersonView(LanguageView):
    """A page about one's own part in an application; of the rest it tells nothing."""

    sealed = True

    def show(
        self, person: TeamMember | Countersignature, template: str, status: int, **more: Any
    ) -> HttpResponseBase:
        """The page of a person."""
        application = person.application
        context = {
            "person": person,
            "organisation": application.organisation,
            "contact": application.contact_name or application.contact_email,
            "organiser": application.academy.organiser_email,
            "academy_title": academy_title(application.academy, self.language),
            "can_change": application.state in OPEN,
            **more,
        }
        return self.page(self.request, f"keino_academy/applications/{template}.html", context, status)

    def moment(self, person: TeamMember | Countersignature, at: Any) -> str:
        """A moment in the academy's time, in words."""
        return dates.moment(person.application.academy.local(at)) if at else ""


class MemberView(PersonView):
    """What one is named for, which sessions suit, and a button that confirms both."""

    def get(self, request: HttpRequest, reference: str, number: int) -> HttpResponseBase:  # noqa: ARG002
        """The page, with what was said before."""
        member = self.find(reference, number)
        options = sessions_in(member.application, self.language)
        return self.tell(member, SessionsForm(options, member.sessions))

    def post(self, request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
        """Keep what is said."""
        member = self.find(reference, number)
        options = sessions_in(member.application, self.language)
        form = SessionsForm(options, member.sessions, request.POST)
        if not form.is_valid():
            return self.tell(member, form, 422)
        try:
            confirm_member(member, form.said)
        except NotPossible as reason:
            return self.tell(member, form, 409, reason=str(reason))
        return SeeOther(request.path)

    def find(self, reference: str, number: int) -> TeamMember:
        """The member, if this browser came by the member's own link."""
        member = find_member(application__reference=reference, number=number)
        if member is None or not is_open(self.request, MEMBER_DOOR, door_of(member)):
            raise LinkError
        return member

    def tell(
        self, member: TeamMember, form: SessionsForm, status: int = 200, **more: Any
    ) -> HttpResponseBase:
        """The page with a form, or with what was said where it can't be changed any more."""
        words = yes_no_words()
        options = sessions_in(member.application, self.language)
        said = [(label, words.get(member.sessions.get(key, ""), "–")) for key, label in options]
        kept = self.moment(member, member.confirmed_at)
        return self.show(member, "member", status, form=form, said=said, kept=kept, **more)


class ManagementView(PersonView):
    """What is promised, and a button that confirms it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """The commitment as it stands."""
        return self.tell(self.find(reference))

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """Sign what was shown; where it changed meanwhile, show what it says now."""
        signature = self.find(reference)
        try:
            sign(signature, self.language, request.POST.get("shown", ""))
        except NotPossible as reason:
            return self.tell(signature, 409, reason=str(reason))
        return SeeOther(request.path)

    def find(self, reference: str) -> Countersignature:
        """The countersignature, if this browser came by its own link."""
        signature = find_countersignature(application__reference=reference)
        if signature is None or not is_open(self.request, MANAGEMENT_DOOR, door_of(signature)):
            raise LinkError
        return signature

    def tell(self, signature: Countersignature, status: int = 200, **more: Any) -> HttpResponseBase:
        """The page: what is promised, and when it was confirmed."""
        promised = promise_of(signature.application, self.language)
        context = {
            "rows": promised["rows"],
            "shown": digest(promised),
            "holds": still_holds(signature),
            "kept": self.moment(signature, signature.signed_at),
        }
        return self.show(signature, "management", status, **context, **more)


class RemindView(ApplicationView):
    """The applicant's button that sends a person the link, again or for the first time."""

    limited = False

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002 - Django's
        """The application's page: nothing is sent by reading."""
        return redirect(self.home_url(self.find(reference)))

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """One mail, to one who is still waited for, or to each who was sent none; and not too often."""
        application, who = self.find(reference), request.POST.get("who", "")
        if not self._allowed(application, who):
            self.limited = True
            answer = super().get(request, reference)
            answer.status_code = 429
            return answer
        if who == EVERYBODY:
            ask_people(application, by_hand=True)
        else:
            remind_person(application, who)
        return SeeOther(f"{self.home_url(application)}#ka-confirmations")

    def _allowed(self, application: Application, who: str) -> bool:
        """Count what would be sent: addresses of a draft can be changed without end, each to a new person."""
        rate, all_rate = academy_settings.RATE_MAIL, academy_settings.RATE_SIGN_IN
        if not allow("application-remind", f"{application.pk}:{who}", rate):
            return False
        return all(
            allow("application-remind-of", str(application.pk), all_rate)
            and allow("application-remind-from", network_of(self.request), all_rate)
            and allow("application-mail", email.lower(), rate)
            for email in addresses_of(application, who)
        )

    def show(self, *args: Any, **more: Any) -> HttpResponseBase:
        """The application's page, which says so when the link was sent too often."""
        return super().show(*args, limited=self.limited, **more)
