"""Bookings as entries of a calendar: of whoever booked, and of the hosts whom they meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import ngettext

from keino_academy.booking.models import Booking, Slot
from keino_academy.core.calendars import Entry
from keino_academy.core.text import unlinked


def booking_entry(booking: Booking, facts: Mapping[str, str]) -> Entry:
    """The booker's entry; the same in the mail, the file and the feed, so that programs see one.

    ``facts`` are ``title``, ``academy``, ``place``, ``link`` and ``join_link`` in the booker's words.
    """
    lines = [facts["academy"], facts["link"], facts["join_link"]]
    return Entry(
        uid=booking.uid,
        title=facts["title"],
        starts=booking.slot.starts,
        ends=booking.slot.ends,
        stamp=booking.changed_at,
        sequence=booking.sequence,
        description="\n".join(filter(None, lines)),
        place=facts["place"] or facts["join_link"],
    )


def host_entry(
    slot: Slot, bookings: Sequence[Booking], facts: Mapping[str, str], briefs: Mapping[str, str]
) -> Entry:
    """A host's entry: who comes to a slot, and what they wrote. ``briefs`` are lines by holder.

    Whoever books, moves, cancels or changes the slot touches its row, so that its lock version
    rises with everything that the entry tells, and serves as SEQUENCE.
    """
    count = len(bookings)
    who = bookings[0].organisation or bookings[0].person
    if count > 1:
        who = ngettext("%(count)s booking", "%(count)s bookings", count) % {"count": count}
    people = [_guest(booking, briefs.get(booking.holder, "")) for booking in bookings]
    return Entry(
        uid=f"slot-{slot.pk}.{facts['key']}@keino-academy",
        title=f"{facts['title']}: {unlinked(who)}",
        starts=slot.starts,
        ends=slot.ends,
        stamp=max(booking.changed_at for booking in bookings),
        sequence=slot.lock_version,
        description="\n\n".join(filter(None, [*people, facts["academy"], facts["join_link"]])),
        place=facts["place"] or facts["join_link"],
    )


def _guest(booking: Booking, brief: str) -> str:
    """One who comes. What they typed becomes no link in the host's calendar."""
    name = ", ".join(filter(None, (booking.person, booking.organisation)))
    return "\n".join(filter(None, (unlinked(name), brief, unlinked(booking.note))))
