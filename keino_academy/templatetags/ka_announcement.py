"""Tags of the announcement: they ask the system what the page's blocks don't know.

All take the page from the context, and parse its streams once for a request.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from keino_academy.announcement.call_words import CallWords, call_words, closing_words
from keino_academy.announcement.criteria import Criterion, CriterionKind
from keino_academy.announcement.drawing import choose_drawing
from keino_academy.announcement.enums import CallState
from keino_academy.announcement.keeping import kept
from keino_academy.announcement.links import (
    Around,
    absolute,
    around,
    check_url,
    feed_url,
    index_of,
    subscription,
)
from keino_academy.announcement.models import AbstractAcademyPage
from keino_academy.announcement.programme import programme
from keino_academy.announcement.reading import Reading, read_page
from keino_academy.applications.models import AbstractApplicationPage
from keino_academy.blocks.composition import rows
from keino_academy.blocks.enums import Drawing
from keino_academy.core.hyphens import soft_breaks
from keino_academy.core.languages import current_language
from keino_academy.templatetags.ka_drawings import ka_drawing

register = template.Library()


@register.filter
def ka_soft_breaks(text: str) -> str:
    """The text with soft hyphens in long words of the active language."""
    return soft_breaks(text, current_language())


def reading_of(context: Context) -> Reading | None:
    """The reading of the context's page, where that is an academy's."""
    page = context.get("page")
    return read_page(page, context.get("request")) if isinstance(page, AbstractAcademyPage) else None


class Call:
    """What the cover says and offers; templates read the attributes, each asked when it is used."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self.reading = reading
        self.request = context.get("request")
        self.state = str(reading.state)

    @property
    def words(self) -> CallWords:
        """``headline`` and ``detail``."""
        return call_words(self.reading)

    @property
    def closes(self) -> str:
        """The last minute of the call, with its zone."""
        return closing_words(self.reading)

    @property
    def due(self) -> bool:
        """Whether something is to be done by a moment: then the words are of the colour of what is due."""
        return self.reading.state in {CallState.OPEN, CallState.GRACE}

    @property
    def apply_url(self) -> str:
        """Where one applies, while the call takes applications."""
        return application_url(self.reading, self.request) if self.due else ""

    @property
    def check_url(self) -> str:
        """Where one checks whether to apply, until the call has closed."""
        early = self.reading.state in {CallState.PLANNED, CallState.OPEN}
        return check_url(self.reading) if early else ""

    @property
    def others_url(self) -> str:
        """The list of academies, when nobody can apply to this one any more."""
        if self.due or self.reading.state is CallState.PLANNED:
            return ""
        parent = index_of(self.reading.page)
        return parent.get_url(self.request) or "" if parent else ""


def around_of(reading: Reading) -> Around:
    """The pages around a reading's page, found once."""
    found = vars(reading).get("_around")
    if found is None:
        found = vars(reading)["_around"] = around(reading.page, AbstractApplicationPage)
    return found


def application_url(reading: Reading, request: Any) -> str:
    """The address of the application page below an academy's page; empty where there is none."""
    page = around_of(reading).application
    return page.get_url(request) or "" if page else ""


@register.simple_tag(takes_context=True)
def ka_call(context: Context) -> Call | None:
    """``{% ka_call as call %}``: where the call stands, in words, and what one can do."""
    reading = reading_of(context)
    return Call(reading, context) if reading else None


@register.simple_tag(takes_context=True)
def ka_target_url(context: Context, target: str) -> str:
    """The address of ``apply``, ``check`` or ``book`` for this page; empty where it leads nowhere now."""
    reading = reading_of(context)
    if reading is None:
        return ""
    if target == "check":
        return check_url(reading)
    if target == "apply":
        return Call(reading, context).apply_url
    return _booking_anchor(reading)


def _booking_anchor(reading: Reading) -> str:
    """The booking block of the same page, by the anchor that blocks give themselves."""
    for child in reading.page.body.raw_data if reading.page.body else ():
        if child["type"] == "booking":
            return f"#{child['value'].get('anchor') or 'b-' + str(child.get('id'))}"
    return ""


@register.inclusion_tag("keino_academy/announcement/check_link.html", takes_context=True)
def ka_check_link(context: Context, block: Any) -> dict[str, Any]:
    """The button of a check block; nothing where there are no criteria."""
    reading = reading_of(context)
    return {"url": check_url(reading) if reading else "", "text": block["button"]}


@register.inclusion_tag("keino_academy/announcement/programme_section.html", takes_context=True)
def ka_programme(context: Context, block: Any) -> dict[str, Any]:
    """The timeline as a list, with the line above it where the page has no wheel."""
    reading = reading_of(context)
    if reading is None:
        return {}
    url = feed_url(reading)
    found: dict[str, Any] = {"note": block.get("note")}
    if url:
        found["subscribe_url"] = subscription(absolute(url, reading.page, context.get("request")))
    if drawing_of(reading) == Drawing.LINE and reading.entries:
        return {**found, **_drawn(reading, Drawing.LINE)}
    return {**found, "items": programme(reading.entries, reading.now)}


@register.inclusion_tag("keino_academy/announcement/drawing.html", takes_context=True)
def ka_timeline_picture(context: Context) -> dict[str, Any]:
    """The year wheel of the cover, unless the editor chose the line or no picture."""
    reading = reading_of(context)
    return _drawn(reading, Drawing.WHEEL) if reading else {}


@register.simple_tag(takes_context=True)
def ka_has_wheel(context: Context) -> bool:
    """Whether the cover shows the year wheel."""
    reading = reading_of(context)
    return bool(reading and reading.entries and drawing_of(reading) == Drawing.WHEEL)


def drawing_of(reading: Reading) -> str:
    """The drawing that the editor chose where the timeline stands; else the one that fits the dates."""
    body = reading.page.body
    chosen = next(
        (
            child["value"].get("drawing")
            for child in (body.raw_data if body else ())
            if child["type"] == "timeline"
        ),
        None,
    )
    if chosen and chosen != Drawing.AUTO:
        return str(chosen)
    if "_drawing" not in vars(reading):
        vars(reading)["_drawing"] = str(choose_drawing(reading.entries))
    return str(vars(reading)["_drawing"])


def _drawn(reading: Reading, drawing: str) -> dict[str, Any]:
    dates = reading.dates
    return ka_drawing(reading.entries, reading.now, dates.opens, dates.closes, drawing)


@register.inclusion_tag("keino_academy/announcement/criteria.html", takes_context=True)
def ka_criteria(context: Context, block: Any) -> dict[str, Any]:  # noqa: ARG001 - blocks are asked alike
    """The criteria by kind, each as a bullet with its guide."""
    reading = reading_of(context)
    return {"groups": criteria_groups(reading.criteria) if reading else []}


def criteria_groups(criteria: tuple[Criterion, ...]) -> list[dict[str, Any]]:
    """Criteria by kind, with the kind's shape, name and meaning."""
    kinds = [
        (CriterionKind.ELIGIBILITY, "must", _("Eligibility"), _("Decides whether you can apply.")),
        (CriterionKind.SELECTION, "weigh", _("Selection"), _("Applicants are compared by this.")),
        (CriterionKind.COMMITMENT, "promise", _("Commitment"), _("You promise this when you apply.")),
    ]
    groups = [
        {
            "shape": shape,
            "name": name,
            "text": text,
            "criteria": [one for one in criteria if one.kind == kind],
        }
        for kind, shape, name, text in kinds
    ]
    return [group for group in groups if group["criteria"]]


class KeptNode(template.Node):
    """The inside of ``{% ka_kept %}``."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """The inside, rendered once a minute for all readers of a page."""
        reading = reading_of(context)
        if reading is None:
            return self.nodelist.render(context)
        build = partial(self.nodelist.render, context)
        return mark_safe(kept(reading, context.get("request"), self.name, build))  # noqa: S308 - rendered


@register.tag
def ka_kept(parser: Parser, token: Token) -> KeptNode:
    """``{% ka_kept "cover" %}…{% endka_kept %}``: keep what is the same for everybody; nothing with a form."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endka_kept",))
    parser.delete_first_token()
    return KeptNode(name.strip("\"'"), nodelist)


#: Blocks whose markup is kept for so many seconds only: forms for none, free times for a few.
SHORT_LIVED = {"application_start": 0, "booking": 10}


@register.simple_tag(takes_context=True)
def ka_body(context: Context) -> str:
    """The page's body: what is the same for everybody is kept, the rest rendered now."""
    body, reading = context["page"].body, reading_of(context)
    if not body:
        return ""
    if reading is None:
        return body.render_as_block(context.flatten())
    parts = kept(reading, context.get("request"), "body", partial(_body_parts, body, context))
    return mark_safe(  # noqa: S308 - rendered templates
        "".join(
            _short_lived(reading, body, part, context) if isinstance(part, int) else part for part in parts
        )
    )


def _short_lived(reading: Reading, body: Any, place: int, context: Context) -> str:
    """The block at a place of the body, which is read from the database only where it is rendered."""
    stored = body.raw_data[place]
    most = SHORT_LIVED[stored["type"]]
    name = f"block {stored.get('id') or place}"
    return str(kept(reading, context.get("request"), name, lambda: _rendered([body[place]], context), most))


def _body_parts(body: Any, context: Context) -> list[str | int]:
    """Rendered rows, and the place of each block that is rendered for each reader."""
    places = {id(child): place for place, child in enumerate(body)}
    return [
        places[id(row[0])] if row[0].block_type in SHORT_LIVED else str(_rendered(row, context))
        for row in rows(body)
    ]


def _rendered(row: list[Any], context: Context) -> str:
    # Without the request, so that context processors don't run again: what they gave is in the context.
    inside: dict[Any, Any] = {**context.flatten(), "rows": [row]}
    return render_to_string("keino_academy/blocks/body.html", inside)
