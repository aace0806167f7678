"""What a member of a team fills in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from keino_academy.applications.form_fields import yes_no_field
from keino_academy.core.forms import AccessibleForm


class SessionsForm(AccessibleForm, forms.Form):
    """Yes, no or not known yet to each session; :attr:`said` holds it by the sessions' ids."""

    def __init__(
        self, options: tuple[tuple[str, str], ...], said: Mapping[str, str], *args: Any, **kwargs: Any
    ) -> None:
        initial = {_name(key): said.get(key) for key, _label in options}
        super().__init__(*args, initial=initial, **kwargs)
        self.keys = [key for key, _label in options]
        for key, label in options:
            self.fields[_name(key)] = yes_no_field(label, required=True)

    @property
    def said(self) -> dict[str, str]:
        """The clean answers by id."""
        return {key: self.cleaned_data[_name(key)] for key in self.keys}


def _name(key: str) -> str:
    return f"s-{key}"
