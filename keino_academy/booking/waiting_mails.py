"""What is written to those who wait; always in the caller's transaction.

As in :mod:`keino_academy.booking.mails`, nothing that somebody typed goes to the address
that they gave.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from keino_academy.announcement.queries import letterhead
from keino_academy.booking.mails import Letter, booking_context
from keino_academy.booking.models import BookableSession, Booking, Waiting
from keino_academy.booking.queries import days_url, face_of, waiting_url
from keino_academy.core import dates
from keino_academy.core.outbox import post


def tell_waiting(waiting: Waiting) -> None:
    """The link of the place in the list."""
    _post(waiting_letter(waiting), waiting)


def tell_offered(booking: Booking) -> None:
    """A time is free: until when it is kept, and where it is booked."""
    _tell_of_offer("offered", booking)


def tell_offer_over(booking: Booking) -> None:
    """The offer was not answered in time, and went to the next."""
    _tell_of_offer("offer_over", booking)


def tell_offer_withdrawn(booking: Booking) -> None:
    """The organiser took the offered time away; the place in the list stays."""
    _tell_of_offer("offer_withdrawn", booking)


def waiting_letter(waiting: Waiting, face: BookableSession | None = None) -> Letter:
    """What is said to somebody who joined the list; nothing is written."""
    return Letter("booking/waiting", _context(waiting, face))


def offer_letter(
    kind: str, booking: Booking, waiting: Waiting, face: BookableSession | None = None
) -> Letter:
    """What is said of an offered time; nothing is written. ``face`` stands in for the live text."""
    with override(waiting.language):
        told = booking_context(booking, waiting.language, face)
        until = booking.series.academy.local(booking.held_until or booking.slot.starts)
        offer = {"until": f"{dates.weekday(until)}{dates.NBSP}{dates.moment(until)}"}
    waiting.series = booking.series
    return Letter(f"booking/{kind}", {**told, **_context(waiting, face), **offer})


def _tell_of_offer(kind: str, booking: Booking) -> None:
    if booking.waiting is not None and booking.held_until is not None:
        _post(offer_letter(kind, booking, booking.waiting), booking.waiting)


def _context(waiting: Waiting, face: BookableSession | None = None) -> dict[str, Any]:
    series, language = waiting.series, waiting.language
    academy = series.academy
    with override(language):
        face = face or face_of(series, language)
        name, root = letterhead(academy, language)
        return {
            "title": face.title if face else series.title,
            "day": dates.day(waiting.day) if waiting.day else "",
            "academy": name,
            "link": root + waiting_url(waiting),
            "days_link": root + days_url(series, language),
            "contact": academy.organiser_email,
        }


def _post(told: Letter, waiting: Waiting) -> None:
    academy = waiting.series.academy
    post(
        told.kind,
        to=waiting.email,
        language=waiting.language,
        context=told.context,
        reply_to=academy.organiser_email,
        scope=academy.translation_key,
        about=f"waiting:{waiting.pk}",
    )
