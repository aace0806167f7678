"""Sessions that can be booked, their times, and bookings."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Locale

from keino_academy.announcement.models import Academy
from keino_academy.booking import actions
from keino_academy.booking.holders import Holder
from keino_academy.booking.models import BookableSession, Booking, Slot, SlotSeries

HELSINKI = ZoneInfo("Europe/Helsinki")

#: In the first half of June 2023, as the academy's discussions are.
TIMES = tuple(datetime(2023, 6, day, hour, tzinfo=HELSINKI) for day in (5, 6, 7) for hour in (9, 10, 13))

TEXTS = {
    "fi": {"title": "Keskustelu kiertotalouden akatemiasta", "hosts_said": "Kiertotalouden asiantuntija"},
    "sv": {"title": "Samtal om akademin för cirkulär ekonomi", "hosts_said": "Sakkunnig i cirkulär ekonomi"},
    "en": {"title": "Discussion on the circular-economy academy", "hosts_said": "Circular-economy expert"},
}


def make_session(academy: Academy, language: str = "fi", **fields: Any) -> BookableSession:
    """Return a published session in one language; ``source`` makes it that one's translation."""
    source = fields.pop("source", None)
    session = BookableSession(
        academy=academy,
        locale=Locale.objects.get(language_code=language),
        **{"place": "Teams", **TEXTS[language], **fields},
    )
    if source:
        session.translation_key = source.translation_key
    session.save()
    session.save_revision().publish()
    session.refresh_from_db()
    return session


def make_series(
    academy: Academy, *, slots: Sequence[datetime] | int = TIMES, seats: int = 1, **fields: Any
) -> SlotSeries:
    """Return a published series; ``slots`` are its starts, or how many there are, an hour apart."""
    session = make_session(academy, **fields)
    series = SlotSeries.objects.get(translation_key=session.translation_key)
    if isinstance(slots, int):
        slots = [TIMES[0] + timedelta(days=n // 8, hours=n % 8) for n in range(slots)]
    slots = [at.astimezone(UTC) for at in slots]
    Slot.objects.bulk_create(
        Slot(series=series, starts=at, ends=at + timedelta(minutes=series.minutes), seats=seats)
        for at in slots
    )
    return series


def make_booking(
    slot: Slot, key: str = "", *, nonce: str = "", language: str = "fi", **fields: Any
) -> Booking:
    """Return a booking made by the door that everybody uses."""
    number = Booking.objects.count() + 1
    holder = Holder(
        key=key,
        **{"person": f"Varaaja {number}", "email": f"varaaja{number}@koivuranta.example", **fields},
    )
    return actions.book(slot, holder, nonce=nonce or f"nonce-{number}", language=language)
