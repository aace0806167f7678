"""What the drawings and the programme share: an entry's words as markup.

Written here and not in templates, because a page has a hundred of them and an include
costs more than the piece. Nothing but numbers and words of our own goes in; what an editor
wrote is escaped.
"""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS_AP
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from keino_academy.announcement.entries import Tense
from keino_academy.announcement.programme import Item


def month_name(day: date) -> str:
    """A month's name where there is little room: ``syys``, ``sept``, ``Sept``."""
    name = str(MONTHS_AP[day.month])
    return name.rstrip(".") if (get_language() or "en")[:2] == "en" else name


def key_classes(item: Item) -> SafeString:
    """The shape and colour of an item's number."""
    tone = " ka-key--past" if item.tense is Tense.PAST else " ka-key--due" if item.entry.due else ""
    return mark_safe(f"{tone}{' ka-key--open' if item.entry.open else ''}")  # noqa: S308 - our own words


def tense_words(item: Item) -> SafeString:
    """Past, current or coming in a word: seen where it is not plain, always read aloud."""
    word = escape(item.tense_word)
    if item.tense is Tense.COMING:
        return mark_safe(f'<span class="ka-hidden">, {word}</span>')  # noqa: S308 - escaped
    return mark_safe(  # noqa: S308 - escaped
        f' <small class="ka-tense ka-tense--{item.tense}">{word}</small>'
    )


def when(item: Item, words: str) -> str:
    """Words of an item's time, with what a machine reads of it."""
    return f'<time datetime="{item.machine}">{words}</time>' if item.machine else words


def where(item: Item) -> str:
    """The place, or that it is online and how; empty where neither is told."""
    place = item.entry.place
    if not item.entry.online:
        return place
    return gettext("Online (%(place)s)") % {"place": place} if place else gettext("Online")


def legend(item: Item) -> SafeString:
    """An entry in the legend of a drawing."""
    return mark_safe(  # noqa: S308 - what an editor wrote is escaped
        f'<li class="ka-key{key_classes(item)}"><b>{escape(item.entry.name)}</b> '
        f"{escape(item.brief)}{tense_words(item)}</li>"
    )


def row(item: Item) -> SafeString:
    """An entry in the programme."""
    entry, place = item.entry, where(item)
    time = when(item, f"<b>{escape(item.day)}</b> {escape(item.hours)}")
    side = f'<p class="ka-row__side">{escape(place)}</p>' if place else ""
    return mark_safe(  # noqa: S308 - what an editor wrote is escaped
        f'<li class="ka-row ka-key{key_classes(item)}" id="entry-{escape(entry.id)}">'
        f'<p class="ka-row__meta">{time}{tense_words(item)}</p>'
        f'<div class="ka-row__main"><h3>{escape(entry.title)}</h3>{_paragraphs(entry.description)}</div>'
        f"{side}</li>"
    )


def _paragraphs(text: str) -> str:
    """Lines as the editor broke them; one line, as most are, needs no search for more."""
    if not text:
        return ""
    return linebreaks(text, autoescape=True) if "\n" in text or "\r" in text else f"<p>{escape(text)}</p>"
