"""The form with which a time is booked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keino_academy.booking.errors import BookingError, SlotError
from keino_academy.booking.holders import Holder
from keino_academy.booking.shown import FreeTime
from keino_academy.core.dates import bare_hours
from keino_academy.core.forms import AccessibleForm
from keino_academy.core.spam import TrapMixin
from keino_academy.core.text import clean_line, clean_text


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
        # Full ones too: a form sent twice finds its own booking there.
        self._choose_from(times)

    def offer(self, times: Sequence[FreeTime]) -> None:
        """Show the free times only; one that was chosen and is gone is unchosen."""
        free = [time for time in times if time.free]
        self._choose_from(free)
        if self.is_bound and str(self.data.get("slot")) not in {str(time.slot) for time in free}:
            self.data = {name: value for name, value in self.data.items() if name != "slot"}

    def _choose_from(self, times: Sequence[FreeTime]) -> None:
        choices = [(time.slot, bare_hours(time.starts, time.ends)) for time in times]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def clean_person(self) -> str:
        """A name that is more than white space and controls."""
        person = clean_line(self.cleaned_data["person"])
        if not person:
            raise forms.ValidationError(self.fields["person"].error_messages["required"])
        return person

    def clean_organisation(self) -> str:
        """One line, or nothing."""
        return clean_line(self.cleaned_data["organisation"])

    def clean_note(self) -> str:
        """Several lines, or nothing."""
        return clean_text(self.cleaned_data["note"]).strip()

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
        """Say in the form why the time could not be booked."""
        self.add_error("slot" if isinstance(error, SlotError) else None, str(error))
