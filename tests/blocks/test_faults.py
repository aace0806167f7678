"""Errors stand on the field that an editor must change."""

from datetime import date, time

import pytest
from django.utils.translation import override
from wagtail.blocks import StructBlockValidationError

from keino_academy.blocks.criteria import PeriodRuleBlock, TeamBlock, YesNoBlock
from keino_academy.blocks.joining import CallToActionBlock, StepBlock, StepsBlock
from keino_academy.blocks.media import PersonBlock
from keino_academy.blocks.questions import ChoiceQuestionBlock, NumberQuestionBlock
from keino_academy.blocks.text import RichTextSectionBlock
from keino_academy.blocks.timeline import DeadlineBlock, MomentBlock, PeriodBlock

ENDS_EARLY = {"starts": time(10), "ends": time(9, 59)}
WINDOW = {"window_first": "2024-03", "window_last": "2024-02"}


def errors(block, **changes):
    """What the block says of its own sample with these changes, by field."""
    value = block.normalize(dict(block.get_preview_value()) | changes)
    with override("en"):
        try:
            block.clean(value)
        except StructBlockValidationError as error:
            return {name: found.messages for name, found in error.block_errors.items()}
    return {}


@pytest.mark.parametrize(
    ("block", "changes", "expected"),
    [
        (MomentBlock(), ENDS_EARLY, {"ends": ["Write a time that is later than the start."]}),
        (
            MomentBlock(),
            {"starts": time(10), "ends": time(10)},
            {"ends": ["Write a time that is later than the start."]},
        ),
        (MomentBlock(), {"ends": None}, {}),
        (
            PeriodBlock(),
            {"last": date(2023, 10, 31)},
            {"last": ["Choose a day that is not before the first day."]},
        ),
        (PeriodBlock(), {"last": date(2023, 11, 1)}, {}),
        (PeriodBlock(), {"last": None}, {}),
        (DeadlineBlock(), {"time": None}, {"time": ["This field is required."]}),
        (PeriodRuleBlock(), WINDOW, {"window_last": ["Choose a month that is not before the first month."]}),
        (PeriodRuleBlock(), {"window_last": "2023-09"}, {}),
        (
            PeriodRuleBlock(),
            {"window_first": "Sept"},
            {"window_first": ["Choose a month, or write it as 2023-09."]},
        ),
        (
            TeamBlock(),
            {"weight": 5},
            {"weight": ["Leave the weight empty, or choose selection as the kind."]},
        ),
        (YesNoBlock(), {"weight": 5}, {}),
        (
            YesNoBlock(),
            {"guide_title": "", "evidence_help": "A name"},
            {
                "guide_title": ["Write a title that says what the guide tells."],
                "evidence_label": ["Write what is asked, or leave the hint empty."],
            },
        ),
        (YesNoBlock(), {"guide_text": ""}, {"guide_text": ["Write the guide, or leave its title empty."]}),
        (
            CallToActionBlock(),
            {"target": "", "button": "Apply"},
            {"target": ["Choose where the button leads."]},
        ),
        (CallToActionBlock(), {"target": "page"}, {"page": ["Choose the page."]}),
        (CallToActionBlock(), {"url": ""}, {"url": ["Write the address."]}),
        (
            CallToActionBlock(),
            {"url": "javascript:alert(1)"},
            {"url": ["Enter a valid URL."]},
        ),
        (StepBlock(), {"target": "apply"}, {"button": ["Write what the button says."]}),
        (StepBlock(), {}, {}),
        (
            StepsBlock(),
            {"next": [{"text": "You hear from us"}]},
            {"next_heading": ["Write a heading, such as “What happens next”."]},
        ),
        (
            NumberQuestionBlock(),
            {"lowest": 0, "highest": -1},
            {"highest": ["Write a number that is not below the lowest."]},
        ),
        (ChoiceQuestionBlock(), {"options": ["Yes", "yes "]}, {"options": ["Write each choice once."]}),
        (RichTextSectionBlock(), {"lead": "", "text": ""}, {"text": ["Write a text or a lead."]}),
        (
            PersonBlock(),
            {"phone": "javascript:1"},
            {"phone": ["Write the number in digits, such as +358 40 123 4567."]},
        ),
        (PersonBlock(), {"phone": "+358 (0)40 123-45"}, {}),
        (
            RichTextSectionBlock(),
            {"anchor": "Ohjelma 1"},
            {"anchor": ["Use small letters a–z, digits and hyphens, and begin with a letter."]},
        ),
    ],
)
def test_an_error_is_on_the_field_to_change(block, changes, expected):
    assert errors(block, **changes) == expected


@pytest.mark.parametrize(
    ("block", "changes"),
    [(MomentBlock(), ENDS_EARLY), (PeriodRuleBlock(), WINDOW), (StepBlock(), {"target": "page"})],
)
def test_a_draft_is_saved_with_what_an_editor_has_still_to_change(block, changes):
    value = block.normalize(dict(block.get_preview_value()) | changes)
    saved = block.clean_deferred(value)
    assert {name: saved[name] for name in changes} == changes
    with pytest.raises(StructBlockValidationError):
        block.clean(value)
