"""The plan by which many times are made: days, hours and breaks, and who sits where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from keino_academy.booking.breaks import BackwardsError, BreaksError, read_breaks
from keino_academy.booking.models import Slot, SlotSeries
from keino_academy.booking.plan import MOST, Plan, times
from keino_academy.booking.proposals import Wanted
from keino_academy.booking.slot_forms import NamedHosts, hosts_field, join_link_field
from keino_academy.core import clock

FARTHEST_DAYS = 5 * 365
TOGETHER, IN_PARALLEL = "together", "parallel"
#: Fields of the preview's form besides its times.
_OTHER_FIELDS = 60


def most_times(hosts: int) -> int:
    """How many times one plan may make: the preview sends a field for each, and Django takes so many."""
    allowed = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    return MOST if allowed is None else max(1, min(MOST, allowed - _OTHER_FIELDS - hosts))


class BatchForm(NamedHosts, forms.Form):
    """What is to be made; :meth:`wanted` and :meth:`slot` are asked when it is valid."""

    series = forms.ModelChoiceField(SlotSeries.objects.select_related("academy"), label=_("Bookable session"))
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
        label=_("Between two times, in minutes"), min_value=0, max_value=24 * 60, initial=15
    )
    breaks = forms.CharField(
        label=_("Breaks of the day"),
        max_length=300,
        required=False,
        help_text=_("Such as 11.30–12.30, 14–14.15. No time touches them."),
    )
    hosts = hosts_field()
    sitting = forms.ChoiceField(
        label=_("How the hosts sit"),
        choices=[
            (TOGETHER, pgettext_lazy("hosts", "All together in each time")),
            (IN_PARALLEL, pgettext_lazy("hosts", "Each in times of their own, at once")),
        ],
        initial=TOGETHER,
        widget=forms.RadioSelect,
    )
    seats = forms.IntegerField(label=_("Seats of each time"), min_value=1, max_value=1000, initial=1)
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("Left empty: the host’s own.")
    )
    join_link = join_link_field(_("Only those who booked see it. Left empty: the host’s own."))

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
        if cleaned["sitting"] == IN_PARALLEL and not cleaned["hosts"]:
            self.add_error("hosts", _("Choose the hosts, since each gets times of their own."))
        if not self.errors:
            self._plan(cleaned)
        return cleaned

    def clean_first(self) -> date:
        """A day that people plan for; far ones would leave the calendar."""
        first = self.cleaned_data["first"]
        if abs((first - clock.now().date()).days) > FARTHEST_DAYS:
            raise ValidationError(_("Choose a day within five years from today."))
        return first

    def clean_breaks(self) -> Any:
        """The breaks, read from what was written."""
        try:
            return read_breaks(self.cleaned_data["breaks"])
        except BackwardsError as error:
            text = _("Write a break that ends after it begins, in place of “%(part)s”.")
            raise ValidationError(text, params={"part": error.part}) from None
        except BreaksError as error:
            text = _("Write each break as two hours, such as 11.30–12.30, in place of “%(part)s”.")
            raise ValidationError(text, params={"part": error.part}) from None

    def slot(self, wanted: Wanted) -> Slot:
        """The time as a row, not saved. Place and link are the form's, else the first host's that has one."""
        cleaned = self.cleaned_data
        hosts = [host for host in cleaned["hosts"] if host.pk in wanted.hosts]
        return Slot(
            series=cleaned["series"],
            starts=wanted.starts,
            ends=wanted.ends,
            seats=cleaned["seats"],
            place=cleaned["place"] or next((host.place for host in hosts if host.place), ""),
            join_link=cleaned["join_link"] or next((host.join_link for host in hosts if host.join_link), ""),
        )

    def _plan(self, cleaned: dict[str, Any]) -> None:
        most = most_times(len(cleaned["hosts"]))
        self.wanted = list(islice(self._wanted(cleaned), most + 1))
        if not self.wanted:
            raise ValidationError(
                _("No time fits. Look at the days, the weekdays, the hours and the breaks.")
            )
        if len(self.wanted) > most:
            text = _("That makes more than %(most)s times. Choose fewer days, or fewer hosts.")
            raise ValidationError(text, params={"most": f"{most:,}".replace(",", "\u00a0")})

    def _wanted(self, cleaned: dict[str, Any]) -> Iterator[Wanted]:
        names = ("first", "last", "weekdays", "opens", "closes", "minutes", "pause", "breaks")
        plan = Plan(**{name: cleaned[name] for name in names})
        who = [host.pk for host in cleaned["hosts"]]
        seated = [frozenset(who)] if cleaned["sitting"] == TOGETHER else [frozenset({pk}) for pk in who]
        for starts, ends in times(plan, cleaned["series"].academy.time_zone):
            yield from (Wanted(starts, ends, hosts) for hosts in seated)
