"""Making, renewing and ending personal calendars, and noting that one was fetched."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from keino_academy.announcement.models import Academy
from keino_academy.booking.models import PersonalFeed
from keino_academy.core.fields import new_secret

#: A fetch is noted again after so long at the earliest: a program that asks all the time writes little.
_NOTED_EVERY = timedelta(minutes=1)


def make_feed(academy: Academy, holder: str, language: str) -> PersonalFeed:
    """The holder's calendar in the academy; the one that is there stays as it is."""
    feed, _made = PersonalFeed.objects.get_or_create(
        academy=academy, holder=holder, defaults={"language": language}
    )
    return feed


def renew_feed(feed: PersonalFeed, language: str) -> PersonalFeed:
    """Give the calendar another secret; the old address is dead at once."""
    feed.secret, feed.language, feed.made_at = new_secret(), language, timezone.now()
    feed.fetched_at, feed.fetched_by = None, ""
    feed.save(update_fields=["secret", "language", "made_at", "fetched_at", "fetched_by"])
    return feed


def end_feeds(*holders: str) -> int:
    """Take away every calendar of the holders; the addresses are dead for good. Returns how many."""
    count, _by_model = PersonalFeed.objects.filter(holder__in=holders).delete()
    return count


def note_fetch(feed: PersonalFeed, program: str) -> None:
    """Note that a program fetched the calendar now; once a minute at most."""
    now = timezone.now()
    old = Q(fetched_at=None) | Q(fetched_at__lte=now - _NOTED_EVERY)
    same = PersonalFeed.objects.filter(pk=feed.pk, secret=feed.secret)
    same.filter(old).update(fetched_at=now, fetched_by=program)
