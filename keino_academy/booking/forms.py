"""The form with which a time is booked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino_academy.booking.errors import BookingError, SlotError
from keino_academy.booking.holders import Holder
from keino_academy.booking.queries import FreeTime
from keino_academy.core.dates import bare_hours
from keino_academy.core.forms import AccessibleForm
from keino_academy.core.spam import TrapMixin
from keino_academy.core.text import clean_line, clean_text

_LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)


class BookingForm(AccessibleForm, TrapMixin):
    """One time of a day, and who comes. A holder's own facts are filled in, not asked again."""

    slot = forms.TypedChoiceField(
        label=_("Time"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("Choose another time. That one can no longer be booked."),
        },
    )
    person = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The calendar invitation comes here, with a link by which you can cancel."),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the address like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    note = forms.CharField(
        label=_("Message to the experts"),
        max_length=2000,
        required=False,
        help_text=_("For example what you think of procuring, and who comes along."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ["slot", "person", "organisation", "email", "note", "website2", "form_token"]

    def __init__(
        self, *args: Any, form_name: str, times: Sequence[FreeTime], holder: Holder | None, **kwargs: Any
    ) -> None:
        self.form_name = form_name
        self.holder = holder
        if holder:
            kwargs["initial"] = {"person": holder.person, "email": holder.email}
        super().__init__(*args, **kwargs)
        if holder:
            del self.fields["organisation"]
        self.fields["slot"].choices = [(time.slot, bare_hours(time.starts, time.ends)) for time in times]

    def clean_person(self) -> str:
        return self._line("person", _("Write your name without links."))

    def clean_organisation(self) -> str:
        return self._line("organisation", _("Write the organisation's name without links."))

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"]).strip()

    def _line(self, name: str, refusal: Any) -> str:
        value = clean_line(self.cleaned_data[name])
        if _LINK.search(value):
            raise forms.ValidationError(refusal)
        field = self.fields[name]
        if field.required and not value:
            raise forms.ValidationError(field.error_messages["required"])
        return value

    def made_holder(self) -> Holder:
        """Who books, after the form is valid."""
        data, holder = self.cleaned_data, self.holder or Holder(key="")
        return Holder(
            key=holder.key,
            organisation=holder.organisation or data.get("organisation", ""),
            person=data["person"],
            email=data["email"],
            reference=holder.reference,
        )

    def refuse(self, error: BookingError) -> None:
        """Say in the form why the time could not be booked; a time that is gone is unchosen."""
        if isinstance(error, SlotError):
            self.add_error("slot", error.message)
            self.data = self.data.copy()
            self.data.pop("slot", None)
        else:
            self.add_error(None, error.message)
