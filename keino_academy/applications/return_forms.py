"""The form that says what is to be completed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.actions.returning import LONGEST_MESSAGE
from keino_academy.core.text import clean_text


class ReturnForm(forms.Form):
    """What the applicant is to complete, in the organiser's words."""

    message = forms.CharField(
        max_length=LONGEST_MESSAGE,
        label=_("What is to be completed"),
        help_text=_(
            "Plain text, put into the mail and on the applicant’s own page as it stands and not translated."
        ),
        error_messages={"required": _("Write what is to be completed.")},
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_message(self) -> str:
        """Without controls that would break a mail; what held nothing else is empty."""
        text = clean_text(self.cleaned_data["message"]).strip()
        if not text:
            raise forms.ValidationError(self.fields["message"].error_messages["required"], code="required")
        return text
