"""Signing in and out, and the way to one's own academy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy
from keino_academy.announcement.queries import academies_for
from keino_academy.conf import academy_settings
from keino_academy.core import clock
from keino_academy.core.ratelimits import allow, network_of
from keino_academy.core.views import LanguageView
from keino_academy.learning import queries, signing
from keino_academy.learning.forms import SignInForm, StayForm
from keino_academy.learning.guard import turn_down
from keino_academy.learning.links import masked, safe_path
from keino_academy.learning.phases import Action, allows, phase


class SignInView(LanguageView):
    """Asks for an address, and mails a link to it when it is a member's."""

    sealed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self._form(request, SignInForm(initial={"next": safe_path(request.GET.get("next", ""))}))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """The same answer whether the address is known or not."""
        form = SignInForm(request.POST)
        if not form.is_valid():
            return self._form(request, form, status=422)
        email = form.cleaned_data["email"]
        if not self._allowed(request, email):
            return self._form(request, form, status=429, limited=True)
        signing.ask_for_link(email, self.language, form.cleaned_data["next"])
        return redirect("keino_academy:sign_in_sent", language=self.language)

    def language_links(self) -> Any:
        """The same form, which still knows where one was going."""
        following = safe_path(self.request.GET.get("next", ""))
        query = f"?{urlencode({'next': following})}" if following else ""
        return [replace(link, url=link.url + query) for link in super().language_links()]

    def _allowed(self, request: HttpRequest, email: str) -> bool:
        network = allow("sign-in", network_of(request), academy_settings.RATE_SIGN_IN)
        return network and allow("sign-in-mail", email, academy_settings.RATE_MAIL)

    def _form(self, request: HttpRequest, form: SignInForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {"form": form, "minutes": academy_settings.SIGN_IN_SECONDS // 60, **more}
        return self.page(request, "keino_academy/learning/sign_in.html", context, status=status)


class LinkSentView(LanguageView):
    """Says that a link was sent if the address is a member's."""

    sealed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        context = {"minutes": academy_settings.SIGN_IN_SECONDS // 60}
        return self.page(request, "keino_academy/learning/sign_in_sent.html", context)


class SignInLinkView(LanguageView):
    """The mailed link: a page with a button. Only the button uses the link up."""

    sealed = True
    link_template = "keino_academy/learning/sign_in_old.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Whom the link signs in, and the button."""
        invitation = signing.read_link(token)
        context = {
            "email": masked(invitation.link.email),
            "organisations": sorted({member.participation.organisation for member in invitation.members}),
            "returning": any(member.joined_at for member in invitation.members),
            "form": StayForm(days=academy_settings.STAY_SECONDS // (24 * 60 * 60)),
        }
        return self.page(request, "keino_academy/learning/sign_in_link.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """Sign in, and go where one was going."""
        user, link = signing.use_link(token)
        login(request, user, backend=_backend())
        request.session.set_expiry(academy_settings.STAY_SECONDS if request.POST.get("stay") else 0)
        return redirect(safe_path(link.next) or reverse("keino_academy:my_academy", args=[self.language]))


class SignOutView(LanguageView):
    """Signs out by POST; a link to it shows the button."""

    sealed = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The button."""
        return self.page(request, "keino_academy/learning/sign_out.html", {})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """End the session."""
        logout(request)
        return redirect("keino_academy:sign_in", language=self.language)


class MyAcademyView(LanguageView):
    """Leads to one's academy; lists them where there are several."""

    sealed = True

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """A redirect, a list, the sign-in, or the words for who has none."""
        if not request.user.is_authenticated:
            query = urlencode({"next": request.path})
            return redirect(f"{reverse('keino_academy:sign_in', args=[self.language])}?{query}")
        homes = self._homes(request)
        if not homes:
            return turn_down(request, self.language)
        if len(homes) == 1:
            return redirect(homes[0]["url"])
        return self.page(request, "keino_academy/learning/my_academies.html", {"homes": homes})

    def _homes(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Academies whose closed pages the user may read, each with the page in the best language."""
        academies: dict[int, tuple[Academy, str]] = {}
        for member in queries.members_of(request.user).order_by("-participation__began_at", "-pk"):
            academy = member.participation.academy
            if allows(phase(academy.call_dates, clock.now()), Action.READ):
                academies.setdefault(academy.pk, (academy, member.participation.organisation))
        for academy in academies_for(request.user, Right.PARTICIPANTS):
            academies.setdefault(academy.pk, (academy, ""))
        homes = queries.homes_of(academy for academy, _organisation in academies.values())
        found = []
        for academy, organisation in academies.values():
            pages = homes[academy.pk]
            page = pages.get(self.language) or pages.get(academy.language) or next(iter(pages.values()), None)
            if page is not None:
                title = page.get_parent().title
                found.append({"title": title, "organisation": organisation, "url": page.get_url(request)})
        return found


def _backend() -> str:
    """Django's own backend where the site uses it, else the site's first: it only reads the session back."""
    own = "django.contrib.auth.backends.ModelBackend"
    return own if own in settings.AUTHENTICATION_BACKENDS else settings.AUTHENTICATION_BACKENDS[0]
