"""How one joins: steps, buttons, and the places where the check, the form and the times stand."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup, StructValue
from wagtail.snippets.blocks import SnippetChooserBlock

from keino_academy.blocks.base import PLAIN_RICH_TEXT, AcademyBlock, LeadSectionBlock
from keino_academy.blocks.enums import Target


class ActionValue(StructValue):
    """Something with a button."""

    @property
    def system_target(self) -> str:
        """``apply``, ``check`` or ``book`` when the system knows the address; else nothing."""
        target = self.get("target")
        return target if target in {Target.APPLY, Target.CHECK, Target.BOOK} else ""

    @property
    def target_page(self) -> Any:
        """The page that the button leads to, in the active language."""
        page = self.get("page") if self.get("target") == Target.PAGE else None
        return page.localized if page else None

    @property
    def target_url(self) -> str:
        """The address that the editor wrote."""
        return self.get("url") or "" if self.get("target") == Target.URL else ""


class ActionBlock(AcademyBlock):
    """A button: what it says and where it leads."""

    button = blocks.CharBlock(label=_("Text of the button"), required=False, max_length=60)
    target = blocks.ChoiceBlock(label=_("Where the button leads"), choices=Target.choices[1:], required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)

    def faults(self, value: Any) -> dict[str, Any]:
        """A button has words and a target, and the target is there."""
        found: dict[str, Any] = {}
        target = value.get("target")
        if target and not value.get("button"):
            found["button"] = _("Write what the button says.")
        if value.get("button") and not target:
            found["target"] = _("Choose where the button leads.")
        if target == Target.PAGE and not value.get("page"):
            found["page"] = _("Choose the page.")
        if target == Target.URL and not value.get("url"):
            found["url"] = _("Write the address.")
        return found

    class Meta:
        value_class = ActionValue
        label_format = "{button}"


class StepBlock(ActionBlock):
    """One step of joining."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=PLAIN_RICH_TEXT)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        description = _("What to do, by when, and the button that does it.")
        label_format = "{title}"
        template = "keino_academy/blocks/step.html"
        form_layout = BlockGroup(["title", "text", "button", "target", "page", "url"])
        preview_value = {"title": _("Book a discussion"), "text": _("<p>By 31 May.</p>")}


class NextBlock(AcademyBlock):
    """One thing that happens after joining."""

    when = blocks.CharBlock(label=_("When"), required=False, max_length=80)
    text = blocks.CharBlock(label=_("What happens"), max_length=255)

    class Meta:
        icon = "arrow-right"
        label = _("What happens next")
        description = _("When, and what.")
        label_format = "{when} {text}"
        template = "keino_academy/blocks/next.html"
        preview_value = {"when": _("After that"), "text": _("Your organisation makes its final decision.")}


class StepsBlock(LeadSectionBlock):
    """The steps of joining, and what happens after them."""

    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)
    next_heading = blocks.CharBlock(label=_("Heading of what happens next"), required=False, max_length=120)
    next = blocks.ListBlock(NextBlock(), label=_("What happens next"), default=[])

    def faults(self, value: Any) -> dict[str, Any]:
        """What happens next has a heading of its own."""
        if value.get("next") and not value.get("next_heading"):
            return {"next_heading": _("Write a heading, such as “What happens next”.")}
        return {}

    class Meta:
        icon = "list-ol"
        group = _("Joining")
        label = _("Steps")
        description = _("Numbered steps with buttons, and what happens after them.")
        label_format = "{heading}"
        template = "keino_academy/blocks/steps.html"
        form_layout = BlockGroup(["heading", "lead", "steps", "next_heading", "next"], settings=["anchor"])
        preview_value = {
            "heading": _("How to apply"),
            "steps": [
                {"title": _("Tell of your interest"), "text": _("<p>By the form, by 31 May.</p>")},
                {"title": _("Book a discussion"), "text": _("<p>From the calendar, by 31 May.</p>")},
            ],
        }


class CallToActionBlock(ActionBlock):
    """One thing to do, with its button."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False)

    def faults(self, value: Any) -> dict[str, Any]:
        """A call to action has its button."""
        found = super().faults(value)
        if not value.get("target"):
            found["target"] = _("Choose where the button leads.")
        return found

    class Meta:
        icon = "arrow-right-full"
        group = _("Joining")
        label = _("Call to action")
        description = _("A heading, a sentence and one button on a tinted ground.")
        label_format = "{heading}"
        template = "keino_academy/blocks/call_to_action.html"
        form_layout = BlockGroup(["heading", "text", "button", "target", "page", "url"])
        preview_value = {
            "heading": _("Apply by 31 May"),
            "text": _("Tell of your interest first; you decide later."),
            "button": _("Apply"),
            "target": Target.URL,
            "url": "https://example.org/",
        }


class CheckBlock(LeadSectionBlock):
    """The way to "Could we apply?"."""

    button = blocks.CharBlock(
        label=_("Text of the button"), max_length=60, default=partial(str, _("Could we apply?"))
    )

    class Meta:
        icon = "help"
        group = _("Joining")
        label = _("Could we apply?")
        description = _("A link to the questions that tell whether it is worth applying.")
        label_format = "{heading}"
        template = "keino_academy/blocks/check.html"
        preview_template = "keino_academy/blocks/previews/check.html"
        form_layout = BlockGroup(["heading", "lead", "button"], settings=["anchor"])
        preview_value = {
            "heading": _("Not sure?"),
            "lead": _("A few questions tell whether it is worth applying. Nothing is stored."),
            "button": _("Could we apply?"),
        }


class ApplicationStartBlock(LeadSectionBlock):
    """The fields that begin an application; the form itself has its own page."""

    button = blocks.CharBlock(
        label=_("Text of the button"), max_length=60, default=partial(str, _("Start the application"))
    )

    class Meta:
        icon = "form"
        group = _("Joining")
        label = _("Start of the application")
        description = _("The fields that begin an application. When the call is closed, it says so.")
        label_format = "{heading}"
        template = "keino_academy/blocks/application_start.html"
        preview_template = "keino_academy/blocks/previews/application_start.html"
        form_layout = BlockGroup(["heading", "lead", "button"], settings=["anchor"])
        preview_value = {
            "heading": _("Start the application"),
            "lead": _("It takes a minute to begin."),
            "button": _("Start the application"),
        }


class BookingBlock(LeadSectionBlock):
    """The days on which a discussion can be booked."""

    session = SnippetChooserBlock("keino_academy.BookableSession", label=_("What is booked"))

    class Meta:
        icon = "calendar-check"
        group = _("Joining")
        label = _("Booking")
        description = _("The days that have free times. The time is chosen on the next page.")
        label_format = "{heading}"
        template = "keino_academy/blocks/booking.html"
        preview_template = "keino_academy/blocks/previews/booking.html"
        form_layout = BlockGroup(["heading", "lead", "session"], settings=["anchor"])
        preview_value = {
            "heading": _("Book a discussion"),
            "lead": _("Choose a day first, then a time."),
        }
