"""What all blocks of the package share: checks on the right field, a preview, an anchor."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from keino_academy.blocks.fields import AnchorBlock

#: What editors may use in running text: headings belong to blocks, and pictures have a block of their own.
RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]
#: What they may use in a note, a step or an answer.
PLAIN_RICH_TEXT = ["bold", "italic", "link"]


def spoken(value: Any) -> Any:
    """The value with every lazy text in it spoken in the active language."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return {key: spoken(item) for key, item in value.items()}
    if isinstance(value, list):
        return [spoken(item) for item in value]
    return value


#: What an empty field of a kind holds.
EMPTY = (
    ((blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock, blocks.RichTextBlock), ""),
    ((blocks.BooleanBlock,), False),
)


class AcademyBlock(blocks.StructBlock):
    """A struct with a preview in the editor's language and errors that land on fields.

    A field that was never saved is empty, not ``None``: wagtail-localize cannot extract the
    text of ``None``, so a field that a release adds would stop pages from being translated.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for child in self.child_blocks.values():
            for kinds, empty in EMPTY:
                if isinstance(child, kinds) and getattr(child.meta, "default", None) is None:
                    child.meta.default = empty

    def clean(self, value: Any) -> Any:
        """Check the fields, and then what they say together, unless a draft is saved."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            faults = self.faults(cleaned)
            if faults:
                raise blocks.StructBlockValidationError(
                    block_errors={name: ValidationError(text) for name, text in faults.items()}
                )
        return cleaned

    def faults(self, value: Any) -> dict[str, Any]:  # noqa: ARG002 - for subclasses
        """What is wrong with the fields together: ``{field: what to do}``."""
        return {}

    def get_preview_value(self) -> Any:
        """The sample of ``Meta.preview_value`` in the editor's language."""
        return self.normalize(dict(self.get_default()) | spoken(getattr(self.meta, "preview_value", {})))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add ``anchor``: the editor's own, or one made of the block's id, so that it is stable."""
        context = super().get_context(value, parent_context)
        identity = context.get("id") or getattr(self, "name", "block")
        context["anchor"] = value.get("anchor") or f"b-{identity}"
        return context

    class Meta:
        preview_template = "keino_academy/blocks/preview.html"


class SectionBlock(AcademyBlock):
    """A block that is a section of the page, with a heading that links may point to."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    anchor = AnchorBlock()

    class Meta:
        group = _("Text and pictures")


class LeadSectionBlock(SectionBlock):
    """A section that begins with a sentence or two in large type."""

    lead = blocks.TextBlock(
        label=_("Lead"), required=False, help_text=_("One or two sentences, shown in large type.")
    )
