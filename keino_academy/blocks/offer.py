"""What is given and what is asked, and for whom it is."""

from __future__ import annotations

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup, StructValue

from keino_academy.blocks.base import RICH_TEXT, AcademyBlock, SectionBlock
from keino_academy.blocks.text import note_block
from keino_academy.core.organisations import organisation_kinds


class TargetGroupValue(StructValue):
    """A target group, which names its kinds."""

    @property
    def kind_names(self) -> list[str]:
        """The editor's words for whom it is, or else the names of the kinds that were ticked."""
        if self.get("names"):
            return list(self["names"])
        chosen = self.get("kinds") or []
        return [str(name) for kind, name in organisation_kinds() if kind in chosen]


class TargetGroupBlock(SectionBlock):
    """For whom the academy is."""

    kinds = blocks.MultipleChoiceBlock(
        label=_("Kinds of organisation"),
        choices=organisation_kinds,
        required=False,
        widget=CheckboxSelectMultiple,
    )
    names = blocks.ListBlock(
        blocks.CharBlock(label=_("Name"), max_length=120),
        label=_("In your own words"),
        default=[],
        help_text=_("Replaces the names of the kinds: “municipalities” in the plural, “small businesses”."),
    )
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, required=False)
    note = note_block()

    class Meta:
        icon = "group"
        group = _("Offer")
        label = _("Target group")
        description = _("For whom the academy is, as a list, with a text and a note.")
        label_format = "{heading}"
        template = "keino_academy/blocks/target_group.html"
        value_class = TargetGroupValue
        form_layout = BlockGroup(["heading", "kinds", "names", "text", "note"], settings=["anchor"])
        preview_value = {
            "heading": _("For whom"),
            "names": [_("Municipalities"), _("State agencies and institutions")],
            "text": _("<p>The academy suits you who want to develop how procurement is led.</p>"),
        }


class PointBlock(AcademyBlock):
    """One thing that is given or asked."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("Point")
        description = _("A title and a sentence or two.")
        label_format = "{title}"
        template = "keino_academy/blocks/point.html"
        preview_value = {"title": _("A network"), "text": _("Experts and peers who do the same work.")}


class PointsBlock(SectionBlock):
    """A list of points; beside its counterpart the two stand in two columns."""

    points = blocks.ListBlock(PointBlock(), label=_("Points"), min_num=1)

    modifier = ""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the class of the column; ``paired`` is the stream's word for two columns."""
        return super().get_context(value, parent_context) | {"modifier": self.modifier}

    class Meta:
        group = _("Offer")
        label_format = "{heading}"
        template = "keino_academy/blocks/points.html"
        form_layout = BlockGroup(["heading", "points"], settings=["anchor"])


class BenefitsBlock(PointsBlock):
    """What those who are chosen get."""

    class Meta:
        icon = "plus-inverse"
        label = _("Benefits")
        description = _("What you give. Next to requirements, the two stand side by side.")
        preview_value = {
            "heading": _("What you get"),
            "points": [
                {"title": _("Coaching"), "text": _("For your own pilot.")},
                {"title": _("A network"), "text": _("Experts and peers.")},
            ],
        }


class RequirementsBlock(PointsBlock):
    """What is asked of those who are chosen."""

    modifier = " ka-spread__page--due"

    class Meta:
        icon = "tasks"
        label = _("Requirements")
        description = _("What you ask. Next to benefits, the two stand side by side.")
        preview_value = {
            "heading": _("What we ask"),
            "points": [
                {"title": _("A contact person"), "text": _("One person through whom things go.")},
                {"title": _("Taking part"), "text": _("You come to the events.")},
            ],
        }
