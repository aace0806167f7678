"""The form of "Could we apply?": one question for each criterion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.criteria import CheckResult, Criterion, Verdict, outcome
from keino_academy.core.forms import AccessibleForm

ANSWERS = [
    (Verdict.MET.value, _("Yes, it is met")),
    (Verdict.UNSURE.value, _("Not sure yet")),
    (Verdict.NOT_MET.value, _("It is not met")),
]


class CheckForm(AccessibleForm, forms.Form):
    """Nothing of it is stored: the answers live in the request that asks for the result."""

    def __init__(self, criteria: Sequence[Criterion], *args: Any, **kwargs: Any) -> None:
        self.criteria = criteria
        super().__init__(*args, **kwargs)
        for number, criterion in enumerate(criteria, 1):
            self.fields[self.name_of(criterion)] = forms.ChoiceField(
                label=criterion.asked,
                help_text="",
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Question %(number)s: choose one of the three answers.")
                    % {"number": number},
                    "invalid_choice": _("Question %(number)s: choose one of the three answers.")
                    % {"number": number},
                },
            )

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
            found.append({"number": number, "criterion": criterion, "field": field, "first": first})
        return found

    @property
    def result(self) -> CheckResult:
        """What the answers come to; ask only when the form is valid."""
        answers = {criterion.id: self.cleaned_data[self.name_of(criterion)] for criterion in self.criteria}
        return outcome(answers, self.criteria)
