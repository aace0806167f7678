"""The streams that an announcement is composed of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from keino_academy.blocks.base import AcademyBlock
from keino_academy.blocks.joining import (
    ApplicationStartBlock,
    BookingBlock,
    CallToActionBlock,
    CheckBlock,
    StepsBlock,
)
from keino_academy.blocks.media import FilesBlock, PeopleBlock, PictureBlock
from keino_academy.blocks.offer import BenefitsBlock, RequirementsBlock, TargetGroupBlock
from keino_academy.blocks.placements import CriteriaPlacementBlock, TimelinePlacementBlock
from keino_academy.blocks.text import CalloutBlock, RichTextSectionBlock

#: Neighbours that stand side by side, in whichever order.
PAIRED = {"benefits", "requirements"}


def rows(children: Any) -> Iterator[list[Any]]:
    """The blocks of a stream one by one, and benefits with requirements beside them as a pair."""
    waiting: Any = None
    for child in children:
        if waiting is not None:
            if {waiting.block_type, child.block_type} == PAIRED:
                yield [waiting, child]
                waiting = None
                continue
            yield [waiting]
        waiting = child
    if waiting is not None:
        yield [waiting]


class BodyBlock(blocks.StreamBlock):
    """The announcement: sections in whatever order the editor likes."""

    rich_text = RichTextSectionBlock()
    callout = CalloutBlock()
    image = PictureBlock()
    files = FilesBlock()
    target_group = TargetGroupBlock()
    benefits = BenefitsBlock()
    requirements = RequirementsBlock()
    timeline = TimelinePlacementBlock()
    criteria = CriteriaPlacementBlock()
    steps = StepsBlock()
    call_to_action = CallToActionBlock()
    check = CheckBlock()
    application_start = ApplicationStartBlock()
    booking = BookingBlock()
    people = PeopleBlock()

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add ``rows``: each is one block, or two that stand side by side."""
        return super().get_context(value, parent_context) | {"rows": rows(value)}

    class Meta:
        icon = "doc-full"
        label = _("Announcement")
        template = "keino_academy/blocks/body.html"
        required = False
        block_counts = {"timeline": {"max_num": 1}, "criteria": {"max_num": 1}}


class FactBlock(AcademyBlock):
    """One fact at the top of the page: for whom, where, when."""

    label_text = blocks.CharBlock(label=_("Word"), max_length=30, help_text=_("For whom, where, when."))
    text = blocks.CharBlock(label=_("Fact"), max_length=255)

    class Meta:
        icon = "info-circle"
        label = _("Fact")
        description = _("A word and a line at the top of the page: for whom, where, when.")
        label_format = "{label_text}: {text}"
        template = "keino_academy/blocks/fact.html"
        preview_template = "keino_academy/blocks/previews/fact.html"
        preview_value = {"label_text": _("Where"), "text": _("In Helsinki and online (Teams)")}


class FactsBlock(blocks.StreamBlock):
    """The facts at the top of the page."""

    fact = FactBlock()

    class Meta:
        icon = "info-circle"
        label = _("Facts")
        template = "keino_academy/blocks/facts.html"
        required = False
        max_num = 6


class TopicsBlock(blocks.StreamBlock):
    """Topics of the page: translatable snippets."""

    topic = SnippetChooserBlock(
        "keino_academy.Topic",
        label=_("Topic"),
        icon="tag",
        description=_("A topic of this site. Readers find pages by it."),
        label_format="{topic}",
    )

    class Meta:
        icon = "tag"
        label = _("Topics")
        required = False
