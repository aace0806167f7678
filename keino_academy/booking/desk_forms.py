"""Forms of the organiser's week: what to show, where to move a booking, who came."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from keino_academy.booking.enums import Attendance
from keino_academy.booking.models import Booking, Host, Slot, SlotSeries
from keino_academy.booking.seats import free_seats
from keino_academy.booking.shown import FreeTime, clocks_change, label
from keino_academy.core import dates


class DeskForm(forms.Form):
    """Which day's week is shown, and of what."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    series = forms.ModelChoiceField(
        SlotSeries.objects.none(), label=_("Bookable session"), required=False, empty_label=_("All sessions")
    )
    host = forms.ModelChoiceField(
        Host.objects.none(), label=_("Host"), required=False, empty_label=_("All hosts")
    )

    def __init__(self, *args: Any, series: QuerySet[Any], hosts: QuerySet[Host], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows, text in (("series", series, _series_name), ("host", hosts, _host_name)):
            field = self.fields[name]
            field.queryset = rows  # type: ignore[attr-defined]
            field.label_from_instance = text  # type: ignore[attr-defined]

    def clean_day(self) -> Any:
        """A day on which people live."""
        day = self.cleaned_data["day"]
        if day and not 2000 <= day.year < 3000:
            raise forms.ValidationError(_("Choose a day between the years 2000 and 2999."))
        return day


def _series_name(series: Any) -> str:
    return f"{series.said} ({series.academy.title})"


def _host_name(host: Host) -> str:
    return host.name


class MoveForm(forms.Form):
    """Another time of the same series.

    Only free times are offered, but every time of the series is understood: why one can't be had
    any more, the verb tells.
    """

    slot = forms.ModelChoiceField(
        Slot.objects.none(),
        label=_("New time"),
        error_messages={"invalid_choice": _("Choose one of the times in the list.")},
    )

    def __init__(self, *args: Any, booking: Booking, offered: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["slot"]
        field.queryset = Slot.objects.filter(series=booking.series_id).exclude(pk=booking.slot_id)
        field.widget.choices = [("", _("Choose a new time")), *by_day(booking.series, offered)]


def by_day(series: SlotSeries, slots: Sequence[Slot]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The free times as choices in groups of a day."""
    local = series.academy.local
    times = [
        (slot, FreeTime(slot.pk, local(slot.starts), local(slot.ends), slot.seats, _free(slot)))
        for slot in slots
    ]
    found = []
    for day, group in groupby(times, lambda pair: pair[1].starts.date()):
        there = list(group)
        changes = clocks_change([time for _slot, time in there])
        found.append((dates.dated(day), [(slot.pk, _words(slot, time, changes)) for slot, time in there]))
    return found


def _free(slot: Any) -> int:
    return free_seats(slot.seats, slot.booked)


def _words(slot: Slot, time: FreeTime, with_offset: bool) -> str:
    """``9.00–9.45, A. Mäki, B. Salo, 2 free``."""
    words = [label(time, with_offset=with_offset), *sorted(host.name for host in slot.hosts.all())]
    if slot.seats > 1:
        words.append(ngettext("%(count)s free", "%(count)s free", time.free) % {"count": time.free})
    return ", ".join(words)


class AttendanceForm(forms.Form):
    """Who came: one answer for each booking, "not said" among them."""

    def __init__(self, *args: Any, bookings: Sequence[Booking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bookings = {f"booking_{booking.pk}": booking for booking in bookings}
        for name, booking in self.bookings.items():
            self.fields[name] = forms.ChoiceField(
                label=", ".join(filter(None, [booking.organisation, booking.person])),
                choices=attendance_choices,
                initial=booking.attendance,
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def answers(self) -> list[tuple[Booking, str]]:
        """Bookings of which something else is said than before, with what."""
        said = [(booking, self.cleaned_data[name]) for name, booking in self.bookings.items()]
        return [(booking, answer) for booking, answer in said if answer != booking.attendance]

    @property
    def forgotten(self) -> int:
        """How many bookings were sent that can't be marked any more."""
        sent = [name for name in self.data if name.startswith("booking_")]
        return len(set(sent) - set(self.bookings))


def attendance_choices() -> list[tuple[str, Any]]:
    """Came, did not come, not said."""
    said = [(value, capfirst(words)) for value, words in Attendance.choices]
    return [*said, ("", pgettext_lazy("whether somebody came", "Not said"))]
