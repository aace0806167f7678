"""The form that gives a draft more time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from keino_academy.applications.actions.extending import LONGEST_REASON
from keino_academy.core import clock
from keino_academy.core.text import clean_text
from keino_academy.core.zones import closing_moment


class ExtendForm(forms.Form):
    """Until when, by the clock on the academy's wall, and why. ``until`` is the moment, once it is valid."""

    day = forms.DateField(
        label=_("Until day"), error_messages={"required": _("Choose a day.")}, widget=AdminDateInput
    )
    at = forms.TimeField(
        label=_("Until hour"),
        help_text=_("By the academy’s clock. 23:59 includes the whole minute."),
        error_messages={"required": _("Choose an hour.")},
        widget=AdminTimeInput,
    )
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        label=_("Reason"),
        help_text=_("Plain text, kept with the application. The applicant does not see it."),
        error_messages={"required": _("Write why more time is given.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.until: datetime | None = None

    def clean_reason(self) -> str:
        """Without controls; what held nothing else is empty."""
        text = clean_text(self.cleaned_data["reason"]).strip()
        if not text:
            raise forms.ValidationError(self.fields["reason"].error_messages["required"], code="required")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, at = cleaned.get("day"), cleaned.get("at")
        if day is None or at is None:
            return cleaned
        try:
            self.until = closing_moment(day, at, self.zone)
        except OverflowError:
            # A zone reaches beyond the first and the last day that there are.
            self.add_error("day", _("Choose a day nearer to today."))
            return cleaned
        if self.until <= clock.now():
            self.add_error("day", _("Choose a moment that has not passed."))
        return cleaned
