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


UNREADABLE = _("The form could not be read. What you wrote is kept: send it again.")


@dataclass(frozen=True)
class FormToken:
    """``nonce`` is unique to the opened form, ``opened`` a moment of real time.

    ``asked`` says why a question was put on the form; empty where there was none.
    """

    nonce: str
    opened: float
    asked: str = ""

    @property
    def age(self) -> float:
        """Seconds since the form was opened."""
        return time.time() - self.opened


def new_token(form: str, asked: str = "", like: FormToken | None = None) -> str:
    """A token for a form that is being opened; or, ``like`` an earlier one, with a question put on it."""
    nonce, opened = (like.nonce, like.opened) if like else (secrets.token_urlsafe(12), time.time())
    return signing.dumps([form, nonce, opened, *([asked] if asked else [])], salt=_SALT)


def read_token(form: str, token: str) -> FormToken | None:
    """What the token says, or None when it is not one of ours for this form."""
    try:
        name, nonce, opened, *asked = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return FormToken(nonce, opened, *asked[:1]) if name == form else None


class TrapMixin(forms.Form):
    """Adds the honeypot and the token to a form. Set ``form_name`` on the class.

    A machine gets the same words as anybody: nothing tells it which trap it met, and a
    person who meets one loses nothing and can send again.
    """

    form_name = "form"
    #: Seconds that a person takes at least; None is the site's ``FORM_MIN_SECONDS``.
    min_seconds: int | None = None
    #: A field that only machines see and fill; its name must sound like one to fill.
    website2 = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    form_token = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)

    #: Templates leave these out of the visible fields.
    trap_names: tuple[str, ...] = ("website2", "form_token")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["form_token"].initial = new_token(self.form_name)

    @property
    def least_seconds(self) -> int:
        """Seconds that a person takes at least."""
        return academy_settings.FORM_MIN_SECONDS if self.min_seconds is None else self.min_seconds

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        token = read_token(self.form_name, str(cleaned.get("form_token") or ""))
        self._meet(token, bool(cleaned.get("website2")))
        return cleaned

    def _meet(self, token: FormToken | None, trapped: bool) -> None:
        """What the traps say: raises ValidationError, or notes the nonce."""
        if trapped or token is None:
            self._renew()
            raise ValidationError(UNREADABLE)
        if token.age < self.least_seconds:
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

    def _renew(self, asked: str = "", like: FormToken | None = None) -> None:
        """Put a fresh token into the page that shows the error."""
        self._type("form_token", new_token(self.form_name, asked, like))
        self._type("website2", "")

    def _type(self, name: str, value: str) -> None:
        """Show another value in a field than the one that was sent."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(name)] = value
        self.data = data
