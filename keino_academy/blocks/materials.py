"""Materials of a session's page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup
from wagtail.documents.blocks import DocumentChooserBlock

from keino_academy.blocks.base import RICH_TEXT, AcademyBlock


class MaterialBlock(AcademyBlock):
    """What every material has."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.TextBlock(label=_("What it is for"), required=False)

    class Meta:
        group = _("Materials")
        label_format = "{title}"
        template = "keino_academy/blocks/material.html"
        preview_template = "keino_academy/blocks/previews/item.html"


class DocumentMaterialBlock(MaterialBlock):
    """A document, open to participants only."""

    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A document with its type and size.")
        template = "keino_academy/blocks/material_document.html"
        form_layout = BlockGroup(["title", "document", "text"])
        preview_value = {"title": _("Guide to market dialogue"), "text": _("What to ask of suppliers.")}


class LinkMaterialBlock(MaterialBlock):
    """A page elsewhere."""

    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link-external"
        label = _("Link")
        description = _("A page elsewhere.")
        form_layout = BlockGroup(["title", "url", "text"])
        preview_value = {
            "title": _("Criteria library"),
            "text": _("Ready criteria by category."),
            "url": "https://example.org/criteria/",
        }


class VideoMaterialBlock(MaterialBlock):
    """A video as a link: nothing is loaded from elsewhere before it is followed."""

    url = blocks.URLBlock(label=_("Address"))
    minutes = blocks.IntegerBlock(label=_("Length in minutes"), required=False, min_value=1, max_value=1440)
    captions = blocks.BooleanBlock(label=_("Has captions"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A link to a video or a recording, with its length. Nothing is loaded beforehand.")
        form_layout = BlockGroup(["title", "url", "text", "minutes", "captions"])
        preview_value = {
            "title": _("Recording of the lectures"),
            "url": "https://example.org/recording/",
            "minutes": 42,
            "captions": True,
        }


class TextMaterialBlock(MaterialBlock):
    """A text, on the page itself."""

    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("A text on the page itself.")
        template = "keino_academy/blocks/material_text.html"
        form_layout = BlockGroup(["title", "text"])
        preview_value = {"title": _("What we agreed on"), "text": _("<p>Each group asks two suppliers.</p>")}


class MaterialsBlock(blocks.StreamBlock):
    """The stream of a session's materials."""

    document = DocumentMaterialBlock()
    link = LinkMaterialBlock()
    video = VideoMaterialBlock()
    text = TextMaterialBlock()

    class Meta:
        icon = "folder-open-inverse"
        label = _("Materials")
        template = "keino_academy/blocks/materials.html"
        required = False
