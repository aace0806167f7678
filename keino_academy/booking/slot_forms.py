"""Forms of the admin in which times are made and changed.

Days and hours are wall-clock time of the academy's zone, whatever zone the editor's admin
is set to.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from keino_academy.booking import actions
from keino_academy.booking.models import Host, Slot, SlotSeries
from keino_academy.booking.plan import MOST, Plan, times
from keino_academy.core.zones import moment


def _hosts() -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        Host.objects.order_by("name"),
        label=_("Hosts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are told by mail of each booking."),
    )


def _join_link() -> forms.URLField:
    return forms.URLField(
        label=_("Join link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Only those who booked see it."),
    )


def _host_name(host: Host) -> str:
    return host.name


def _series_name(series: SlotSeries) -> str:
    return f"{series.title} ({series.academy.title})"


class _NamedHosts(forms.BaseForm):
    """A form whose hosts are shown by name and belong to the series' academy."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].label_from_instance = _host_name  # type: ignore[attr-defined]
        self.fields["series"].label_from_instance = _series_name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        series = cleaned.get("series")
        if series and any(host.academy_id != series.academy_id for host in cleaned.get("hosts") or ()):
            self.add_error("hosts", _("Choose hosts of the same academy."))
        return cleaned


class SlotForm(_NamedHosts, WagtailAdminModelForm):
    """One time."""

    day = forms.DateField(label=_("Day"), widget=AdminDateInput)
    starts_at = forms.TimeField(label=_("Starts"), widget=AdminTimeInput)
    ends_at = forms.TimeField(label=_("Ends"), widget=AdminTimeInput)
    join_link = _join_link()
    hosts = _hosts()

    field_order = ["series", "day", "starts_at", "ends_at", "seats", "place", "join_link", "hosts"]

    class Meta:
        model = Slot
        fields = ["series", "seats", "place", "join_link", "hosts"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            local = self.instance.series.academy.local
            starts, ends = local(self.instance.starts), local(self.instance.ends)
            self.initial = {
                **self.initial,
                "day": starts.date(),
                "starts_at": starts.time(),
                "ends_at": ends.time(),
            }
            self.fields["series"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        series, day = cleaned.get("series"), cleaned.get("day")
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if series is None or day is None or starts_at is None or ends_at is None:
            return cleaned
        zone = series.academy.time_zone
        starts, ends = moment(day, starts_at, zone), moment(day, ends_at, zone)
        if not {"day", "starts_at", "ends_at"} & set(self.changed_data):
            return cleaned
        if ends.timestamp() <= starts.timestamp():
            self.add_error("ends_at", _("Choose an end that is after the start."))
        self.instance.starts, self.instance.ends = starts, ends
        return cleaned

    def _post_clean(self) -> None:
        """The series is set first: the model's own checks read it."""
        if self.cleaned_data.get("series"):
            self.instance.series = self.cleaned_data["series"]
        super()._post_clean()

    def save(self, commit: bool = True) -> Slot:  # noqa: ARG002 - Django's signature
        """Write it by the verb that tells those who booked."""
        hosts = list(self.cleaned_data["hosts"])
        if self.instance.pk:
            actions.change_slot(self.instance, hosts=hosts)
        else:
            actions.add_slots([self.instance], hosts)
        return self.instance


class ManySlotsForm(_NamedHosts, forms.Form):
    """Many times by days and hours."""

    series = forms.ModelChoiceField(SlotSeries.objects.select_related("academy"), label=_("Series"))
    first = forms.DateField(label=_("From day"), widget=AdminDateInput)
    last = forms.DateField(label=_("To day"), widget=AdminDateInput)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        coerce=int,
        choices=lambda: list(WEEKDAYS.items()),
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
    )
    opens = forms.TimeField(label=_("From hour"), widget=AdminTimeInput)
    closes = forms.TimeField(label=_("To hour"), widget=AdminTimeInput)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=5, max_value=24 * 60, initial=45)
    pause = forms.IntegerField(
        label=_("Break between, in minutes"), min_value=0, max_value=24 * 60, initial=15
    )
    seats = forms.IntegerField(label=_("Seats of each time"), min_value=1, max_value=1000, initial=1)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    join_link = _join_link()
    hosts = _hosts()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("Choose a day that is not before the first one."))
        elif (cleaned["last"] - cleaned["first"]).days > 366:
            self.add_error("last", _("Choose a day within a year from the first one."))
        if cleaned["closes"] <= cleaned["opens"]:
            self.add_error("closes", _("Choose an hour after the first one."))
        if not self.errors:
            self._plan(cleaned)
        return cleaned

    def _plan(self, cleaned: dict[str, Any]) -> None:
        names = ("first", "last", "weekdays", "opens", "closes", "minutes", "pause")
        plan = Plan(**{name: cleaned[name] for name in names})
        self.times = list(times(plan, cleaned["series"].academy.time_zone))
        if not self.times:
            raise ValidationError(_("No time fits. Look at the days, the weekdays and the hours."))
        if len(self.times) > MOST:
            raise ValidationError(_("That makes more than 1,000 times. Choose fewer days."))

    def slots(self) -> list[Slot]:
        """The times that the form describes, not saved."""
        same = {name: self.cleaned_data[name] for name in ("series", "seats", "place", "join_link")}
        return [Slot(starts=starts, ends=ends, **same) for starts, ends in self.times]
