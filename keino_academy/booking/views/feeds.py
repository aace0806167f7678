"""A personal calendar: what programs fetch, and how its owner makes and renews it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from keino_academy.booking import actions
from keino_academy.booking.feeds import feed_of, find_feed, has_calendar, personal_calendar
from keino_academy.booking.fetchers import program_of
from keino_academy.booking.models import Booking
from keino_academy.booking.views.bookings import OwnBookingView
from keino_academy.booking.views.series import own_url
from keino_academy.core.doors import LinkError
from keino_academy.core.views import LanguageView, calendar_answer, keep_asking


class PersonalFeedView(LanguageView):
    """A holder's calendar, for whoever knows its secret; no session is read or made.

    A program keeps what it got and asks with its ETag: ``private, no-cache``. Who may see nothing
    any more gets the same 404 as a secret that never was, not an empty calendar: that would tell
    that the secret is good, and be fetched for years as if all were well.
    """

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """The calendar, or 304 for a program that has it. Both are noted as fetched."""
        feed = find_feed(secret)
        text = personal_calendar(feed, self.language, request) if feed else None
        if feed is None or text is None:
            raise LinkError
        if request.method == "GET":
            actions.note_fetch(feed, program_of(request.headers.get("User-Agent", "")))
        return keep_asking(calendar_answer(request, text, feed.academy.code))


class _OwnFeedView(OwnBookingView):
    """A button for the calendar of a booking's holder."""

    def find(self, reference: str) -> Booking:
        """The booking, when the visitor may subscribe by it."""
        booking = super().find(reference)
        if not self.may_subscribe(booking) or not has_calendar(booking.series.academy, booking.holder):
            raise LinkError
        return booking

    def back(self, booking: Booking) -> HttpResponseBase:
        """To the booking, where the address stands."""
        address = own_url("booking", self.language, booking.reference)
        return HttpResponseRedirect(f"{address}#ka-feed", status=303)


class MakeFeedView(_OwnFeedView):
    """Makes the calendar; pressed twice, there is one."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002
        return self.back(self.find(reference))

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002
        """Make it, and lead back to its address."""
        booking = self.find(reference)
        actions.make_feed(booking.series.academy, booking.holder, self.language)
        return self.back(booking)


class RenewFeedView(_OwnFeedView):
    """A page with a button; only its POST renews the address."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        booking = self.find(reference)
        if feed_of(booking.series.academy, booking.holder) is None:
            return self.back(booking)
        context = {"back_url": own_url("booking", self.language, booking.reference)}
        return self.page(request, "keino_academy/booking/renew_feed.html", context)

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:  # noqa: ARG002
        """Renew it, and lead back to the new address."""
        booking = self.find(reference)
        feed = feed_of(booking.series.academy, booking.holder)
        if feed:
            actions.renew_feed(feed, self.language)
        return self.back(booking)
