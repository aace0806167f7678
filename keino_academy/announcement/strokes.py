"""Small pieces of the drawings as markup, which a page repeats often.

Written here and not in templates, because a page has a hundred of them and an include
costs more than the piece. Nothing but numbers and words of our own goes in; what an editor
wrote is escaped.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from keino_academy.announcement.entries import Tense
from keino_academy.announcement.line import Row, Shape
from keino_academy.announcement.programme import Item
from keino_academy.announcement.rings import Arc
from keino_academy.announcement.wheel import Mark

_RULER = '<use href="#ka-line-ruler" y="12" width="100%" height="7"/><line x2="100%" y1="19" y2="19"/>'


def key_classes(item: Item) -> SafeString:
    """The shape and colour of an item's number."""
    tone = " ka-key--past" if item.tense is Tense.PAST else " ka-key--due" if item.entry.due else ""
    return mark_safe(f"{tone}{' ka-key--open' if item.entry.open else ''}")  # noqa: S308 - our own words


def tense_words(item: Item) -> SafeString:
    """Past, current or coming in a word: seen where it is not plain, always read aloud."""
    if item.tense is Tense.COMING:
        return format_html('<span class="ka-hidden">, {}</span>', item.tense_word)
    return format_html(' <small class="ka-tense ka-tense--{}">{}</small>', str(item.tense), item.tense_word)


def where(item: Item) -> str:
    """The place, or that it is online and how; empty where neither is told."""
    place = item.entry.place
    if not item.entry.online:
        return place
    return gettext("Online (%(place)s)") % {"place": place} if place else gettext("Online")


def programme_row(item: Item) -> SafeString:
    """One entry of the programme: when, what, where."""
    entry, place = item.entry, where(item)
    when = f"<b>{escape(item.day)}</b> {escape(item.hours)}"
    if item.machine:
        when = f'<time datetime="{item.machine}">{when}</time>'
    text = linebreaks(entry.description, autoescape=True) if entry.description else ""
    side = f'<p class="ka-row__side">{escape(place)}</p>' if place else ""
    return mark_safe(  # noqa: S308 - what an editor wrote is escaped
        f'<li class="ka-row ka-key{key_classes(item)}" id="entry-{escape(entry.id)}">'
        f'<p class="ka-row__meta">{when}{tense_words(item)}</p>'
        f'<div class="ka-row__main"><h3>{escape(entry.title)}</h3>{text}</div>{side}</li>\n'
    )


def line_row(pair: tuple[Row, Item], now: float | None) -> SafeString:
    """One entry of the line: its mark, and its words held in their place."""
    row, item = pair
    place = gettext("online") if item.entry.online else item.entry.place
    more = ", ".join(filter(None, (item.hours, place)))
    day = str(escape(item.day))
    if item.machine:
        day = f'<time datetime="{item.machine}">{day}</time>'
    tone = "" if row.tone == "accent" else f" ka-line__row--{row.tone}"
    side = "" if row.side == "after" else f" ka-line__row--{row.side}"
    small = f" <small>{escape(more)}</small>" if more else ""
    return mark_safe(  # noqa: S308 - what an editor wrote is escaped
        f'<li class="ka-line__row{tone}{side}">{lane(row, now)}'
        f'<svg class="ka-line__gap" width="{row.gap}%" height="1" aria-hidden="true"></svg>'
        f'<p class="ka-line__label"><span><b>{day}</b> {escape(item.entry.title)}{small}'
        f"{tense_words(item)}</span></p></li>\n"
    )


def arc(one: Arc, kind: str) -> SafeString:
    """A part of a ring as a path: ``kind`` is the last part of its class."""
    tone = f" ka-wheel__{kind}--{one.tone}" if one.tone else ""
    dash = ""
    if one.length < one.days and kind != "year":
        offset = f' stroke-dashoffset="{one.offset}"' if one.start else ""
        dash = f' stroke-dasharray="{one.dash}"{offset}'
    return mark_safe(  # noqa: S308 - numbers
        f'<path class="ka-wheel__{kind}{tone}" d="{one.path}" pathLength="{one.days}"{dash}/>'
    )


def mark(one: Mark) -> SafeString:
    """An entry's number on the wheel, with its lead."""
    lead = ""
    if one.lead:
        lead = (
            f'<path class="ka-wheel__lead ka-wheel__lead--{one.tone}" transform="rotate({one.angle})" '
            f'd="M0-{one.radius}V-{one.lead}"/>'
        )
    is_open = " ka-wheel__mark--open" if one.entry.open else ""
    return mark_safe(  # noqa: S308 - numbers
        f'{lead}<g transform="rotate({one.angle}) translate(0 -{one.radius}) rotate(-{one.angle})">'
        f'<g class="ka-wheel__mark ka-wheel__mark--{one.tone}{is_open}"><circle r="17"/>'
        f"<text>{one.number}</text></g></g>"
    )


def lane(row: Row | None, now: float | None) -> SafeString:
    """A row's own strip of the line: a ruler for narrow pages, and the mark."""
    tick = ""
    if now is not None:
        tick = f'<line class="ka-line__tick" x1="{now}%" x2="{now}%" y1="0" y2="100%"/>'
    shape = "" if row is None else _dot(row) if row.shape in {Shape.SITE, Shape.NET} else _bar(row)
    return mark_safe(  # noqa: S308 - numbers
        '<svg class="ka-line__lane" width="100%" height="100%" aria-hidden="true">'
        f'<svg class="ka-line__ruler" width="100%" height="20">{_RULER}{tick}</svg>{shape}</svg>'
    )


def _dot(row: Row) -> str:
    found = ""
    if row.dot_narrow:
        thin = "" if row.dot_wide else " ka-line__thin"
        found += f'<circle class="ka-line__{row.shape}{thin}" cx="{row.middle}%" cy="50%" r="7"/>'
    if not row.dot_wide:
        wide = " ka-line__wide" if row.dot_narrow else ""
        found += (
            f'<rect class="ka-line__{row.shape}{wide}" x="{row.x}%" y="50%" '
            f'width="{row.width}%" height="14" rx="7"/>'
        )
    return found


def _bar(row: Row) -> str:
    hatched = row.shape is Shape.OPEN and row.dot_narrow
    found = ""
    if hatched:
        found += _stroke("open ka-line__thin", *row.stretched)
    if row.shape is not Shape.STOP:
        found += _stroke(f"{row.shape}{' ka-line__wide' if hatched else ''}", row.x, row.end)
    if row.shape in {Shape.STOP, Shape.CALL}:
        found += (
            f'<svg class="ka-line__end" x="{row.end}%" y="50%" overflow="visible"><path d="M0-11V11"/></svg>'
        )
    return found


def _stroke(classes: str, start: Any, end: Any) -> str:
    return f'<line class="ka-line__{classes}" x1="{start}%" x2="{end}%" y1="50%" y2="50%"/>'
