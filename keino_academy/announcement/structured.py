"""What search engines read: Course, CourseInstance and Event of schema.org, as JSON-LD. Pure.

https://schema.org/Course, https://schema.org/CourseInstance, https://schema.org/Event
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from keino_academy.announcement.call import CallDates
from keino_academy.announcement.entries import Entry, Kind, Precision
from keino_academy.core.zones import last_minute

#: A script element ends at "</script", wherever it stands; JSON may write these as escapes.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Offer:
    """What is told of an academy beside its dates."""

    name: str
    description: str
    url: str
    language: str
    provider: str
    provider_url: str
    apply_url: str = ""
    places: int | None = None


def describe(offer: Offer, dates: CallDates, zone: Any, entries: Sequence[Entry]) -> dict[str, Any]:
    """The academy as a course with one instance, whose events are the moments that are known exactly."""
    events = [_event(entry, offer) for entry in entries if _is_event(entry)]
    modes = {"Online" if entry.online else "Onsite" for entry in entries if _is_event(entry)}
    instance = _without_gaps(
        {
            "@type": "CourseInstance",
            "name": offer.name,
            "inLanguage": offer.language,
            "courseMode": "Blended" if len(modes) == 2 else next(iter(modes), None),
            "startDate": _day(dates.starts, zone),
            "endDate": _day(dates.ends and last_minute(dates.ends.astimezone(zone)), zone),
            "maximumAttendeeCapacity": offer.places,
            "url": offer.url,
            "subEvent": events,
            "offers": _offers(offer, dates, zone),
        }
    )
    return _without_gaps(
        {
            "@context": "https://schema.org",
            "@type": "Course",
            "name": offer.name,
            "description": offer.description,
            "url": offer.url,
            "inLanguage": offer.language,
            "provider": {"@type": "Organization", "name": offer.provider, "url": offer.provider_url},
            "hasCourseInstance": instance,
        }
    )


def as_script(data: dict[str, Any]) -> SafeString:
    """The data as the inside of a script element, which nothing in it can close."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308 - what could end the element is escaped above


def _is_event(entry: Entry) -> bool:
    return entry.kind is Kind.MOMENT and entry.precision is Precision.DAY and not entry.said


def _event(entry: Entry, offer: Offer) -> dict[str, Any]:
    mode = "Online" if entry.online else "Offline"
    place = (
        {"@type": "VirtualLocation", "url": offer.url}
        if entry.online
        else {"@type": "Place", "name": entry.place, "address": entry.place}
    )
    ends = None if entry.ends == entry.starts else entry.ends.isoformat(timespec="minutes")
    return _without_gaps(
        {
            "@type": "Event",
            "name": entry.title,
            "description": entry.description,
            "startDate": entry.starts.isoformat(timespec="minutes"),
            "endDate": ends,
            "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
            "eventStatus": "https://schema.org/EventScheduled",
            "location": place if entry.online or entry.place else None,
        }
    )


def _offers(offer: Offer, dates: CallDates, zone: Any) -> dict[str, Any] | None:
    """When one can apply; the academies of public bodies cost nothing."""
    if not dates.closes:
        return None
    return _without_gaps(
        {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "EUR",
            "category": "Free",
            "availabilityStarts": _instant(dates.opens, zone),
            "availabilityEnds": _instant(dates.closes, zone),
            "url": offer.apply_url or offer.url,
        }
    )


def _day(moment: datetime | None, zone: Any) -> str | None:
    return moment.astimezone(zone).date().isoformat() if moment else None


def _instant(moment: datetime | None, zone: Any) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="minutes") if moment else None


def _without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
