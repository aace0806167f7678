"""The small forms around an application: beginning one, its address, its link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from keino_academy.announcement.models import Academy
from keino_academy.applications.typed_fields import BusinessIdField, LineField, MailField
from keino_academy.core.forms import AccessibleForm
from keino_academy.core.guarded import GuardedMixin
from keino_academy.core.spam import TrapMixin


class StartForm(AccessibleForm, GuardedMixin):
    """Who applies, and where the link goes."""

    def __init__(self, academy: Academy, *args: Any, **kwargs: Any) -> None:
        # A token of one academy's form begins nothing in another.
        self.form_name = f"apply:{academy.pk}"
        self.contact = academy.organiser_email
        super().__init__(*args, **kwargs)

    organisation = LineField(
        label=gettext_lazy("Name of the organisation"),
        limit=200,
        error_messages={"required": gettext_lazy("Write the name of the organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    business_id = BusinessIdField(
        label=gettext_lazy("Business id"),
        help_text=gettext_lazy("For example 1234567-1."),
        required=False,
        limit=20,
        widget=forms.TextInput(attrs={"class": "ka-input--mid"}),
    )
    email = MailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy(
            "The link to your application comes here. With it you go on at any time, on any device."
        ),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write the address like name@example.org."),
            "max_length": gettext_lazy("Write a shorter address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def renew_token(self) -> None:
        """Put a fresh token into the page that shows the error."""
        self._renew()


class AddressForm(AccessibleForm, TrapMixin):
    """Another e-mail address for an application."""

    form_name = "application-address"
    email = MailField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write the new address."),
            "invalid": gettext_lazy("Write the address like name@example.org."),
            "max_length": gettext_lazy("Write a shorter address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LostForm(AccessibleForm, TrapMixin):
    """Asking for the link again."""

    form_name = "application-lost"
    email = MailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The address that you wrote on the form."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write the address that you wrote on the form."),
            "invalid": gettext_lazy("Write the address like name@example.org."),
            "max_length": gettext_lazy("Write a shorter address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ColleagueForm(AccessibleForm, TrapMixin):
    """Whom the contact person invites to write along."""

    form_name = "application-colleague"
    email = MailField(
        label=gettext_lazy("E-mail address of the colleague"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write the address of the colleague."),
            "invalid": gettext_lazy("Write the address like name@example.org."),
            "max_length": gettext_lazy("Write a shorter address."),
        },
        # Not the reader's own address, so nothing to fill in by itself.
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
