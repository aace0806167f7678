"""Pictures, files and people: what is shown beside the text."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup, StructValue
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from keino_academy.blocks.base import AcademyBlock, LeadSectionBlock, SectionBlock
from keino_academy.blocks.fields import PhoneBlock


class PictureBlock(AcademyBlock):
    """One picture with what it shows and whose it is."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)
    credit = blocks.CharBlock(
        label=_("Credit"), required=False, max_length=120, help_text=_("Who took or drew the picture.")
    )

    class Meta:
        icon = "image"
        group = _("Text and pictures")
        label = _("Picture")
        description = _("A picture with a text alternative, a caption and a credit.")
        label_format = "{caption}"
        template = "keino_academy/blocks/image.html"
        preview_template = "keino_academy/blocks/previews/image.html"
        form_layout = BlockGroup(["image", "caption", "credit"])
        preview_value = {"caption": _("Old bricks wait for their next house."), "credit": _("The academy")}


class FileBlock(AcademyBlock):
    """One document to take along."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=120, help_text=_("Empty: the document’s own title.")
    )
    text = blocks.CharBlock(label=_("What it is for"), required=False, max_length=255)

    class Meta:
        icon = "doc-full"
        label = _("File")
        description = _("A document with its title, and what it is for.")
        label_format = "{title}"
        template = "keino_academy/blocks/file.html"
        form_layout = BlockGroup(["document", "title", "text"])
        preview_value = {"title": _("Guide to market dialogue"), "text": _("What to ask of suppliers.")}


class FilesBlock(LeadSectionBlock):
    """Documents to take along."""

    files = blocks.ListBlock(FileBlock(), label=_("Files"), min_num=1)

    class Meta:
        icon = "doc-full-inverse"
        group = _("Text and pictures")
        label = _("Files")
        description = _("Documents with their type and size.")
        label_format = "{heading}"
        template = "keino_academy/blocks/files.html"
        form_layout = BlockGroup(["heading", "lead", "files"], settings=["anchor"])
        preview_value = {
            "heading": _("Files"),
            "files": [
                {"title": _("Guide to market dialogue"), "text": _("What to ask of suppliers.")},
                {"title": _("The academy on one page"), "text": _("For your management.")},
            ],
        }


class PersonValue(StructValue):
    """Someone to ask, who may be called."""

    @property
    def phone_link(self) -> str:
        """The number as a ``tel:`` link wants it: digits, and the plus sign that begins it."""
        number = self.get("phone") or ""
        return "+" * number.strip().startswith("+") + "".join(re.findall(r"[0-9]", number))


class PersonBlock(AcademyBlock):
    """Someone to ask."""

    name = blocks.CharBlock(
        label=_("Name"), max_length=120, help_text=_("A person, or a service such as “Advice on applying”.")
    )
    role = blocks.CharBlock(label=_("What to ask about"), required=False, max_length=160)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = PhoneBlock()
    image = ImageChooserBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "user"
        label = _("Person")
        description = _("A name, what to ask about, and how to reach them.")
        label_format = "{name}"
        template = "keino_academy/blocks/person.html"
        value_class = PersonValue
        form_layout = BlockGroup(["name", "role", "email", "phone"], settings=["image"])
        preview_value = {
            "name": _("Advice on applying"),
            "role": _("The form, the discussion and the timetable"),
            "email": "advice@example.org",
        }


class PeopleBlock(SectionBlock):
    """Whom to ask."""

    people = blocks.ListBlock(PersonBlock(), label=_("People"), min_num=1)

    class Meta:
        icon = "user"
        group = _("Joining")
        label = _("People")
        description = _("Whom to ask, about what, and how to reach them.")
        label_format = "{heading}"
        template = "keino_academy/blocks/people.html"
        form_layout = BlockGroup(["heading", "people"], settings=["anchor"])
        preview_value = {
            "heading": _("Ask us"),
            "people": [
                {
                    "name": _("The academy"),
                    "role": _("Content, pilots and programme"),
                    "email": "academy@example.org",
                },
                {
                    "name": _("Advice on applying"),
                    "role": _("The form, the discussion and the timetable"),
                    "email": "advice@example.org",
                },
            ],
        }
