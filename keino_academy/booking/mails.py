"""What is written to those who book and to the organiser; always in the caller's transaction.

Nothing that a booker typed goes into mail to the address that they gave: else a form
could send a stranger's words to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from keino_academy.announcement.queries import letterhead
from keino_academy.booking.calendar_entries import booking_entry
from keino_academy.booking.enums import StepKind
from keino_academy.booking.models import BookableSession, Booking, Slot
from keino_academy.booking.queries import booking_url, days_url, face_of
from keino_academy.booking.windows import change_until
from keino_academy.core import clock, dates
from keino_academy.core.addresses import admin_root
from keino_academy.core.calendars import Entry, Party, invitation, single
from keino_academy.core.outbox import Calendar, post, sender_address
from keino_academy.core.text import unlinked
from keino_academy.core.zones import last_minute

#: Which mails to a booker bring the calendar entry, or take it back.
_METHODS = {
    "booked": "REQUEST",
    "changed": "REQUEST",
    "moved": "REQUEST",
    "cancelled": "CANCEL",
    "slot_cancelled": "CANCEL",
}


@dataclass(frozen=True)
class Letter:
    """A mail before it is written: ``context`` is its template's, ``entry`` what ``calendar`` puts into a calendar."""

    kind: str
    context: dict[str, Any]
    entry: Entry | None = None
    calendar: Calendar | None = None


def tell_booked(booking: Booking) -> None:
    """The invitation to the booker, and word to the organiser's side."""
    told = _to_booker("booked", booking)
    _to_organiser("organiser_booked", booking, told, _organisers_of(booking))


def tell_invited(booking: Booking) -> None:
    """The invitation to the booker."""
    _to_booker("booked", booking)


def tell_cancelled(booking: Booking) -> None:
    """The CANCEL to the booker; the organiser's side is told unless it did it."""
    if booking.cancelled_by_organiser:
        _to_booker("slot_cancelled", booking)
        return
    told = _to_booker("cancelled", booking)
    _to_organiser("organiser_cancelled", booking, told, _organisers_of(booking))


def tell_changed(booking: Booking) -> None:
    """The invitation once more, with what is true now."""
    _to_booker("changed", booking)


def tell_moved(booking: Booking, left: Slot, *, by_organiser: bool) -> None:
    """The invitation to the new time; the organiser's side is told unless it did it.

    Hosts who sat at the old time only are told in any case: they would wait there.
    """
    academy = booking.series.academy
    told = _to_booker("moved", booking, left)
    sides = [*([] if by_organiser else [academy.organiser_email]), *_hosts_of(left), *_hosts_of(booking.slot)]
    _to_organiser("organiser_moved", booking, told, sides, left)


def tell_slot_cancelled(booking: Booking) -> None:
    """The CANCEL, and how another time is booked."""
    _to_booker("slot_cancelled", booking)


def tell_link_again(booking: Booking) -> None:
    """The booking's link once more, to its own address."""
    _to_booker("link_again", booking)


def tell_reminder(booking: Booking, kind: StepKind) -> None:
    """What is booked and when it begins, once more."""
    _to_booker("reminder_soon" if kind == StepKind.REMINDED_SOON else "reminder", booking)


def calendar_file(booking: Booking) -> str:
    """The booking as a file to download, with the same UID and SEQUENCE as the invitation."""
    return single(
        booking_entry(booking, booking_context(booking)), cancelled=booking.cancelled_at is not None
    )


def letter(
    kind: str, booking: Booking, moved_from: Slot | None = None, face: BookableSession | None = None
) -> Letter:
    """What a mail to the booker says; nothing is written. ``face`` stands in for the live text."""
    with override(booking.language):
        context = booking_context(booking, moved_from=moved_from, face=face)
        entry = booking_entry(booking, context)
    method = _METHODS.get(kind)
    if method is None:
        return Letter(f"booking/{kind}", context)
    organiser = Party(booking.series.academy.organiser_email or sender_address(), context["academy"])
    text = invitation(entry, organiser, Party(booking.email), cancelled=method == "CANCEL")
    return Letter(f"booking/{kind}", context, entry, Calendar(text, method))


def _to_booker(kind: str, booking: Booking, moved_from: Slot | None = None) -> Letter:
    told = letter(kind, booking, moved_from)
    post(
        told.kind,
        to=booking.email,
        language=booking.language,
        context=told.context,
        calendar=told.calendar,
        reply_to=booking.series.academy.organiser_email,
        scope=booking.series.academy.translation_key,
        about=f"booking:{booking.pk}",
    )
    return told


def _to_organiser(
    kind: str, booking: Booking, told: Letter, addresses: Sequence[str], moved_from: Slot | None = None
) -> None:
    """What the booker was told, in the organiser's language, with what the booker wrote."""
    academy = booking.series.academy
    context = told.context
    if academy.language != booking.language:
        with override(academy.language):
            context = booking_context(booking, academy.language, moved_from=moved_from)
    typed = {name: unlinked(getattr(booking, name)) for name in ("person", "organisation", "note")}
    context = {**context, **typed, "email": booking.email}
    for address in dict.fromkeys(filter(None, addresses)):
        post(
            f"booking/{kind}",
            to=address,
            language=academy.language,
            context=context,
            reply_to=booking.email,
            scope=academy.translation_key,
            about=f"booking:{booking.pk}",
        )


def _organisers_of(booking: Booking) -> list[str]:
    return [booking.series.academy.organiser_email, *_hosts_of(booking.slot)]


def _hosts_of(slot: Slot) -> list[str]:
    return list(slot.hosts.order_by("pk").values_list("email", flat=True))


def when_of(slot: Slot) -> str:
    """When a slot is, in the academy's zone and the active language."""
    academy = slot.series.academy
    starts, ends = academy.local(slot.starts), academy.local(slot.ends)
    return f"{dates.weekday(starts)}{dates.NBSP}{dates.occasion(starts, ends)}"


def _changeable_until(booking: Booking) -> str:
    """Until when the booker may move or cancel; nothing when that is over."""
    until = change_until(booking.slot.starts, booking.series.change_until_hours)
    if until <= clock.now():
        return ""
    last = last_minute(booking.series.academy.local(until))
    return f"{dates.weekday(last)}{dates.NBSP}{dates.moment(last)}"


def booking_context(
    booking: Booking,
    language: str = "",
    face: BookableSession | None = None,
    moved_from: Slot | None = None,
) -> dict[str, Any]:
    """What every mail says, in the language that is active now."""
    language = language or booking.language
    series, slot = booking.series, booking.slot
    academy = series.academy
    face = face or face_of(series, language)
    name, root = letterhead(academy, language)
    return {
        "title": face.title if face else series.title,
        "when": when_of(slot),
        "was": when_of(moved_from) if moved_from else "",
        "zone": dates.zone_name(academy.local(slot.starts), academy.time_zone),
        "place": slot.place or (face.place if face else ""),
        "with_whom": face.hosts_said if face else "",
        "join_link": slot.join_link,
        "academy": name,
        "link": root + booking_url(booking, language),
        "days_link": root + days_url(series, language),
        "admin_link": admin_root() + reverse("keino_bookings:index"),
        "contact": academy.organiser_email,
        "change_until": _changeable_until(booking),
    }
