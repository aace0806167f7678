"""What a bookable session's draft would write: mails and calendar entries of a booking that nobody made.

They come from the very functions that write the real ones. Nothing here is saved.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from keino_academy.booking.enums import BookingState, StepKind
from keino_academy.booking.mails import Letter, letter, when_of
from keino_academy.booking.models import BookableSession, Booking, SeriesFacts, Slot, SlotSeries, Waiting
from keino_academy.booking.queries import coming_slots
from keino_academy.booking.reminding import notice
from keino_academy.booking.waiting_mails import offer_letter, waiting_letter
from keino_academy.core import clock, dates
from keino_academy.core.calendars import Entry
from keino_academy.core.outbox import written
from keino_academy.core.zones import moment

#: Stands in links where a booking's own secret does.
_KEY = "0000"
_EMAIL = "varaaja@example.org"


@dataclass(frozen=True)
class Shown:
    """One mail as it would go out: ``occasion`` says when, in the language of whoever looks at it."""

    name: str
    occasion: str
    subject: str
    text: str
    entry: Entry | None
    when: str
    file: str

    @property
    def is_cancelled(self) -> bool:
        """Whether the entry leaves the calendar."""
        return "METHOD:CANCEL" in self.file


@dataclass(frozen=True)
class Sample:
    """A booking that nobody made, in one language, of a session's draft."""

    face: BookableSession
    booking: Booking
    is_real_time: bool

    def mails(self) -> Iterator[Shown]:
        """Every mail that its booker may get, in the order of things."""
        slot, series = self.booking.slot, self.booking.series
        yield self._shown("booked", _("When a time is booked"))
        yield self._shown("moved", _("When it is moved"), 1, moved_from=_day_before(slot))
        yield self._shown("changed", _("When you change its hour or place"), 1)
        for kind, name, title in (
            (StepKind.REMINDED, "reminder", _("Reminder, %(time)s before")),
            (StepKind.REMINDED_SOON, "reminder_soon", _("Second reminder, %(time)s before")),
        ):
            rule = notice(kind, series.remind_hours, series.remind_soon_minutes)
            if rule:
                occasion = title % {"time": dates.left(rule.first)}
                yield self._shown(name, occasion, at=rule.due_at(slot.starts))
        yield self._shown("cancelled", _("When its booker cancels it"), 2)
        yield self._shown("slot_cancelled", _("When you cancel it"), 2)
        if series.waiting_list:
            yield from self._waiting()

    def _shown(
        self,
        name: str,
        occasion: str,
        sequence: int = 0,
        *,
        moved_from: Slot | None = None,
        at: datetime | None = None,
    ) -> Shown:
        self.booking.sequence = sequence
        with clock.standing_at(at) if at else nullcontext():
            return self._written(name, occasion, letter(name, self.booking, moved_from, self.face))

    def _waiting(self) -> Iterator[Shown]:
        booking, series = self.booking, self.booking.series
        waiting = Waiting(series=series, language=booking.language, email=_EMAIL, secret=_KEY)
        yield self._written(
            "waiting", _("When somebody joins the waiting list"), waiting_letter(waiting, self.face)
        )
        offer = Booking(
            slot=booking.slot, series=series, language=booking.language, secret=_KEY, state=BookingState.HELD
        )
        offer.held_until = min(clock.now() + timedelta(hours=series.offer_hours), booking.slot.starts)
        yield self._written(
            "offered",
            _("When a time is offered from the waiting list"),
            offer_letter("offered", offer, waiting, self.face),
        )

    def _written(self, name: str, occasion: str, told: Letter) -> Shown:
        subject, text = written(told.kind, language=self.booking.language, context=told.context)
        with override(self.booking.language):
            when = when_of(self.booking.slot)
        file = told.calendar.text if told.calendar else ""
        return Shown(name, occasion, subject, text, told.entry, when, file)


def sample(session: BookableSession, language: str) -> Sample:
    """A sample in a language, from the latest drafts of the session's family.

    Words are those of the language's own draft, or of the source's where there is none; rules are
    the source's. The time is the series' next one, or one two weeks from now where it has none.
    """
    drafts = _drafts(session)
    source = next(iter(drafts.values()))
    series = _series(source)
    slot = coming_slots(series).order_by("starts", "pk").first() if series.pk else None
    if slot is not None:
        slot.series = series
    booking = Booking(
        slot=slot or _made_up(series),
        series=series,
        seat=1,
        language=language,
        email=_EMAIL,
        uid="sample",
        secret=_KEY,
        booked_at=clock.now(),
        changed_at=timezone.now(),
    )
    return Sample(drafts.get(language, source), booking, slot is not None)


def spoken(session: BookableSession) -> list[str]:
    """The languages in which the session has words of its own, the source's first."""
    return list(_drafts(session))


def _drafts(session: BookableSession) -> dict[str, BookableSession]:
    family = type(session).objects.filter(translation_key=session.translation_key)
    found = family.select_related("locale", "latest_revision").order_by("pk")
    return {one.locale.language_code: one.get_latest_revision_as_object() for one in found}


def _series(source: BookableSession) -> SlotSeries:
    """The series as it would be after publishing; unsaved where there is none yet."""
    series = SlotSeries.objects.filter(translation_key=source.translation_key).first()
    # Addresses want a number: 0 is nobody's.
    series = series or SlotSeries(pk=0, translation_key=source.translation_key)
    for field in SeriesFacts._meta.local_fields:
        setattr(series, field.name, getattr(source, field.name))
    series.title = source.title
    return series


def _made_up(series: SlotSeries) -> Slot:
    academy = series.academy
    day = academy.local(clock.now()).date() + timedelta(days=14)
    starts = moment(day, time(9), academy.time_zone)
    return Slot(series=series, starts=starts, ends=starts + timedelta(minutes=series.minutes))


def _day_before(slot: Slot) -> Slot:
    day = timedelta(days=1)
    return Slot(series=slot.series, starts=slot.starts - day, ends=slot.ends - day)
