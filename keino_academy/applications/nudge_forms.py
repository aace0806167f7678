"""The form that chooses whom to remind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.unbooked import Unbooked
from keino_academy.conf import academy_settings
from keino_academy.core.spam import new_token, read_token
from keino_academy.core.text import clean_text


class NudgeForm(forms.Form):
    """Whom to remind, in which words. ``rows`` are those who have not booked now.

    Who was chosen but is no longer among them has done something meanwhile, which is no error.
    """

    form_name = "nudge"
    everybody = forms.BooleanField(required=False, label=_("Choose all"))
    chosen = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    message = forms.CharField(
        required=False,
        max_length=2000,
        strip=True,
        label=_("A message of your own"),
        help_text=_(
            "Plain text, put into the mail as it stands and not translated. May be left empty: the mail "
            "tells by itself what is to be booked, until when and where."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    again = forms.BooleanField(
        required=False, label=_("Send one more to those who were reminded a short while ago")
    )
    form_token = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: Sequence[Unbooked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.application.pk: row for row in rows if row.can_be_nudged}
        self.fields["form_token"].initial = new_token(self.form_name)

    @property
    def picked(self) -> set[int]:
        """The numbers that were chosen, whoever they are."""
        sent = self.data.getlist("chosen") if self.is_bound else ()  # type: ignore[attr-defined]
        found = {int(value) for value in sent if value.isascii() and value.isdigit() and len(value) < 19}
        return found | set(self.rows) if self.is_bound and self.data.get("everybody") else found

    def clean_message(self) -> str:
        """Without controls that would break a mail."""
        return clean_text(self.cleaned_data["message"]).strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.picked:
            raise ValidationError(_("Choose at least one applicant."))
        self.chosen_rows = [row for pk, row in self.rows.items() if pk in self.picked]
        return cleaned

    @property
    def nonce(self) -> str:
        """What names this sending; empty when the page was open for too long."""
        token = read_token(self.form_name, str(self.cleaned_data.get("form_token") or ""))
        return token.nonce if token and token.age <= academy_settings.FORM_MAX_SECONDS else ""
