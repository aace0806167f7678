"""The form of "Could we apply?": one question for each criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.check_conditions import NOT_OURS, applying, is_judged, only_if
from keino_academy.announcement.criteria import CheckResult, Criterion, Verdict, outcome
from keino_academy.core.forms import AccessibleForm

ANSWERS = [
    (Verdict.MET.value, _("Yes, it is met")),
    (Verdict.UNSURE.value, _("Not sure yet")),
    (Verdict.NOT_MET.value, _("It is not met")),
]
#: Beside them, where a criterion has a condition that the check can't know.
OTHERS = (NOT_OURS, _("It does not concern us"))
THREE = _("Question %(number)s: choose one of the three answers.")
FOUR = _("Question %(number)s: choose one of the four answers.")


class CheckForm(AccessibleForm, forms.Form):
    """Nothing of it is stored: the answers live in the request that asks for the result."""

    def __init__(self, criteria: Sequence[Criterion], *args: Any, **kwargs: Any) -> None:
        self.criteria = criteria
        super().__init__(*args, **kwargs)
        for number, criterion in enumerate(criteria, 1):
            judged = is_judged(criterion, criteria)
            missing = THREE if judged else FOUR
            self.fields[self.name_of(criterion)] = forms.ChoiceField(
                label=criterion.asked,
                help_text="",
                choices=ANSWERS if judged else [*ANSWERS, OTHERS],
                widget=forms.RadioSelect,
                # Whether one with a condition applies is known when all have been answered.
                required=criterion.when is None,
                error_messages=dict.fromkeys(("required", "invalid_choice"), missing % {"number": number}),
            )

    def clean(self) -> dict[str, Any]:
        """What applies is answered."""
        cleaned = super().clean() or self.cleaned_data
        for criterion in applying(self.criteria, self.answers):
            name = self.name_of(criterion)
            if not self.answers[criterion.id] and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    @property
    def answers(self) -> dict[str, str]:
        """What was answered to each criterion; empty where nothing was."""
        return {one.id: self.cleaned_data.get(self.name_of(one), "") for one in self.criteria}

    @staticmethod
    def name_of(criterion: Criterion) -> str:
        """The name of a criterion's field."""
        return f"c-{criterion.id}"

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Each criterion with its field; a kind is explained where it is met first."""
        seen: set[str] = set()
        found = []
        for number, criterion in enumerate(self.criteria, 1):
            field = self[self.name_of(criterion)]
            first = criterion.kind not in seen
            seen.add(criterion.kind)
            condition = only_if(criterion, self.criteria)
            found.append(
                {
                    "number": number,
                    "criterion": criterion,
                    "field": field,
                    "first": first,
                    "only_if": condition,
                }
            )
        return found

    @property
    def result(self) -> CheckResult:
        """What the answers come to; ask only when the form is valid."""
        ours = applying(self.criteria, self.answers)
        left_out = tuple(one for one in self.criteria if one not in ours)
        return replace(outcome(self.answers, ours), left_out=left_out)
