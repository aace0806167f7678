"""Traps for machines that a person does not meet: a honeypot, and a signed form token.

The token says which form was opened and when. It bounds how fast a form can come back,
how old it may grow, and it names the sending: the same token never makes two records.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keino_academy.conf import academy_settings

_SALT = "keino_academy.form"


@dataclass(frozen=True)
class FormToken:
    """``nonce`` is unique to the opened form, ``age`` in seconds of real time."""

    nonce: str
    age: float


def new_token(form: str) -> str:
    """A token for a form that is being opened."""
    return signing.dumps([form, secrets.token_urlsafe(12), time.time()], salt=_SALT)


def read_token(form: str, token: str) -> FormToken | None:
    """What the token says, or None when it is not one of ours for this form."""
    try:
        name, nonce, opened = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return FormToken(nonce, time.time() - opened) if name == form else None


class TrapMixin(forms.Form):
    """Adds the honeypot and the token to a form. Set ``form_name`` on the class.

    A machine gets the same words as anybody: nothing tells it which trap it met, and a
    person who meets one loses nothing and can send again.
    """

    form_name = "form"
    #: A field that only machines see and fill; its name must sound like one to fill.
    website2 = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    form_token = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)

    #: Templates leave these out of the visible fields.
    trap_names = ("website2", "form_token")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["form_token"].initial = new_token(self.form_name)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        token = read_token(self.form_name, str(cleaned.get("form_token") or ""))
        if cleaned.get("website2") or token is None:
            self._renew()
            raise ValidationError(_("The form could not be read. What you wrote is kept: send it again."))
        if token.age < academy_settings.FORM_MIN_SECONDS:
            # The token stays: a second press a moment later passes.
            raise ValidationError(
                _("That was quick. What you wrote is kept: wait a moment and send it again.")
            )
        if token.age > academy_settings.FORM_MAX_SECONDS:
            self._renew()
            raise ValidationError(
                _("The page had been open for long. What you wrote is kept: send it again.")
            )
        self.nonce = token.nonce
        return cleaned

    def _renew(self) -> None:
        """Put a fresh token into the page that shows the error."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("form_token")] = new_token(self.form_name)
        data[self.add_prefix("website2")] = ""
        self.data = data
