"""The discussions: their faces, and sixty times with two hosts."""

from datetime import timedelta
from typing import Any

from wagtail.models import Locale

from example_site.demo.content import LANGUAGES, SOURCE, read
from example_site.demo.parts.pages import texts
from example_site.demo.parts.translations import translate
from keino_academy.booking.actions import add_slots
from keino_academy.core.zones import moment
from keino_academy.models import Academy, BookableSession, Host, Slot, SlotSeries

FACTS = [
    "title",
    "text",
    "preparation",
    "place",
    "hosts_said",
    "purpose",
    "audience",
    "books_from",
    "books_until",
    "one_per_holder",
    "change_until_hours",
    "minutes",
]


def make_session(academy: Academy) -> BookableSession:
    """The session in three languages."""
    session = BookableSession.objects.filter(academy=academy, locale__language_code=SOURCE).first()
    if session is None:
        locale = Locale.objects.get(language_code=SOURCE)
        session = BookableSession.objects.create(academy=academy, locale=locale, **_fields(SOURCE))
        session.save_revision().publish()
    for language in LANGUAGES:
        if language != SOURCE:
            translate(session, language, texts(BookableSession, _fields(language)))
    return session


def make_times(session: BookableSession) -> SlotSeries:
    """The session's hosts and times."""
    content = read(SOURCE, "booking")
    series = SlotSeries.objects.get(translation_key=session.translation_key)
    hosts = [Host.objects.get_or_create(academy=series.academy, **host)[0] for host in content["hosts"]]
    add_slots(_times(series, content), hosts)
    return series


def _fields(language: str) -> dict[str, Any]:
    content = read(language, "booking")
    return {name: content[name] for name in FACTS}


def _times(series: SlotSeries, content: dict[str, Any]) -> list[Slot]:
    length = timedelta(minutes=content["minutes"])
    starts = [
        moment(day, hour, series.academy.time_zone) for day in content["days"] for hour in content["hours"]
    ]
    link = "https://teams.example/akatemia/keskustelu"
    return [Slot(series=series, starts=start, ends=start + length, join_link=link) for start in starts]
