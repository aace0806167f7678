"""A member's own calendar: making it, and renewing its address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from keino_academy.announcement.models import Academy
from keino_academy.booking.actions import make_feed, renew_feed
from keino_academy.booking.feeds import feed_of, has_calendar
from keino_academy.core.views import LanguageView
from keino_academy.learning import queries
from keino_academy.learning.guard import turn_down
from keino_academy.learning.models import Member


class _MyFeedView(LanguageView):
    """A button for the calendar of the member whom the user is in an academy."""

    sealed = True
    academy: Academy
    member: Member

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = queries.members_of(request.user).filter(participation__academy__code=kwargs.pop("code"))
        member = found.order_by("-participation__began_at", "-pk").first()
        if member is None or not has_calendar(member.participation.academy, queries.feed_holder(member)):
            return turn_down(request, self.language)
        self.member, self.academy = member, member.participation.academy
        return super()._answer(request, *args, **kwargs)

    @property
    def holder(self) -> str:
        """Under what the calendar is kept."""
        return queries.feed_holder(self.member)

    @property
    def home_url(self) -> str:
        """The member's home, where the address stands."""
        homes = queries.homes_of([self.academy])[self.academy.pk]
        home = (
            homes.get(self.language) or homes.get(self.academy.language) or next(iter(homes.values()), None)
        )
        url = home.get_url(self.request) if home else None
        return f"{url or reverse('keino_academy:my_academy', args=[self.language])}#ka-feed"


class MakeMyFeedView(_MyFeedView):
    """Makes the calendar; pressed twice, there is one."""

    def get(self, request: HttpRequest) -> HttpResponseBase:  # noqa: ARG002
        return redirect(self.home_url)

    def post(self, request: HttpRequest) -> HttpResponseBase:  # noqa: ARG002
        """Make it, and lead back to its address."""
        make_feed(self.academy, self.holder, self.language)
        return redirect(self.home_url)


class RenewMyFeedView(_MyFeedView):
    """A page with a button; only its POST renews the address."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if feed_of(self.academy, self.holder) is None:
            return redirect(self.home_url)
        context = {"back_url": self.home_url}
        return self.page(request, "keino_academy/learning/renew_feed.html", context)

    def post(self, request: HttpRequest) -> HttpResponseBase:  # noqa: ARG002
        """Renew it, and lead back to the new address."""
        feed = feed_of(self.academy, self.holder)
        if feed:
            renew_feed(feed, self.language)
        return redirect(self.home_url)
