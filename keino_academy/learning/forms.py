"""Forms of signing in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from keino_academy.core.forms import AccessibleForm
from keino_academy.learning.links import safe_path


class SignInForm(AccessibleForm, forms.Form):
    """Asks for the address to which the link is sent."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address to which you got the invitation."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Write the e-mail address to which you got the invitation."),
            "invalid": _("Write the whole address, such as name@example.org."),
        },
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        """Addresses are compared in lower case."""
        return str(self.cleaned_data["email"]).lower()

    def clean_next(self) -> str:
        """An address elsewhere is dropped without a word."""
        return safe_path(self.cleaned_data["next"])


class StayForm(AccessibleForm, forms.Form):
    """Asks whether this device is one's own."""

    stay = forms.BooleanField(required=False)

    def __init__(self, *args: object, days: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stay"].label = _("Keep me signed in for %(days)s days on this device") % {"days": days}
