"""Tags that draw a timeline and list it: ``{% ka_drawing %}`` and ``{% ka_programme %}``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, ngettext, pgettext

from keino_academy.announcement.countdown import Count, Until
from keino_academy.announcement.drawing import Drawing, choose_drawing
from keino_academy.announcement.entries import Entry
from keino_academy.announcement.line import line
from keino_academy.announcement.programme import programme
from keino_academy.announcement.strokes import (
    arc,
    key_classes,
    lane,
    line_row,
    mark,
    programme_row,
    tense_words,
)
from keino_academy.announcement.wheel import wheel
from keino_academy.core import dates

register = template.Library()

#: A title of so many characters still fits the middle of the wheel.
LONGEST = 18


@register.inclusion_tag("keino_academy/announcement/drawing.html")
def ka_drawing(
    entries: Sequence[Entry],
    now: datetime,
    opens: datetime | None = None,
    closes: datetime | None = None,
    drawing: str = "",
) -> dict[str, Any]:
    """Draw a timeline as the wheel, or as the line where a wheel cannot hold it.

    ``drawing`` (``wheel`` or ``line``) decides instead. Its numbers are the places of the
    entries in the order given, as in ``{% ka_programme %}``.
    """
    chosen = Drawing(drawing) if drawing else choose_drawing(entries)
    items = programme(entries, now)
    context: dict[str, Any] = {"drawing": chosen.value, "items": items, "now": now}
    if chosen is Drawing.WHEEL:
        return {**context, "wheel": wheel(entries, now, opens, closes)}
    drawn = line(entries, now, opens, closes)
    return {**context, "line": drawn, "rows": list(zip(drawn.rows, items, strict=True))}


@register.inclusion_tag("keino_academy/announcement/programme.html")
def ka_programme(entries: Sequence[Entry], now: datetime) -> dict[str, Any]:
    """List a timeline's entries, with the numbers of its drawing."""
    return {"items": programme(entries, now)}


register.filter("ka_key", key_classes)
register.filter("ka_tense", tense_words)
register.filter("ka_arc", arc)
register.filter("ka_mark", mark)
register.filter("ka_lane", lane)
register.filter("ka_programme_row", programme_row)
register.filter("ka_line_row", line_row)


@register.filter
def ka_month(day: date) -> str:
    """A month's name where there is little room: ``syys``, ``sept``, ``Sept``."""
    return (
        format_date(day, "N").rstrip(".") if (get_language() or "en")[:2] == "en" else format_date(day, "N")
    )


@register.filter
def ka_month_year(day: date) -> str:
    """A month with its year: ``syyskuu 2023``."""
    return dates.month(day)


@register.filter
def ka_day(day: date) -> str:
    """A day without its year: ``12.9.``; ``12 Sep``."""
    return dates.short_day(day)


@register.filter
def ka_full_day(day: date) -> str:
    """A day with its year: ``12.9.2023``."""
    return dates.day(day)


@register.filter
def ka_weekday(day: date) -> str:
    """A weekday's short name: ``ti``."""
    return dates.weekday(day)


@register.filter
def ka_count_lines(count: Count) -> list[str]:
    """What the number in the middle of the wheel counts, in short lines."""
    units = {
        "days": ngettext("day", "days", count.number),
        "hours": ngettext("hour", "hours", count.number),
        "minutes": ngettext("minute", "minutes", count.number),
    }
    name = count.entry.name if count.entry else ""
    return [units[count.unit], count_to(count), *([name] if 0 < len(name) <= LONGEST else [])]


def count_to(count: Count) -> str:
    """What the count leads to, as the line under its unit."""
    if count.until is Until.OPENS:
        return pgettext("21 days …", "until the call opens")
    if count.until is Until.CLOSES:
        return pgettext("21 days …", "left to apply")
    return pgettext("21 days …", "to the next day")
