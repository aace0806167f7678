"""Tags that draw a timeline and list it: ``{% ka_drawing %}`` and ``{% ka_programme %}``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from keino_academy.announcement import line_strokes, strokes, wheel_strokes
from keino_academy.announcement.drawing import Drawing, choose_drawing
from keino_academy.announcement.entries import Entry
from keino_academy.announcement.line import Line, line
from keino_academy.announcement.programme import Item, programme
from keino_academy.announcement.wheel import wheel

register = template.Library()


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
    return {**context, "line": line(entries, now, opens, closes)}


@register.inclusion_tag("keino_academy/announcement/programme.html")
def ka_programme(entries: Sequence[Entry], now: datetime) -> dict[str, Any]:
    """List a timeline's entries, with the numbers of its drawing."""
    return {"items": programme(entries, now)}


register.filter("ka_wheel", wheel_strokes.picture)
register.filter("ka_line_grid", line_strokes.grid)
register.filter("ka_line_today", line_strokes.today)
register.filter("ka_programme_row", strokes.row)


@register.filter
def ka_line_rows(drawn: Line, items: Sequence[Item]) -> SafeString:
    """The rows of the line, each with its item's words."""
    pairs = zip(drawn.rows, items, strict=True)
    return _joined(line_strokes.row(row, item, drawn.now) for row, item in pairs)


@register.filter
def ka_legend(items: Sequence[Item]) -> SafeString:
    """The entries beside the wheel."""
    return _joined(map(strokes.legend, items))


def _joined(pieces: Any) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is safe
