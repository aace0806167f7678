"""What is written to those who book and to the organiser; always in the caller's transaction.

Nothing that a booker typed goes into mail to the address that they gave: else a form
could send a stranger's words to anybody.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino_academy.announcement.queries import academy_title
from keino_academy.booking.models import Booking, Slot
from keino_academy.booking.queries import booking_url, days_url, face_of, site_root
from keino_academy.core import dates
from keino_academy.core.addresses import admin_root
from keino_academy.core.calendars import Entry, Party, invitation, single
from keino_academy.core.outbox import Calendar, post, sender_address
from keino_academy.core.text import unlinked


def tell_booked(booking: Booking) -> None:
    """The invitation to the booker, and word to the organiser's side."""
    tell_invited(booking)
    _to_organiser("organiser_booked", booking)


def tell_invited(booking: Booking) -> None:
    """The invitation to the booker."""
    _to_booker("booked", booking, method="REQUEST")


def tell_cancelled(booking: Booking) -> None:
    """The CANCEL to the booker; the organiser's side is told unless it did it."""
    if booking.cancelled_by_organiser:
        _to_booker("slot_cancelled", booking, method="CANCEL")
        return
    _to_booker("cancelled", booking, method="CANCEL")
    _to_organiser("organiser_cancelled", booking)


def tell_changed(booking: Booking) -> None:
    """The invitation once more, with what is true now."""
    _to_booker("changed", booking, method="REQUEST")


def tell_slot_cancelled(booking: Booking) -> None:
    """The CANCEL, and how another time is booked."""
    _to_booker("slot_cancelled", booking, method="CANCEL")


def tell_link_again(booking: Booking) -> None:
    """The booking's link once more, to its own address."""
    _to_booker("link_again", booking, method="")


def calendar_file(booking: Booking) -> str:
    """The booking as a file to download, with the same UID and SEQUENCE as the invitation."""
    return single(_entry(booking, _context(booking)), cancelled=booking.cancelled_at is not None)


def _to_booker(kind: str, booking: Booking, method: str) -> None:
    with override(booking.language):
        context = _context(booking)
        entry = _entry(booking, context)
    calendar = None
    if method:
        text = invitation(entry, _organiser(booking), Party(booking.email), cancelled=method == "CANCEL")
        calendar = Calendar(text, method)
    post(
        f"booking/{kind}",
        to=booking.email,
        language=booking.language,
        context=context,
        calendar=calendar,
        reply_to=booking.series.academy.organiser_email,
        scope=booking.series.academy.translation_key,
        about=f"booking:{booking.pk}",
    )


def _to_organiser(kind: str, booking: Booking) -> None:
    academy = booking.series.academy
    with override(academy.language):
        typed = {name: unlinked(getattr(booking, name)) for name in ("person", "organisation", "note")}
        context = {**_context(booking, academy.language), **typed, "email": booking.email}
    for address in _organiser_addresses(booking.slot, academy.organiser_email):
        post(
            f"booking/{kind}",
            to=address,
            language=academy.language,
            context=context,
            reply_to=booking.email,
            scope=academy.translation_key,
            about=f"booking:{booking.pk}",
        )


def _organiser_addresses(slot: Slot, organiser: str) -> list[str]:
    hosts = slot.hosts.order_by("pk").values_list("email", flat=True)
    return list(dict.fromkeys(address for address in (organiser, *hosts) if address))


def _context(booking: Booking, language: str = "") -> dict[str, Any]:
    """What every mail says, in the language that is active now."""
    language = language or booking.language
    series, slot = booking.series, booking.slot
    academy = series.academy
    face = face_of(series, language)
    root = site_root(academy, language)
    starts, ends = academy.local(slot.starts), academy.local(slot.ends)
    return {
        "title": face.title if face else series.title,
        "when": f"{dates.weekday(starts)}{dates.NBSP}{dates.occasion(starts, ends)}",
        "zone": dates.zone_name(starts, academy.time_zone),
        "place": slot.place or (face.place if face else ""),
        "with_whom": face.hosts_said if face else "",
        "join_link": slot.join_link,
        "academy": academy_title(academy, language),
        "link": root + booking_url(booking, language),
        "days_link": root + days_url(series, language),
        "admin_link": admin_root() + reverse("keino_bookings:index"),
        "contact": academy.organiser_email,
    }


def _entry(booking: Booking, context: dict[str, Any]) -> Entry:
    lines = [context["academy"], context["link"], context["join_link"]]
    return Entry(
        uid=booking.uid,
        title=context["title"],
        starts=booking.slot.starts,
        ends=booking.slot.ends,
        stamp=timezone.now(),
        sequence=booking.sequence,
        description="\n".join(line for line in lines if line),
        place=context["place"] or context["join_link"],
    )


def _organiser(booking: Booking) -> Party:
    academy = booking.series.academy
    return Party(academy.organiser_email or sender_address(), academy_title(academy, booking.language))
