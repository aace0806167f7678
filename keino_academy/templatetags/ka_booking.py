"""What templates ask of booking."""

from __future__ import annotations

from typing import Any

from django import template

from keino_academy.booking.enums import Audience
from keino_academy.booking.queries import book_url, days_url, first_free_days, has_times, series_of, window_of
from keino_academy.booking.windows import WindowState
from keino_academy.core import clock, dates
from keino_academy.core.languages import current_language
from keino_academy.core.zones import last_minute

register = template.Library()

_DAYS_IN_BLOCK = 6


@register.inclusion_tag("keino_academy/booking/block.html")
def ka_booking_days(block: Any) -> dict[str, Any]:
    """The next days that have free times, or why there are none; for the booking block."""
    session = block.get("session")
    series = series_of(session) if session else None
    if series is None:
        return {"reason": "no_days"}
    academy = series.academy
    window = window_of(series)
    closes = last_minute(academy.local(window.closes)) if window.closes else None
    opens = academy.local(window.opens) if window.opens else None
    context = {
        "days_url": days_url(series, current_language()),
        "opens": opens and dates.moment(opens),
        "closes": closes and dates.moment(closes),
        "zone": dates.zone_name(academy.local(clock.now()), academy.time_zone),
    }
    state = window.state(clock.now())
    if series.audience == Audience.INVITED:
        return {**context, "reason": "invited"}
    if state is not WindowState.OPEN:
        return {**context, "reason": state.value}
    rows = [
        {
            "day": day.day,
            "text": f"{dates.weekday(day.day)}{dates.NBSP}{dates.short_day(day.day)}",
            "free": day.free,
        }
        for day in first_free_days(series, _DAYS_IN_BLOCK)
    ]
    reason = "" if rows else "full" if has_times(series) else "no_days"
    return {**context, "series": series, "rows": rows, "reason": reason, "language": current_language()}


@register.simple_tag
def ka_book_url(academy: Any, token: str = "") -> str:
    """Where a time of the academy is booked now, in the active language; nothing when nowhere."""
    return book_url(academy, current_language(), token) if academy else ""
