"""The criteria of a call: what is asked, how it is judged, and what is said about it.

One criterion has many faces: the bullet on the page, the question of "Could we apply?",
the section of the form, the row that the organiser sees, the sentence of a letter. What
it means is reasoned in :mod:`keino_academy.announcement.criteria`.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup

from keino_academy.blocks.base import AcademyBlock
from keino_academy.blocks.conditions import ConditionBlock, own_name
from keino_academy.blocks.enums import CriterionKind
from keino_academy.blocks.fields import EntryIdsBlock, MonthBlock
from keino_academy.blocks.open_stream import AskingStreamBlock
from keino_academy.core.organisations import organisation_kinds

#: Fields that every criterion shows at once, before and after those of its own rule.
FIRST = ["kind", "title", "explanation", "question"]
GUIDANCE = ["guidance_met", "guidance_unsure", "guidance_not_met"]
#: Fields behind the cog.
RARE = [
    "name",
    "when",
    "hard",
    "weight",
    "guide_title",
    "guide_text",
    "guidance_reviewers",
    "letter_sentence",
]


def layout(*own: str) -> BlockGroup:
    """The form of a criterion: common fields, those of its rule, guidance, and the rest behind a cog."""
    return BlockGroup([*FIRST, *own, *GUIDANCE], settings=RARE)


def layout_always_asked(*own: str) -> BlockGroup:
    """The form of a criterion that has no condition."""
    return BlockGroup([*FIRST, *own, *GUIDANCE], settings=[name for name in RARE if name != "when"])


class CriterionBlock(AcademyBlock):
    """What every criterion has, whatever its rule."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=CriterionKind.choices,
        help_text=_(
            "Eligibility decides who can apply, selection compares applicants, commitment is a promise."
        ),
    )
    title = blocks.CharBlock(
        label=_("Title"), max_length=120, help_text=_("The bullet on the page: “You have done groundwork”.")
    )
    explanation = blocks.TextBlock(label=_("Explanation"), required=False)
    question = blocks.CharBlock(
        label=_("Question"),
        required=False,
        max_length=160,
        help_text=_("As “Could we apply?” and the form ask it. Empty: the title."),
    )
    guidance_met = blocks.TextBlock(label=_("Guidance when it is met"), required=False)
    guidance_unsure = blocks.TextBlock(
        label=_("Guidance when it is unsure"),
        required=False,
        help_text=_("The next step: what to find out, and whom to ask."),
    )
    guidance_not_met = blocks.TextBlock(label=_("Guidance when it is not met"), required=False)
    name = own_name()
    when = ConditionBlock()
    hard = blocks.BooleanBlock(
        label=_("Stops those who don’t meet it"),
        required=False,
        help_text=_("Otherwise the check and the form advise, and nobody is stopped."),
    )
    weight = blocks.IntegerBlock(
        label=_("Weight"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("For selection only: how much the score counts beside the others."),
    )
    guide_title = blocks.CharBlock(
        label=_("Title of the guide"),
        required=False,
        max_length=80,
        help_text=_("What opens below the criterion: “what counts as groundwork”."),
    )
    guide_text = blocks.TextBlock(label=_("Text of the guide"), required=False)
    guidance_reviewers = blocks.TextBlock(label=_("Guidance for reviewers"), required=False)
    letter_sentence = blocks.TextBlock(
        label=_("Sentence for letters"),
        required=False,
        help_text=_("Goes into the letter of an applicant who did not meet this."),
    )

    def faults(self, value: Any) -> dict[str, Any]:
        """Only selection has a weight, and a guide has both parts or none."""
        found: dict[str, Any] = {}
        if value.get("weight") and value["kind"] != CriterionKind.SELECTION:
            found["weight"] = _("Leave the weight empty, or choose selection as the kind.")
        if value.get("guide_text") and not value.get("guide_title"):
            found["guide_title"] = _("Write a title that says what the guide tells.")
        if value.get("guide_title") and not value.get("guide_text"):
            found["guide_text"] = _("Write the guide, or leave its title empty.")
        return found

    class Meta:
        group = _("Criteria")
        label_format = "{title}"
        template = "keino_academy/blocks/criterion.html"
        preview_template = "keino_academy/blocks/previews/item.html"


class OrganisationKindBlock(CriterionBlock):
    """The applicant is one of certain kinds of organisation."""

    # The form asks it of everybody, as a part of the section about the organisation.
    when: Any = None
    kinds = blocks.MultipleChoiceBlock(
        label=_("Kinds of organisation"), choices=organisation_kinds, widget=CheckboxSelectMultiple
    )

    class Meta:
        icon = "group"
        label = _("Kind of organisation")
        description = _("The applicant is one of the kinds that you choose.")
        form_layout = layout_always_asked("kinds")
        preview_value = {
            "kind": CriterionKind.ELIGIBILITY,
            "title": _("You belong to the target group"),
            "explanation": _("A municipality, a state agency or another public contracting entity."),
            "guide_title": _("who the applicant is"),
            "guide_text": _("The applicant is an organisation, not an employee."),
        }


class YesNoBlock(CriterionBlock):
    """The applicant says yes, and tells what shows it."""

    evidence_label = blocks.CharBlock(
        label=_("What to ask of those who say yes"),
        required=False,
        max_length=160,
        help_text=_("Such as “Name the project”. Empty: nothing more is asked."),
    )
    evidence_help = blocks.CharBlock(label=_("Hint for the answer"), required=False, max_length=255)
    evidence_required = blocks.BooleanBlock(label=_("The answer is needed"), required=False, default=True)

    def faults(self, value: Any) -> dict[str, Any]:
        """A hint belongs to something that is asked."""
        found = super().faults(value)
        if value.get("evidence_help") and not value.get("evidence_label"):
            found["evidence_label"] = _("Write what is asked, or leave the hint empty.")
        return found

    class Meta:
        icon = "tick-inverse"
        label = _("Yes or no")
        description = _("A question with yes or no. Those who say yes tell what shows it.")
        form_layout = layout("evidence_label", "evidence_help", "evidence_required")
        preview_value = {
            "kind": CriterionKind.SELECTION,
            "title": _("Groundwork has been done"),
            "explanation": _("You have already developed how procurement is led."),
            "guide_title": _("what counts as groundwork"),
            "guide_text": _("An earlier academy, or a project that you can name."),
        }


class PeriodRuleBlock(CriterionBlock):
    """Something of the applicant's happens inside a window of months."""

    # The form asks it of everybody, as a part of the section about the pilot procurement.
    when: Any = None
    window_first = MonthBlock(label=_("First month"), required=True)
    window_last = MonthBlock(label=_("Last month"), required=True)

    def faults(self, value: Any) -> dict[str, Any]:
        """The window ends when it begins or later."""
        found = super().faults(value)
        if value.get("window_last") and value["window_last"] < (value.get("window_first") or ""):
            found["window_last"] = _("Choose a month that is not before the first month.")
        return found

    class Meta:
        icon = "calendar-alt"
        label = _("Months that overlap")
        description = _("What the applicant prepares takes place, at least in part, in these months.")
        form_layout = layout_always_asked("window_first", "window_last")
        preview_value = {
            "kind": CriterionKind.ELIGIBILITY,
            "title": _("You are preparing a suitable procurement"),
            "explanation": _("It is in preparation in autumn 2023 or early 2024."),
            "window_first": "2023-09",
            "window_last": "2024-03",
        }


class TeamBlock(CriterionBlock):
    """The applicant names a team."""

    size = blocks.IntegerBlock(
        label=_("How many people"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    roles = blocks.ListBlock(
        blocks.CharBlock(label=_("Role"), max_length=80),
        label=_("Roles"),
        default=[],
        help_text=_("What the people may know, such as procurement, environment, construction."),
    )

    class Meta:
        icon = "user"
        label = _("Team")
        description = _("The applicant names a team of so many people.")
        form_layout = layout("size", "roles")
        preview_value = {
            "kind": CriterionKind.COMMITMENT,
            "title": _("You name a team of three experts"),
            "explanation": _("For example procurement, environment and construction."),
            "size": 3,
        }


class AttendanceBlock(CriterionBlock):
    """The applicant can take part in the sessions."""

    entries = EntryIdsBlock(
        label=_("Entries of the timeline"), help_text=_("Empty: all moments for participants.")
    )

    class Meta:
        icon = "calendar-check"
        label = _("Taking part")
        description = _("The applicant says which sessions it can take part in.")
        form_layout = layout("entries")
        preview_value = {
            "kind": CriterionKind.COMMITMENT,
            "title": _("You can take part from beginning to end"),
            "explanation": _("You take part in the events and the coaching."),
        }


class OpenBlock(CriterionBlock):
    """The applicant answers in its own words."""

    word_limit = blocks.IntegerBlock(
        label=_("Most words"), required=False, min_value=10, max_value=5000, default=300
    )

    class Meta:
        icon = "pilcrow"
        label = _("Open answer")
        description = _("The applicant tells in its own words, and people judge.")
        form_layout = layout("word_limit")
        preview_value = {
            "kind": CriterionKind.SELECTION,
            "title": _("The will is strong"),
            "explanation": _("You want to advance the theme, and management is committed to it."),
        }


class CriteriaBlock(AskingStreamBlock):
    """The stream of a call's criteria."""

    organisation_kind = OrganisationKindBlock()
    yes_no = YesNoBlock()
    period = PeriodRuleBlock()
    team = TeamBlock()
    attendance = AttendanceBlock()
    open = OpenBlock()

    added = {}
    of_criteria = True

    class Meta:
        icon = "list-ul"
        label = _("Criteria")
        required = False
