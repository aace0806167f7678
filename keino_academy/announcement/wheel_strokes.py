"""The year wheel as markup: the inside of its picture.

Written here and not in templates, because a wheel has a hundred pieces. Numbers are written
with points in every language; what an editor wrote is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext, pgettext

from keino_academy.announcement.countdown import Count, Until
from keino_academy.announcement.rings import Arc
from keino_academy.announcement.strokes import month_name
from keino_academy.announcement.wheel import Hand, Mark, Month, Wheel, YearName
from keino_academy.core import dates

#: A title of so many characters still fits the middle of the wheel.
LONGEST = 18
#: The rim, whose dashes are days.
_DAYS = '<path class="ka-wheel__days" d="M0-296a296 296 0 1 1 0 592a296 296 0 1 1 0-592" pathLength="365"/>'


def picture(wheel: Wheel) -> SafeString:
    """Everything of the wheel in the order of drawing."""
    return mark_safe(  # noqa: S308 - numbers, and what an editor wrote is escaped
        "".join(
            [*_rings(wheel), _DAYS, *_rim(wheel), *_hands(wheel), *map(_mark, wheel.marks), _middle(wheel)]
        )
    )


def _rings(wheel: Wheel) -> Iterator[str]:
    yield from (_arc(one, "track") for one in wheel.tracks)
    if len(wheel.years) == 2:
        yield f'<path class="ka-wheel__{"past" if wheel.turned else "track"}" d="{wheel.switch}"/>'
    yield from (_arc(one, "past") for one in wheel.gone)
    for one in wheel.whole_years:
        yield (
            f'<path class="ka-wheel__year ka-wheel__year--{one.tone}" d="{one.path}" '
            f'pathLength="{one.days}"/>'
        )
    yield from (_arc(one, "left") for one in wheel.window)
    yield from (_arc(one, "span") for one in wheel.spans)
    for tone in wheel.switches:
        yield f'<path class="ka-wheel__span ka-wheel__span--{tone}" d="{wheel.switch}"/>'


def _arc(one: Arc, kind: str) -> str:
    """A part of a ring as a path: ``kind`` is the last part of its class."""
    tone = f" ka-wheel__{kind}--{one.tone}" if one.tone else ""
    dash = ""
    if one.length < one.days:
        offset = f' stroke-dashoffset="{one.offset}"' if one.start else ""
        dash = f' stroke-dasharray="{one.dash}"{offset}'
    return f'<path class="ka-wheel__{kind}{tone}" d="{one.path}" pathLength="{one.days}"{dash}/>'


def _rim(wheel: Wheel) -> Iterator[str]:
    yield from (_month(one, wheel.hand is not None) for one in wheel.months)
    yield from map(_year, wheel.names)


def _month(one: Month, present: bool) -> str:
    now = " ka-wheel__month--now" if one.current and present else ""
    return (
        f'<path class="ka-wheel__spoke" transform="rotate({one.spoke})" d="M0-290V-310"/>'
        f'<text class="ka-wheel__month{now}" transform="rotate({one.turn}) translate(0 {one.radius})">'
        f"{month_name(one.first)}</text>"
    )


def _year(one: YearName) -> str:
    coming = " ka-wheel__name--coming" if one.coming else ""
    return (
        f'<text class="ka-wheel__name{coming}" transform="rotate({one.angle}) translate(0 -{one.radius})">'
        f"{one.year}</text>"
    )


def _hands(wheel: Wheel) -> Iterator[str]:
    if wheel.hand:
        yield _hand(wheel.hand, wheel.hub)
    if wheel.stop is not None:
        yield (
            f'<path class="ka-wheel__stop" transform="rotate({wheel.stop})" '
            f'd="M0-{wheel.hub}V-{wheel.ring}"/>'
        )


def _hand(hand: Hand, hub: int) -> str:
    now, at = pgettext("the present, in a picture", "now"), hand.spot
    return (
        f'<path class="ka-wheel__hand" transform="rotate({hand.angle})" d="M0-{hub}V-{hand.reach}"/>'
        f'<g transform="rotate({at.angle}) translate(0 -{at.radius}) rotate(-{at.angle})">'
        f'<text class="ka-wheel__now"><tspan x="0" dy="-.5em">{now}</tspan>'
        f'<tspan x="0" dy="1.1em">{dates.short_day(hand.today)}</tspan></text></g>'
    )


def _mark(one: Mark) -> str:
    """An entry's number, with its lead."""
    lead = ""
    if one.lead:
        lead = (
            f'<path class="ka-wheel__lead ka-wheel__lead--{one.tone}" transform="rotate({one.angle})" '
            f'd="M0-{one.radius}V-{one.lead}"/>'
        )
    is_open = " ka-wheel__mark--open" if one.entry.open else ""
    return (
        f'{lead}<g transform="rotate({one.angle}) translate(0 -{one.radius}) rotate(-{one.angle})">'
        f'<g class="ka-wheel__mark ka-wheel__mark--{one.tone}{is_open}"><circle r="17"/>'
        f"<text>{one.number}</text></g></g>"
    )


def _middle(wheel: Wheel) -> str:
    """The count, or the years where nothing is counted."""
    if wheel.count is None:
        years = "–".join(map(str, wheel.years))
        return f'<text class="ka-wheel__count ka-wheel__count--year" y="0">{years}</text>'
    coming = "" if wheel.count.until is Until.CLOSES else " ka-wheel__count--coming"
    first, *more = map(escape, _lines(wheel.count))
    lines = "".join(f'<tspan x="0" dy="1.15em">{line}</tspan>' for line in more)
    return (
        f'<text class="ka-wheel__count{coming}" y="-16">{wheel.count.number}</text>'
        f'<text class="ka-wheel__unit" y="44"><tspan x="0">{first}</tspan>{lines}</text>'
    )


def _lines(count: Count) -> list[str]:
    """What the number in the middle counts, in short lines."""
    units = {
        "days": ngettext("day", "days", count.number),
        "hours": ngettext("hour", "hours", count.number),
        "minutes": ngettext("minute", "minutes", count.number),
    }
    name = count.entry.name if count.entry else ""
    return [units[count.unit], _until(count), *([name] if 0 < len(name) <= LONGEST else [])]


def _until(count: Count) -> str:
    """What the count leads to, as the line under its unit."""
    if count.until is Until.OPENS:
        return pgettext("21 days …", "until the call opens")
    if count.until is Until.CLOSES:
        return pgettext("21 days …", "left to apply")
    return pgettext("21 days …", "to the next day")
