"""The days on which a time can be booked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from keino_academy.booking.queries import free_days
from keino_academy.booking.shown import FreeDay, has_weekend, weeks
from keino_academy.booking.views.series import SeriesView


class DaysView(SeriesView):
    """Weeks of days with the number of free times; ``?since=`` shows later ones."""

    def show(self, **_kwargs: Any) -> HttpResponseBase:
        since = since_of(self.request)
        days, later = free_days(self.series, since)
        if not since and not later and not any(day.free for day in days):
            return self.unavailable("full" if days else "no_days")
        url_of = times_urls("booking_times", language=self.language, series=self.series.pk)
        context = {**self.context(), **days_context(days, since, later, url_of)}
        return self.page(self.request, "keino_academy/booking/days.html", context)


def since_of(request: HttpRequest) -> date | None:
    """The day from which days are shown; None from the first."""
    try:
        since = date.fromisoformat(request.GET.get("since", ""))
        return since if 2000 <= since.year < 3000 else None
    except ValueError:
        return None


def times_urls(name: str, **kwargs: Any) -> Callable[[date], str]:
    """Where the times of each day are: the address is reversed once, and takes any day."""
    before, after = reverse(f"keino_academy:{name}", kwargs={**kwargs, "day": date.max}).split(str(date.max))
    return lambda day: f"{before}{day.isoformat()}{after}"


def days_context(
    days: Sequence[FreeDay], since: date | None, later: date | None, url_of: Callable[[date], str]
) -> dict[str, Any]:
    """What a page says of the days; ``url_of`` leads to the times of one."""
    return {
        "weeks": weeks(days, url_of),
        "seven": has_weekend(days),
        "later": later,
        "earlier": since,
        "any_full": any(not day.free for day in days),
        "any_free": any(day.free for day in days),
    }
