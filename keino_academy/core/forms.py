"""Forms whose labels, hints and errors agree with the error summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

#: Widgets that draw themselves, so that the class of a text field would be wrong on them.
_DRAWN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


@dataclass(frozen=True)
class Problem:
    """What is to be mended in a field, and the id of the control that mends it."""

    target: str
    text: str


class AccessibleForm(forms.BaseForm):
    """A mixin: ``class MyForm(AccessibleForm, forms.Form)``.

    ``keino_academy/elements/field.html`` renders its fields and
    ``keino_academy/elements/error_summary.html`` its errors. Django names the hint
    ``<id>_helptext`` and the errors ``<id>_error`` and points to them from the control;
    the two templates use those ids.

    Browsers' own bubbles are in the browser's language and can't be kept on the page, so
    the ``required`` attribute is left out and the server answers.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, _DRAWN):
                classes = field.widget.attrs.get("class", "").split()
                if "ka-input" not in classes:
                    field.widget.attrs["class"] = " ".join(["ka-input", *classes])
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = what_to_do(field)

    @property
    def field_problems(self) -> list[Problem]:
        """One problem for each field that has errors, in the order of the fields."""
        return [
            Problem(first_control(bound), " ".join(str(error) for error in bound.errors))
            for bound in self.visible_fields()
            if bound.errors
        ]

    @property
    def general_problems(self) -> list[str]:
        """What is wrong with the form as a whole, or with what has no control to go to."""
        hidden = [error for bound in self.hidden_fields() for error in bound.errors]
        return [str(error) for error in [*self.non_field_errors(), *hidden]]

    @property
    def error_total(self) -> int:
        """How many things there are to mend."""
        return len(self.field_problems) + len(self.general_problems)


def what_to_do(field: forms.Field) -> str:
    """What an empty field asks for, told so that it makes sense in the summary too."""
    if isinstance(field.widget, forms.CheckboxInput):
        return gettext("Tick: %(label)s") % {"label": field.label}
    if isinstance(field, forms.ChoiceField):
        return gettext("Choose: %(label)s") % {"label": field.label}
    return gettext("Fill in: %(label)s") % {"label": field.label}


def first_control(bound: BoundField) -> str:
    """The id of a field's control; of its first choice where it is a group."""
    if not bound.use_fieldset:
        return bound.id_for_label or ""
    first = next(iter(bound), None)
    return (first.id_for_label if first is not None else None) or bound.auto_id
