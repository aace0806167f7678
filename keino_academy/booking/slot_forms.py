"""Forms of the admin in which times are made and changed.

Days and hours are wall-clock time of the academy's zone, whatever zone the editor's admin
is set to.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from keino_academy.booking import actions
from keino_academy.booking.models import Host, Slot, SlotSeries
from keino_academy.core.zones import moment


def hosts_field() -> forms.ModelMultipleChoiceField:
    """Those who sit in the time, to tick."""
    return forms.ModelMultipleChoiceField(
        Host.objects.order_by("name"),
        label=_("Hosts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are told by mail of each booking."),
    )


def join_link_field(help_text: Any) -> forms.URLField:
    """A link that only those get who booked."""
    return forms.URLField(
        label=_("Join link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=help_text,
    )


def _host_name(host: Host) -> str:
    return host.name


def _series_name(series: SlotSeries) -> str:
    return f"{series.title} ({series.academy.title})"


class NamedHosts(forms.BaseForm):
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


class SlotForm(NamedHosts, WagtailAdminModelForm):
    """One time."""

    day = forms.DateField(label=_("Day"), widget=AdminDateInput)
    starts_at = forms.TimeField(label=_("Starts"), widget=AdminTimeInput)
    ends_at = forms.TimeField(label=_("Ends"), widget=AdminTimeInput)
    join_link = join_link_field(_("Only those who booked see it."))
    hosts = hosts_field()

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
