"""Blocks of text: running text and a callout."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup

from keino_academy.blocks.base import PLAIN_RICH_TEXT, RICH_TEXT, AcademyBlock, LeadSectionBlock


def note_block() -> blocks.RichTextBlock:
    """A short text for the margin."""
    return blocks.RichTextBlock(label=_("Note in the margin"), required=False, features=PLAIN_RICH_TEXT)


class RichTextSectionBlock(LeadSectionBlock):
    """Running text under a heading."""

    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, required=False)
    note = note_block()

    def faults(self, value: Any) -> dict[str, Any]:
        """A section says something."""
        if not value.get("lead") and not str(value.get("text") or "").strip():
            return {"text": _("Write a text or a lead.")}
        return {}

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("A heading, a lead in large type, running text and a note in the margin.")
        label_format = "{heading}"
        template = "keino_academy/blocks/rich_text.html"
        form_layout = BlockGroup(["heading", "lead", "text", "note"], settings=["anchor"])
        preview_value = {
            "heading": _("What it is about"),
            "lead": _("Coaching for organisations that want to get ahead."),
            "text": _("<p>The academy begins in autumn and follows your own pilot.</p>"),
        }


class CalloutBlock(AcademyBlock):
    """A short text that must not be missed."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN_RICH_TEXT)

    class Meta:
        icon = "warning"
        group = _("Text and pictures")
        label = _("Callout")
        description = _("One or two sentences that must not be missed, set apart by a rule.")
        label_format = "{heading}"
        template = "keino_academy/blocks/callout.html"
        form_layout = BlockGroup(["heading", "text"])
        preview_value = {
            "heading": _("Both are needed"),
            "text": _("<p>The form is sent and the discussion is booked by the same day.</p>"),
        }
