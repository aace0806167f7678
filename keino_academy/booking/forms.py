"""The forms with which a time is chosen, booked, or waited for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from keino_academy.booking.errors import BookingError, SlotError
from keino_academy.booking.holders import Holder
from keino_academy.booking.shown import FreeTime
from keino_academy.core import dates
from keino_academy.core.dates import bare_hours
from keino_academy.core.forms import AccessibleForm
from keino_academy.core.spam import TrapMixin
from keino_academy.core.text import clean_line, clean_text


class TimeForm(AccessibleForm, TrapMixin):
    """One time of a day."""

    slot = forms.TypedChoiceField(
        label=_("Time"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("Choose another time. That one can no longer be booked."),
        },
    )

    field_order = ["slot", "website2", "form_token"]
    #: A time is chosen by one tap; nothing is written by it yet.
    min_seconds = 0

    def __init__(self, *args: Any, form_name: str, times: Sequence[FreeTime], **kwargs: Any) -> None:
        self.form_name = form_name
        super().__init__(*args, **kwargs)
        # Full ones too: a form sent twice finds its own hold there.
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

    def refuse(self, error: BookingError) -> None:
        """Say in the form why the time could not be kept."""
        self.add_error("slot" if isinstance(error, SlotError) else None, str(error))


class WhoForm(AccessibleForm, TrapMixin):
    """Who comes. A holder's own facts are filled in, not asked again.

    ``needs_organisation`` where an organisation may book one time: then it must be known.
    """

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
        error_messages={"required": _("Write the name of your organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The calendar invitation comes here, with a link by which you can move or cancel."),
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

    field_order = ["person", "organisation", "email", "note", "website2", "form_token"]
    #: What is kept when a person goes to choose another time.
    kept_names = ("person", "organisation", "email", "note")

    def __init__(
        self,
        *args: Any,
        form_name: str,
        holder: Holder | None,
        needs_organisation: bool = False,
        kept: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.form_name = form_name
        self.holder = holder
        known = {"person": holder.person, "email": holder.email} if holder else {}
        kwargs["initial"] = {**known, **(kept or {})}
        super().__init__(*args, **kwargs)
        if holder:
            del self.fields["organisation"]
        elif needs_organisation:
            self.fields["organisation"].required = True

    def clean_person(self) -> str:
        """A name that is more than white space and controls."""
        return self._line("person")

    def clean_organisation(self) -> str:
        """One line; nothing only where nothing is needed."""
        return self._line("organisation")

    def clean_note(self) -> str:
        """Several lines, or nothing."""
        return clean_text(self.cleaned_data["note"]).strip()

    def _line(self, name: str) -> str:
        line, field = clean_line(self.cleaned_data[name]), self.fields[name]
        if field.required and not line:
            raise forms.ValidationError(field.error_messages["required"])
        return line

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

    def written(self) -> dict[str, str]:
        """What was typed, to be shown again on another page."""
        return {name: str(self.data.get(name, ""))[:10_000] for name in self.kept_names}


class WaitForm(WhoForm):
    """Who waits, and for which day."""

    which = forms.ChoiceField(label=_("Which time do you wait for?"), widget=forms.RadioSelect, choices=())

    field_order = ["which", *WhoForm.field_order]

    def __init__(self, *args: Any, day: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = gettext("We write here when a time becomes free for you.")
        self.day = day
        if day is None:
            del self.fields["which"]
            return
        only = gettext("Only %(day)s") % {"day": f"{dates.weekday_on(day)} {dates.day(day)}"}
        choices = [("any", pgettext("a day", "Any day")), ("day", only)]
        self.fields["which"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("which", "any")

    def waits_for(self) -> date | None:
        """The only day, or None when any does."""
        return self.day if self.cleaned_data.get("which") == "day" else None
