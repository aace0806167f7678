"""The line as markup: its axis, its rows and its key.

Written here and not in templates, because a line has hundreds of pieces. What goes in are
numbers and words of our own; what an editor wrote is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from keino_academy.announcement.axis import Axis, Tick
from keino_academy.announcement.line import Line, Row, Shape, Side
from keino_academy.announcement.programme import Item
from keino_academy.announcement.strokes import month_name, tense_words, when
from keino_academy.core import dates

_RULER = '<use href="#ka-line-ruler" y="12" width="100%" height="7"/><line x2="100%" y1="19" y2="19"/>'
#: Right of this, in per cent, the label of the present stands before it.
_LATE = 60


def grid(line: Line) -> SafeString:
    """The axis: years over months (or months over days), and a line for each unit."""
    axis, ticks = line.axis, line.axis.ticks
    pieces = [
        '<svg class="ka-line__grid" width="100%" height="100%" aria-hidden="true">',
        *_ruler(axis, ticks),
        *_units(axis, ticks),
        *(_named(tick, line.by_days) for tick in ticks),
    ]
    if line.now is not None:
        pieces.append(
            f'<line class="ka-line__today" x1="{line.now}%" x2="{line.now}%" y1="3.85em" y2="100%"/>'
        )
    return mark_safe("".join([*pieces, "</svg>"]))  # noqa: S308 - numbers and names of months


def _ruler(axis: Axis, ticks: Sequence[Tick]) -> Iterator[str]:
    """The ticks of a row's own ruler, which narrow pages show."""
    marks = "".join(f"M{tick.at} 0V1" for tick in ticks)
    yield (
        f'<defs><symbol id="ka-line-ruler" viewBox="0 0 {axis.length} 1" preserveAspectRatio="none">'
        f'<path class="ka-line__ticks" d="{marks}M{axis.length} 0V1"/></symbol></defs>'
    )


def _units(axis: Axis, ticks: Sequence[Tick]) -> Iterator[str]:
    """Days of rest, the lines of the units, the small ticks and the axis itself."""
    unit = axis.unit
    for tick in ticks:
        if tick.rest:
            yield f'<rect class="ka-line__rest" x="{tick.x}%" y="2em" width="{unit}%" height="1.85em"/>'
    for tick in ticks:
        name, top = ("year", "0") if tick.group else ("unit", "2em")
        yield f'<line class="ka-line__{name}" x1="{tick.x}%" x2="{tick.x}%" y1="{top}" y2="100%"/>'
    minor = "".join(f"M{at} 0V1" for at in axis.minor)
    yield (
        f'<svg y="3.4em" width="100%" height=".45em" viewBox="0 0 {axis.length} 1" preserveAspectRatio="none">'
        f'<path class="ka-line__minor" d="{minor}"/></svg>'
        '<line class="ka-line__axis" x2="100%" y1="3.85em" y2="3.85em"/>'
    )


def _named(tick: Tick, by_days: bool) -> str:
    """What is written at a tick: its group, its name, and a number on a narrow page."""
    day = tick.day
    found = ""
    if tick.group:
        group = dates.month(day) if by_days else day.year
        found += f'<text class="ka-line__group" x="{tick.x}%" dx=".5em" y="1.1em">{group}</text>'
    name = f"{dates.weekday(day)} {dates.short_day(day)}" if by_days else month_name(day)
    found += f'<text class="ka-line__wide" x="{tick.x}%" dx=".6em" y="3.7em">{name}</text>'
    if tick.narrow:
        number = day.day if by_days else day.month
        found += f'<text class="ka-line__thin" x="{tick.x}%" dx=".25em" y="3.7em">{number}</text>'
    return found


def today(line: Line) -> SafeString:
    """The row of the present; nothing where it is not on the axis."""
    if line.now is None:
        return SafeString("")
    late = line.now > _LATE
    words = gettext("today %(day)s") % {"day": dates.day(line.today)}
    return mark_safe(  # noqa: S308 - numbers and a date
        f'<div class="ka-line__row ka-line__row--now{" ka-line__row--before" if late else ""}">'
        f"{lane(None, line.now)}{_gap(line.now_from_end if late else line.now)}"
        f'<p class="ka-line__label"><span><b>{words}</b></span></p></div>'
    )


def row(one: Row, item: Item, now: float | None) -> SafeString:
    """An entry: its mark, and its words beside it."""
    tone = "" if one.tone == "accent" else f" ka-line__row--{one.tone}"
    side = "" if one.side is Side.AFTER else f" ka-line__row--{one.side}"
    return mark_safe(  # noqa: S308 - what an editor wrote is escaped
        f'<li class="ka-line__row{tone}{side}">{lane(one, now)}{_gap(one.gap)}'
        f'<p class="ka-line__label"><span><b>{when(item, escape(item.day))}</b> '
        f"{escape(item.entry.title)}{_aside(item)}{tense_words(item)}</span></p></li>"
    )


def _aside(item: Item) -> str:
    """The hours, and where it is."""
    place = gettext("online") if item.entry.online else item.entry.place
    words = ", ".join(word for word in (item.hours, place) if word)
    return f" <small>{escape(words)}</small>" if words else ""


def _gap(width: float) -> str:
    return f'<svg class="ka-line__gap" width="{width}%" height="1" aria-hidden="true"></svg>'


def lane(one: Row | None, now: float | None) -> str:
    """A row's own strip of the line: a ruler for narrow pages, and the mark."""
    tick = ""
    if now is not None:
        tick = f'<line class="ka-line__tick" x1="{now}%" x2="{now}%" y1="0" y2="100%"/>'
    shape = "" if one is None else _dot(one) if one.shape in {Shape.SITE, Shape.NET} else _bar(one)
    return (
        '<svg class="ka-line__lane" width="100%" height="100%" aria-hidden="true">'
        f'<svg class="ka-line__ruler" width="100%" height="20">{_RULER}{tick}</svg>{shape}</svg>'
    )


def _dot(one: Row) -> str:
    found = ""
    if one.dot_narrow:
        thin = "" if one.dot_wide else " ka-line__thin"
        found += f'<circle class="ka-line__{one.shape}{thin}" cx="{one.middle}%" cy="50%" r="7"/>'
    if not one.dot_wide:
        wide = " ka-line__wide" if one.dot_narrow else ""
        found += (
            f'<rect class="ka-line__{one.shape}{wide}" x="{one.x}%" y="50%" '
            f'width="{one.width}%" height="14" rx="7"/>'
        )
    return found


def _bar(one: Row) -> str:
    hatched = one.shape is Shape.OPEN and one.dot_narrow
    found = ""
    if hatched:
        found += _stroke("open ka-line__thin", *one.stretched)
    if one.shape is not Shape.STOP:
        found += _stroke(f"{one.shape}{' ka-line__wide' if hatched else ''}", one.x, one.end)
    if one.shape in {Shape.STOP, Shape.CALL}:
        found += (
            f'<svg class="ka-line__end" x="{one.end}%" y="50%" overflow="visible"><path d="M0-11V11"/></svg>'
        )
    return found


def _stroke(classes: str, start: Any, end: Any) -> str:
    return f'<line class="ka-line__{classes}" x1="{start}%" x2="{end}%" y1="50%" y2="50%"/>'
