"""Wall-clock time in the academy's zone, and moments made of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_zone(name: str) -> None:
    """Raise ``ValidationError`` unless the IANA database has the name."""
    if name not in available_timezones():
        raise ValidationError(_("Write the zone by its IANA name, such as Europe/Helsinki."), code="zone")


def moment(day: date, at: time, zone: str) -> datetime:
    """The instant at which clocks of ``zone`` show ``at``, aware, in that zone.

    A time that a clock change skips is moved on by the hour that is lost; of a time
    that comes twice the first is meant (PEP 495, fold 0).
    """
    local = datetime.combine(day, at, ZoneInfo(zone))
    return local.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone))


def closing_moment(day: date, at: time, zone: str) -> datetime:
    """The first instant that is too late: an editor's 23.59 includes the whole minute."""
    closing = moment(day, at, zone)
    return closing + timedelta(minutes=1) if at.minute == 59 else closing


def last_minute(closes: datetime) -> datetime:
    """What to show of an exclusive closing moment: midnight is written 23.59 of the day before."""
    return closes - timedelta(minutes=1) if (closes.hour, closes.minute) == (0, 0) else closes


def day_start(day: date, zone: str) -> datetime:
    """The first instant of a day in the zone."""
    return moment(day, time.min, zone)


def day_end(day: date, zone: str) -> datetime:
    """The first instant of the next day in the zone, so an exclusive end."""
    return moment(day + timedelta(days=1), time.min, zone)
