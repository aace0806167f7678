"""Where the page's own timeline and criteria stand among the other blocks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks import BlockGroup

from keino_academy.blocks.base import LeadSectionBlock
from keino_academy.blocks.enums import Drawing
from keino_academy.blocks.text import note_block


class TimelinePlacementBlock(LeadSectionBlock):
    """The page's timeline as a list, with its picture."""

    note = note_block()
    drawing = blocks.ChoiceBlock(
        label=_("Picture"),
        choices=Drawing.choices,
        default=Drawing.AUTO,
        help_text=_("The wheel stands at the top of the page, the line above the list."),
    )

    class Meta:
        icon = "calendar"
        group = _("Programme and criteria")
        label = pgettext_lazy("an academy", "Timeline")
        description = _("The page’s timeline stands here. Its entries are written on their own tab.")
        label_format = "{heading}"
        template = "keino_academy/blocks/timeline.html"
        preview_template = "keino_academy/blocks/previews/timeline.html"
        form_layout = BlockGroup(["heading", "lead", "note"], settings=["drawing", "anchor"])
        preview_value = {"heading": _("Programme"), "lead": _("From the call in May to the end in February.")}


class CriteriaPlacementBlock(LeadSectionBlock):
    """The page's criteria, by kind."""

    class Meta:
        icon = "list-ul"
        group = _("Programme and criteria")
        label = _("Criteria")
        description = _("The page’s criteria stand here, by kind. They are written on their own tab.")
        label_format = "{heading}"
        template = "keino_academy/blocks/criteria.html"
        preview_template = "keino_academy/blocks/previews/criteria.html"
        form_layout = BlockGroup(["heading", "lead"], settings=["anchor"])
        preview_value = {"heading": _("Criteria"), "lead": _("Two decide whether you can apply.")}
