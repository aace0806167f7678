"""Personal calendars: whose one is, where it is fetched, and what stands in it.

A feed asks as many queries for one booking as for thirty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino_academy.announcement.feed import calendar_entries
from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.queries import entries_in, find_face, published_at
from keino_academy.booking.calendar_entries import booking_entry, host_entry
from keino_academy.booking.enums import BookingState
from keino_academy.booking.fetchers import fetched_words
from keino_academy.booking.holders import FeedPart
from keino_academy.booking.models import BookableSession, Booking, Host, PersonalFeed, Slot
from keino_academy.booking.queries import booking_url, site_root
from keino_academy.booking.signals import brief_asked, feed_asked
from keino_academy.core import calendars
from keino_academy.core.addresses import root_url


def find_feed(secret: str) -> PersonalFeed | None:
    """The feed behind a secret, with its academy."""
    return PersonalFeed.objects.filter(secret=secret).select_related("academy").first()


def host_holder(host: Host) -> str:
    """Under what a host's calendar is kept."""
    return f"host:{host.pk}"


def feed_of(academy: Academy, holder: str) -> PersonalFeed | None:
    """The holder's feed in an academy, if one was made."""
    return PersonalFeed.objects.filter(academy=academy, holder=holder).select_related("academy").first()


def feed_url(feed: PersonalFeed) -> str:
    """The whole address from which programs fetch it. It holds the secret: show it to its owner only."""
    kwargs = {"language": feed.language, "secret": feed.secret}
    return site_root(feed.academy, feed.language) + reverse("keino_academy:personal_feed", kwargs=kwargs)


def feed_facts(academy: Academy, holder: str) -> dict[str, Any]:
    """What its owner is shown of a calendar, in the active language: nothing where none was made yet."""
    feed = feed_of(academy, holder)
    if feed is None:
        return {}
    url = feed_url(feed)
    fetched = fetched_words(feed.fetched_at, feed.fetched_by, timezone.now())
    return {"url": url, "webcal": f"webcal://{url.partition('://')[2]}", "fetched": fetched}


def has_calendar(academy: Academy, holder: str) -> bool:
    """Whether the holder may have a calendar in the academy now."""
    return _part(PersonalFeed(academy=academy, holder=holder)) is not None


def personal_calendar(feed: PersonalFeed, language: str, request: HttpRequest | None = None) -> str | None:
    """The calendar file, in the active language; None where its holder may see nothing any more."""
    part = _part(feed)
    if part is None:
        return None
    academy, face = feed.academy, find_face(feed.academy, language)
    words = _Words(academy, face, language)
    own = [*_bookings(part.holders, words), *_hosted(feed, words), *part.entries]
    # The same UID once: what is known to the holder alone takes the place of what everybody is told.
    entries = {entry.uid: entry for entry in (*_timeline(academy, face, request), *own)}
    name = _("Your calendar: %(academy)s") % {"academy": words.title}
    return calendars.feed(name, entries.values(), f"feed-{feed.pk}.{academy.translation_key}")


@dataclass(frozen=True)
class _Words:
    """What entries of one feed have in common: academy, language and where addresses begin."""

    academy: Academy
    face: AbstractAcademyPage | None
    language: str

    @property
    def title(self) -> str:
        return self.face.title if self.face else self.academy.title

    def facts(self, slot: Slot, sessions: Mapping[UUID, BookableSession], link: str = "") -> dict[str, str]:
        """What an entry of the slot says besides its time."""
        session = sessions.get(slot.series.translation_key)
        return {
            "key": str(self.academy.translation_key),
            "academy": self.title,
            "title": session.title if session else slot.series.title,
            "place": slot.place or (session.place if session else ""),
            "join_link": slot.join_link,
            "link": link,
        }


def _part(feed: PersonalFeed) -> FeedPart | None:
    """What the holder's room gives; None, unless somebody answers for the holder."""
    kind, _colon, key = feed.holder.partition(":")
    if kind == "email":
        return FeedPart((feed.holder,))
    if kind == "host":
        there = key.isdecimal() and Host.objects.filter(academy=feed.academy, pk=int(key)).exists()
        return FeedPart() if there else None
    answers: list[Any] = [answer for _receiver, answer in feed_asked.send(sender=PersonalFeed, feed=feed)]
    return next((answer for answer in answers if isinstance(answer, FeedPart)), None)


def _timeline(
    academy: Academy, face: AbstractAcademyPage | None, request: HttpRequest | None
) -> Iterator[calendars.Entry]:
    """What everybody may read of the academy; nothing where its page is closed."""
    if face is None or face.get_view_restrictions().exists():
        return iter(())
    url = face.get_full_url(request) or ""
    return calendar_entries(
        entries_in(academy, face), academy.translation_key, url, published_at(academy, face)
    )


def _bookings(holders: Iterable[str], words: _Words) -> Iterator[calendars.Entry]:
    booked = Booking.objects.filter(
        holder__in=holders, state=BookingState.BOOKED, series__academy=words.academy
    )
    found = list(booked.select_related("slot__series").order_by("slot__starts", "pk"))
    sessions = _sessions((booking.slot for booking in found), words.language)
    root = root_url(words.face)
    for booking in found:
        link = root + booking_url(booking, words.language)
        yield booking_entry(booking, words.facts(booking.slot, sessions, link))


def _hosted(feed: PersonalFeed, words: _Words) -> Iterator[calendars.Entry]:
    """The slots at which a host meets somebody."""
    if not feed.holder.startswith("host:"):
        return
    booked = Booking.objects.filter(state=BookingState.BOOKED).order_by("seat")
    slots = Slot.objects.filter(hosts=int(feed.holder.partition(":")[2]), cancelled_at=None)
    slots = slots.filter(bookings__state=BookingState.BOOKED).distinct().select_related("series")
    found: list[Any] = list(slots.prefetch_related(Prefetch("bookings", booked, to_attr="booked")))
    sessions = _sessions(found, words.language)
    briefs = _briefs(booking.holder for slot in found for booking in slot.booked)
    for slot in found:
        yield host_entry(slot, slot.booked, words.facts(slot, sessions), briefs)


def _sessions(slots: Iterable[Slot], language: str) -> dict[UUID, BookableSession]:
    """The live face of each slot's series, in the language or else the first; one query."""
    keys = {slot.series.translation_key for slot in slots}
    faces = BookableSession.objects.filter(translation_key__in=keys, live=True).select_related("locale")
    found: dict[UUID, BookableSession] = {}
    for face in sorted(faces, key=lambda face: (face.locale.language_code != language, face.pk)):
        found.setdefault(face.translation_key, face)
    return found


def _briefs(holders: Iterable[str]) -> dict[str, str]:
    """What other rooms know of those who booked."""
    found: dict[str, str] = {}
    answer: Any
    for _receiver, answer in brief_asked.send(sender=Booking, holders=set(holders)):
        if isinstance(answer, dict):
            found |= answer
    return found
