"""What a page tells at the moment at which it is read: parsed once for each request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from keino_academy.announcement.call import CallDates, call_state
from keino_academy.announcement.criteria import Criterion
from keino_academy.announcement.entries import Entry
from keino_academy.announcement.enums import CallState
from keino_academy.announcement.facts import call_dates
from keino_academy.announcement.models import AbstractAcademyPage, Academy
from keino_academy.announcement.queries import criteria_of, entries_in, entries_of
from keino_academy.core import clock


@dataclass
class Reading:
    """A page with its dates, and with the state that they have at ``now``.

    ``academy`` is None where the page was never published. ``preview`` believes the page's own
    dates. ``source`` is the source page's timeline where it is known already.
    """

    page: AbstractAcademyPage
    academy: Academy | None
    dates: CallDates
    zone: str
    decision_on: date | None
    now: datetime
    preview: bool = False
    source: Any = None

    @cached_property
    def state(self) -> CallState:
        """Where the academy stands."""
        return call_state(self.dates, self.now)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The timeline."""
        if self.academy is None or self.preview:
            return entries_of(self.page, self.zone)
        return entries_in(self.academy, self.page, self.source)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria."""
        return criteria_of(self.page, self.entries)

    @property
    def code(self) -> str:
        """The code of the academy's addresses; empty where it has none yet."""
        return self.academy.code if self.academy else ""


def read_page(page: AbstractAcademyPage, request: HttpRequest | None = None) -> Reading:
    """The reading of a page in a request, made once.

    The facts are the academy's, since a translation may be stale; in a preview they are
    those of the page that is being edited.
    """
    if request is None:
        return _read(page, preview=False)
    readings = request.__dict__.setdefault("_keino_academy_readings", {})
    # The page is kept beside its reading, so that no other object gets its id meanwhile.
    if id(page) not in readings:
        readings[id(page)] = _read(page, preview=getattr(request, "is_preview", False))
    return readings[id(page)]


def _read(page: AbstractAcademyPage, *, preview: bool) -> Reading:
    academy = Academy.objects.filter(translation_key=page.translation_key).first()
    now = clock.now()
    if academy is None or preview:
        # What was released stays so in a preview, unless it stands at a moment before it.
        released = academy.released_at if academy else None
        return Reading(
            page, academy, call_dates(page, released), page.time_zone, page.decision_on, now, preview
        )
    return Reading(page, academy, academy.call_dates, academy.time_zone, academy.decision_on, now)
