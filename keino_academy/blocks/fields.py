"""Fields of blocks whose values are the same in every language.

wagtail-localize offers the text of ``CharBlock`` and its kin for translation. What is
no text (a month, an anchor, ids of other blocks) is therefore a field block of its own.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from keino_academy.blocks.spans import is_month


def _check_month(text: str) -> None:
    if not is_month(text):
        raise ValidationError(_("Choose a month, or write it as 2023-09."), code="month")


class _TextFieldBlock(blocks.FieldBlock):
    """A one-line field that is no text to translate."""

    field_options: dict[str, Any] = {}

    def __init__(self, required: bool = False, help_text: Any = None, **kwargs: Any) -> None:
        self._required = required
        self._help_text = help_text
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        """The form field that the editor fills in."""
        return forms.CharField(required=self._required, help_text=self._help_text, **self.field_options)


class MonthBlock(_TextFieldBlock):
    """A month, stored as ``2023-09``."""

    @property
    def field_options(self) -> dict[str, Any]:  # type: ignore[override]
        """A field for a month, which older browsers show as text."""
        return {
            "validators": [_check_month],
            "widget": forms.TextInput(attrs={"type": "month", "placeholder": "2023-09"}),
        }

    class Meta:
        icon = "calendar"
        label = _("Month")
        default = ""


class AnchorBlock(_TextFieldBlock):
    """The end of an address that leads to a section: ``programme`` of ``#programme``."""

    field_options = {
        "max_length": 50,
        "validators": [
            RegexValidator(
                r"\A[a-z][a-z0-9-]*\Z",
                _("Use small letters a–z, digits and hyphens, and begin with a letter."),
            )
        ],
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("A short name, such as “programme”, when other pages link to this section.")
        )
        super().__init__(**kwargs)

    class Meta:
        icon = "link"
        label = _("Anchor")
        default = ""


class NameBlock(_TextFieldBlock):
    """A short name by which others refer to a question."""

    field_options = {
        "max_length": 50,
        "validators": [
            RegexValidator(
                r"\A[a-z][a-z0-9-]*\Z",
                _("Use small letters a–z, digits and hyphens, and begin with a letter."),
            )
        ],
    }

    class Meta:
        icon = "tag"
        label = _("Short name")
        default = ""


class WordsBlock(_TextFieldBlock):
    """Words that an answer is compared with, each on a line of its own."""

    field_options = {"max_length": 2000, "widget": forms.Textarea(attrs={"rows": 2})}

    class Meta:
        icon = "pilcrow"
        label = _("Answer")
        default = ""


class PhoneBlock(_TextFieldBlock):
    """A telephone number, as people write it."""

    field_options = {
        "max_length": 40,
        "validators": [
            RegexValidator(
                r"\A\+?[0-9 ()/.-]{3,}\Z", _("Write the number in digits, such as +358 40 123 4567.")
            )
        ],
        "widget": forms.TextInput(attrs={"type": "tel"}),
    }

    class Meta:
        icon = "mobile-alt"
        label = _("Telephone")
        default = ""


class EntryIdsInput(forms.TextInput):
    """A line of ids; where scripts run, boxes to tick with the titles of the page's timeline."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-controller": "ka-entries", **(attrs or {})})

    class Media:
        js = ["keino_academy/js/entries.js"]


def entry_ids(value: Any) -> list[str]:
    """A list of ids, in the order given and each once, whatever was stored or typed."""
    parts = value if isinstance(value, list) else re.split(r"[\s,]+", str(value or ""))
    return list(dict.fromkeys(str(part) for part in parts if part))


class EntryIdsField(forms.CharField):
    """Ids of timeline entries, written one after another."""

    def prepare_value(self, value: Any) -> Any:
        """A list is shown with spaces between its ids."""
        return " ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The list of ids."""
        return entry_ids(value)

    def validate(self, value: list[str]) -> None:
        """Ids are letters, digits and hyphens."""
        if not all(re.fullmatch(r"[0-9a-zA-Z-]{1,64}", part) for part in value):
            raise ValidationError(_("Choose entries of the timeline."), code="entries")

    def run_validators(self, value: Any) -> None:
        """``validate`` has said it all: the parent's validators read strings."""


class EntryIdsBlock(_TextFieldBlock):
    """Entries of the page's timeline by their ids; an empty list means all moments."""

    @cached_property
    def field(self) -> forms.Field:
        """A line of ids, which a script of the editor shows as boxes to tick."""
        return EntryIdsField(
            required=False,
            help_text=self._help_text,
            widget=EntryIdsInput(),
        )

    def get_default(self) -> list[str]:
        """No entries."""
        return []

    def normalize(self, value: Any) -> list[str]:
        """A list, whatever was stored."""
        return entry_ids(value)

    def to_python(self, value: Any) -> list[str]:
        """A list, whatever was stored."""
        return entry_ids(value)

    def value_for_form(self, value: Any) -> Any:
        """Ids with spaces between them."""
        return self.field.prepare_value(value)

    def value_from_form(self, value: Any) -> list[str]:
        """The list of ids."""
        return entry_ids(value)

    class Meta:
        icon = "calendar-check"
        label = _("Entries")
