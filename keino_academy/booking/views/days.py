"""The days on which a time can be booked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponseBase

from keino_academy.booking.queries import free_days, next_day
from keino_academy.booking.shown import has_weekend, weeks
from keino_academy.booking.views.series import SeriesView


class DaysView(SeriesView):
    """Weeks of days with the number of free times; ``?since=`` shows later ones."""

    def show(self, **_kwargs: Any) -> HttpResponseBase:
        since = self._since()
        days = free_days(self.series, since)
        later = next_day(self.series, days[-1].day) if days else None
        if not since and not later and not any(day.free for day in days):
            return self.unavailable("full" if days else "no_days")
        context = {
            "weeks": weeks(days),
            "seven": has_weekend(days),
            "later": later,
            "earlier": since,
            "any_full": any(not day.free for day in days),
        }
        return self.page(self.request, "keino_academy/booking/days.html", {**context, **self.context()})

    def _since(self) -> date | None:
        try:
            since = date.fromisoformat(self.request.GET.get("since", ""))
            return since if 2000 <= since.year < 3000 else None
        except ValueError:
            return None
