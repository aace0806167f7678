"""The editor's own questions for the application form.

A question's answer is kept by the block's id, and a choice's by the id of its item in
the list: both are the same in every language, so labels are translated freely.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup, StructValue

from keino_academy.blocks.base import AcademyBlock
from keino_academy.blocks.conditions import ConditionBlock, own_name
from keino_academy.blocks.fields import MonthBlock
from keino_academy.blocks.keyed import KeyedListBlock
from keino_academy.blocks.open_stream import AskingStreamBlock


class QuestionValue(StructValue):
    """A question, with its choices where it has them."""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """``(key, label)`` of each choice. A key is the item's id, the same in every language."""
        items = self.get("options")
        if items is None:
            return []
        return [(child.id, child.value) for child in getattr(items, "bound_blocks", [])]


def layout(*own: str, rare: tuple[str, ...] = ()) -> BlockGroup:
    """The form of a question: what is asked and its own fields; the rest behind a cog."""
    return BlockGroup(["question", "help", "example", *own, "required"], settings=[*rare, "name", "when"])


class QuestionBlock(AcademyBlock):
    """What every question has. A site's own question begins here too."""

    question = blocks.CharBlock(label=_("Question"), max_length=255)
    help = blocks.CharBlock(label=_("Hint"), required=False, max_length=255)
    example = blocks.CharBlock(
        label=_("Example"),
        required=False,
        max_length=255,
        help_text=_("A good answer, shown below the hint after “For example:”."),
    )
    required = blocks.BooleanBlock(label=_("An answer is needed"), required=False, default=True)
    name = own_name()
    when = ConditionBlock()

    #: The name of the example that the preview shows: a one-line field, a longer one, or choices.
    sample = "line"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add what the sample of the field looks like."""
        return super().get_context(value, parent_context) | {"sample": self.sample}

    class Meta:
        group = _("Questions")
        label_format = "{question}"
        value_class = QuestionValue
        template = "keino_academy/blocks/question.html"
        preview_template = "keino_academy/blocks/previews/item.html"
        form_layout = layout()


class TextQuestionBlock(QuestionBlock):
    """An answer of one line."""

    max_length = blocks.IntegerBlock(
        label=_("Most characters"), required=False, min_value=1, max_value=1000, default=200
    )

    class Meta:
        icon = "title"
        label = _("Short text")
        description = _("An answer of one line.")
        form_layout = layout(rare=("max_length",))
        preview_value = {"question": _("Which project was it?"), "help": _("Its name is enough.")}


class LongTextQuestionBlock(QuestionBlock):
    """An answer of several lines, whose words are counted."""

    sample = "text"
    word_limit = blocks.IntegerBlock(
        label=_("Most words"), required=False, min_value=10, max_value=5000, default=300
    )

    class Meta:
        icon = "pilcrow"
        label = _("Long text")
        description = _("An answer of several lines. The words are counted.")
        form_layout = layout("word_limit")
        preview_value = {"question": _("What do you hope to learn?"), "help": _("A few sentences.")}


class NumberQuestionBlock(QuestionBlock):
    """A whole number."""

    lowest = blocks.IntegerBlock(label=_("Lowest"), required=False)
    highest = blocks.IntegerBlock(label=_("Highest"), required=False)

    def faults(self, value: Any) -> dict[str, Any]:
        """The highest number is not below the lowest."""
        lowest, highest = value.get("lowest"), value.get("highest")
        if lowest is not None and highest is not None and highest < lowest:
            return {"highest": _("Write a number that is not below the lowest.")}
        return {}

    class Meta:
        icon = "order"
        label = _("Number")
        description = _("A whole number.")
        form_layout = layout(rare=("lowest", "highest"))
        preview_value = {"question": _("How many people work with procurement?")}


class DateQuestionBlock(QuestionBlock):
    """A day."""

    class Meta:
        icon = "date"
        label = _("Date")
        description = _("A day.")
        preview_value = {"question": _("When was the strategy approved?")}


class ChoicesQuestionBlock(QuestionBlock):
    """A question with choices to pick from."""

    options = KeyedListBlock(
        blocks.CharBlock(label=_("Choice"), max_length=160), label=_("Choices"), min_num=2
    )

    def faults(self, value: Any) -> dict[str, Any]:
        """No two choices read the same."""
        labels = [label.strip().casefold() for label in value.get("options") or []]
        if len(labels) != len(set(labels)):
            return {"options": _("Write each choice once.")}
        return {}

    class Meta:
        form_layout = layout("options")


class ChoiceQuestionBlock(ChoicesQuestionBlock):
    """One of several choices."""

    sample = "radio"

    class Meta:
        icon = "radio-full"
        label = _("One choice")
        description = _("One of several choices.")
        preview_value = {
            "question": _("How did you hear of the academy?"),
            "options": [_("From a colleague"), _("From a newsletter")],
        }


class SeveralChoicesQuestionBlock(ChoicesQuestionBlock):
    """Any number of several choices."""

    sample = "checkbox"

    class Meta:
        icon = "tick-inverse"
        label = _("Several choices")
        description = _("As many of the choices as fit.")
        preview_value = {
            "question": _("What interests you most?"),
            "options": [_("Market dialogue"), _("Award criteria")],
        }


class EmailQuestionBlock(QuestionBlock):
    """An e-mail address."""

    class Meta:
        icon = "mail"
        label = _("E-mail")
        description = _("An e-mail address.")
        preview_value = {"question": _("The registry’s e-mail address")}


class PhoneQuestionBlock(QuestionBlock):
    """A telephone number."""

    class Meta:
        icon = "mobile-alt"
        label = _("Telephone")
        description = _("A telephone number.")
        preview_value = {"question": _("A number for the day of the kick-off")}


class UrlQuestionBlock(QuestionBlock):
    """An address on the web."""

    class Meta:
        icon = "link"
        label = _("Web address")
        description = _("The address of a web page.")
        preview_value = {"question": _("Where is your strategy published?")}


class ConsentQuestionBlock(QuestionBlock):
    """Something that the applicant agrees to."""

    sample = "consent"

    class Meta:
        icon = "check"
        label = _("Consent")
        description = _("One box to tick. It is never ticked beforehand.")
        preview_value = {
            "question": _("Our name may be mentioned in the newsletter"),
            "required": False,
        }


class PeriodQuestionBlock(QuestionBlock):
    """A first and a last month, inside bounds where the editor gives some."""

    first = MonthBlock(label=_("Earliest month"), help_text=_("Empty: any."))
    last = MonthBlock(label=_("Latest month"), help_text=_("Empty: any."))

    def faults(self, value: Any) -> dict[str, Any]:
        """The bounds stand in order."""
        if value.get("first") and value.get("last") and value["last"] < value["first"]:
            return {"last": _("Choose a month that is not before the first month.")}
        return {}

    class Meta:
        icon = "calendar-alt"
        label = _("Range of months")
        description = _("A first and a last month.")
        form_layout = layout("first", "last")
        preview_value = {"question": _("When does the project run?")}


class PeopleQuestionBlock(QuestionBlock):
    """People with their names, roles and addresses, a row each."""

    rows = blocks.IntegerBlock(label=_("Most people"), default=3, min_value=1, max_value=20)

    class Meta:
        icon = "group"
        label = _("Table of people")
        description = _("Names, roles and e-mail addresses. The team has a section of its own.")
        form_layout = layout("rows")
        preview_value = {"question": _("Who else takes part in the work?"), "rows": 3}


class FileQuestionBlock(QuestionBlock):
    """Files that the applicant adds; which and how large ones is said by the site's settings."""

    sample = "file"

    class Meta:
        icon = "doc-full"
        label = _("File")
        description = _(
            "Files that the applicant adds, such as a strategy. The form says which kinds it takes."
        )
        preview_value = {"question": _("Your procurement strategy"), "required": False}


class QuestionsBlock(AskingStreamBlock):
    """The stream of the editor's own questions."""

    text = TextQuestionBlock()
    long_text = LongTextQuestionBlock()
    number = NumberQuestionBlock()
    date = DateQuestionBlock()
    choice = ChoiceQuestionBlock()
    several_choices = SeveralChoicesQuestionBlock()
    email = EmailQuestionBlock()
    phone = PhoneQuestionBlock()
    url = UrlQuestionBlock()
    consent = ConsentQuestionBlock()
    file = FileQuestionBlock()
    period = PeriodQuestionBlock()
    people = PeopleQuestionBlock()

    added = {}

    class Meta:
        icon = "help"
        label = _("Questions")
        required = False
