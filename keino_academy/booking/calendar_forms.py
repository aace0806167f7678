"""Forms that add a calendar of a host's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from keino_academy.booking import actions
from keino_academy.booking.calendar_words import fault_of_file, fault_words
from keino_academy.booking.models import Host, HostCalendar
from keino_academy.core.fetching import FetchError, read_place

MOST_CALENDARS = 10


class _CalendarForm(forms.Form):
    """One more calendar of a host, who has not too many."""

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean(self) -> dict[str, Any]:
        if HostCalendar.objects.filter(host=self.host).count() >= MOST_CALENDARS:
            raise forms.ValidationError(
                _("The host has %(count)s calendars already. Remove one first.") % {"count": MOST_CALENDARS}
            )
        return super().clean() or {}


class AddressForm(_CalendarForm):
    """A calendar by its address."""

    url = forms.CharField(
        label=_("Address of the calendar"),
        max_length=1000,
        help_text=_(
            "The private address in iCal format (ICS) from the settings of the host’s calendar. It begins with "
            "https:// or webcal://. Whoever knows it can read the calendar, so only its server’s name is shown later."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )

    def clean_url(self) -> str:
        """One that may be asked."""
        url = self.cleaned_data["url"]
        try:
            read_place(url)
        except FetchError as error:
            raise forms.ValidationError(fault_words(error.code)) from None
        return url


class FileForm(_CalendarForm):
    """A calendar from a file."""

    file = forms.FileField(
        label=_("Calendar file (ICS)"),
        max_length=200,
        help_text=_(
            "It is read once, and the file is not kept. Add it again when the calendar has changed; one of the "
            "same name is replaced."
        ),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_file(self) -> UploadedFile:
        """One that is small enough to be read."""
        file = self.cleaned_data["file"]
        if file.size > actions.MOST_BYTES:
            raise forms.ValidationError(fault_of_file("too-much"))
        return file
