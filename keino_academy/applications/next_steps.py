"""What happens to an application next, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.models import Application
from keino_academy.applications.queries import holder_key, holder_token
from keino_academy.applications.strip import Strip, strip
from keino_academy.applications.writing import may_decide
from keino_academy.booking.queries import book_url, booking_url, live_bookings_of
from keino_academy.core import clock, dates
from keino_academy.core.zones import last_minute

S = ApplicationState
#: States in which the application is on its way.
_UNDER_WAY = {S.DRAFT, S.INTEREST_SENT, S.RETURNED, S.FINAL_SENT, S.IN_REVIEW}
_IN = {S.SELECTED, S.CONFIRMED}


@dataclass(frozen=True)
class Step:
    """One thing that happens. ``open`` marks a time that is not exact, ``due`` what is asked for."""

    when: str
    title: str
    text: str
    small: str = ""
    day: date | None = None
    url: str = ""
    link: str = ""
    open: bool = False
    due: bool = True


def next_steps(application: Application, language: str) -> list[Step]:
    """The steps that are still to come, in order; none when the application has ended."""
    if application.state not in _UNDER_WAY | _IN:
        return []
    steps: list[Step] = []
    if application.state in _UNDER_WAY:
        steps += _discussion(application, language)
        if application.state in {S.INTEREST_SENT, S.RETURNED}:
            steps.append(_final_decision(application, language))
        steps += _answer(application)
    steps += _start(application)
    return steps


def _discussion(application: Application, language: str) -> Iterator[Step]:
    academy = application.academy
    bookings = list(live_bookings_of(holder_key(application)))
    for booking in bookings:
        starts = academy.local(booking.slot.starts)
        if starts < clock.now():
            continue
        yield Step(
            dates.dated(starts.date()),
            _("Discussion"),
            _("Take along those who know the procurement."),
            small=dates.hours(starts, academy.local(booking.slot.ends)),
            day=starts.date(),
            url=booking_url(booking, language),
            link=_("See, add to calendar or cancel"),
        )
    url = "" if bookings else book_url(academy, language, holder_token(application))
    if not url:
        return
    closes = last_minute(academy.local(academy.closes)) if academy.closes else None
    yield Step(
        dates.dated(closes.date()) if closes else _("Now"),
        _("Book a discussion"),
        _("The experts go through the procurement with you, and tell how much time the academy takes."),
        small=_("by %(clock)s") % {"clock": dates.clock(closes)} if closes else "",
        url=url,
        link=_("Choose a time"),
        day=closes.date() if closes else None,
    )


def _final_decision(application: Application, language: str) -> Step:
    ready = may_decide(application)
    address = {"language": language, "reference": application.reference}
    return Step(
        _("Now") if ready else _("after the discussion"),
        _("Your organisation decides"),
        _(
            "Your organisation decides whether it applies, and tells the organiser. Nothing binds you before that."
        ),
        open=True,
        url=reverse("keino_academy:application_decision", kwargs=address) if ready else "",
        link=_("Tell the decision"),
    )


def _answer(application: Application) -> Iterator[Step]:
    decided = application.academy.decision_on
    if decided and decided >= application.academy.local(clock.now()).date():
        text = _("You get the answer by e-mail.")
        when = _("by %(day)s") % {"day": dates.day(decided)}
        yield Step(when, _("Word on the selection"), text, day=decided, open=True)


def _start(application: Application) -> Iterator[Step]:
    academy = application.academy
    if not academy.starts or academy.starts <= clock.now():
        return
    starts = academy.local(academy.starts).date()
    if application.state in _IN:
        text = _("The academy begins.")
    else:
        text = _("If your organisation is selected, the academy begins now. Keep the day free.")
    yield Step(dates.dated(starts), _("The programme begins"), text, day=starts, due=False)


def strip_of(application: Application, steps: list[Step]) -> Strip | None:
    """The picture of the days from the sending on, or from now, with the numbers of the steps."""
    academy = application.academy
    begins = application.sent_at or clock.now()
    closes = last_minute(academy.local(academy.closes)).date() if academy.closes else None
    marks = [(number, step.day, step.open) for number, step in enumerate(steps, 1) if step.day and step.due]
    return strip(academy.local(begins).date(), closes, marks)
