"""The organiser's calendar in the admin: who has booked what, by week and by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from keino_academy.announcement.models import Academy
from keino_academy.booking.batch_views import many_button
from keino_academy.booking.desk import Day, Sitting, total
from keino_academy.booking.desk_forms import DeskForm
from keino_academy.booking.desk_layout import day_of, monday, week
from keino_academy.booking.desk_queries import nearest_day, sittings, waiting_in, with_title
from keino_academy.booking.models import Host, SlotSeries, Waiting
from keino_academy.core import clock, dates
from keino_academy.core.admin_views import ScopedPageView

WEEK, DAY = "keino_bookings:week", "keino_bookings:day"


def week_button() -> HeaderButton:
    """The way from a list to the week."""
    return HeaderButton(_("Week"), url=reverse(WEEK), icon_name="calendar")


class _DeskView(ScopedPageView):
    """Times of some days, with what leads to others."""

    template_name = "keino_academy/admin/desk/desk.html"
    header_icon = "calendar"
    #: The page itself, the other one, and how many days lie between two pages.
    here, other, step = WEEK, DAY, 7

    @cached_property
    def academies(self) -> list[Academy]:
        """The user's."""
        return list(self.viewset.owners(self.request.user, "view"))

    @cached_property
    def form(self) -> DeskForm:
        """What is to be shown, of what is the user's own."""
        series = with_title(SlotSeries.objects.filter(academy__in=self.academies)).select_related("academy")
        hosts = Host.objects.filter(academy__in=self.academies)
        asked = self.request.GET.copy()
        asked["day"] = asked.get("day") or self.today.isoformat()
        return DeskForm(asked, series=series.order_by("said", "pk"), hosts=hosts)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The filters that make sense."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def asked(self) -> date:
        """The day that the address names, else today."""
        return self.chosen.get("day") or self.today

    @cached_property
    def today(self) -> date:
        """Today where the first of the user's academies is."""
        now = clock.now()
        return self.academies[0].local(now).date() if self.academies else now.date()

    @cached_property
    def sittings(self) -> list[Sitting]:
        """The times that are shown."""
        only = {name: value for name, value in self.chosen.items() if name != "day"}
        return sittings(self.academies, self.first, self.first + timedelta(days=self.step - 1), **only)

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Who waits for a time, whatever day is shown."""
        return waiting_in(self.academies, self.chosen.get("series"))

    @property
    def first(self) -> date:
        """The first day."""
        raise NotImplementedError

    @cached_property
    def days(self) -> list[Day]:
        """The days with their rows."""
        raise NotImplementedError

    def way(self, name: str, day: date) -> str:
        """The address of a day's page with the same filters."""
        only = {key: self.chosen[key].pk for key in ("series", "host") if key in self.chosen}
        return f"{reverse(name)}?{urlencode({'day': day.isoformat()} | only)}"

    def get_page_subtitle(self) -> str:
        """Which days."""
        raise NotImplementedError

    def get_header_title(self) -> str:
        """For the browser's title."""
        return f"{self.get_page_title()} {self.get_page_subtitle()}".strip()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the bookings."""
        way = {"url": reverse("keino_bookings:index"), "label": gettext("Bookings")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Where times come from."""
        return [
            HeaderButton(_("Times"), url=reverse("keino_slots:index"), icon_name="list-ul"),
            many_button(),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The days; that they were read is noted once."""
        self.note()
        titles = {sitting.title for sitting in self.sittings}
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "days": [(day, self.way(DAY, day.day)) for day in self.days],
            "sum": total(self.sittings),
            "one_title": titles.pop() if len(titles) == 1 else "",
            "zone": self.zone(),
            "waiting": waiting_lines(self.waiting),
            "nearest": self.nearest(),
            "back_url": self.way(self.here, self.asked),
            **self.ways(),
        }

    def ways(self) -> dict[str, Any]:
        """Where one can go from here."""
        before, after = self.first - timedelta(days=self.step), self.first + timedelta(days=self.step)
        return {
            "before": (self.way(self.here, before), self.name_of(before)),
            "after": (self.way(self.here, after), self.name_of(after)),
            "now": (self.way(self.here, self.today), self.word_for_now),
            "turn": (self.way(self.other, self.asked), self.word_for_other),
        }

    def name_of(self, first: date) -> str:
        """What a page is called in a link."""
        raise NotImplementedError

    def zone(self) -> str:
        """Whose time it is, when all the times are of one zone."""
        zones = {sitting.zone for sitting in self.sittings}
        return dates.zone_name(self.sittings[0].starts, zones.pop()) if len(zones) == 1 else ""

    def nearest(self) -> tuple[str, str] | None:
        """From an empty page: where there are times."""
        if self.sittings:
            return None
        day = nearest_day(self.academies, self.first)
        return (self.way(self.here, day), self.name_of(day)) if day else None

    def note(self) -> None:
        """Note in the log of each academy whose bookings were shown that they were."""
        owners = {sitting.owner for sitting in self.sittings if sitting.sitters}
        owners |= {waiting.series.academy_id for waiting in self.waiting}
        academies = [academy for academy in self.academies if academy.pk in owners]
        last = self.first + timedelta(days=self.step - 1)
        self.viewset.note_page(self.request, academies, first=str(self.first), last=str(last))


class WeekView(_DeskView):
    """A week; ``?day=`` names any of its days."""

    word_for_now, word_for_other = _("This week"), _("By day")

    @property
    def first(self) -> date:
        """Its Monday."""
        return monday(self.asked)

    @cached_property
    def days(self) -> list[Day]:
        """Monday to Friday, and the weekend where something is on it."""
        return week(self.sittings, self.first)

    def get_page_title(self) -> str:
        """``Week 23``."""
        return self.name_of(self.first)

    def get_page_subtitle(self) -> str:
        """``5–9 June 2023``."""
        return dates.days(self.first, self.days[-1].day)

    def name_of(self, first: date) -> str:
        """``Week 23``."""
        return gettext("Week %(number)s") % {"number": first.isocalendar().week}


class DayView(_DeskView):
    """A day."""

    here, other, step = DAY, WEEK, 1
    word_for_now, word_for_other = _("Today"), _("The whole week")

    @property
    def first(self) -> date:
        """The day itself."""
        return self.asked

    @cached_property
    def days(self) -> list[Day]:
        """The day."""
        return [day_of(self.sittings, self.asked)]

    def get_page_title(self) -> str:
        """``Mon 5 June 2023``."""
        return self.name_of(self.asked)

    def get_page_subtitle(self) -> str:
        """Nothing more."""
        return ""

    def name_of(self, first: date) -> str:
        """``Mon 5 June 2023``."""
        return dates.dated(first)


def waiting_lines(waiting: Sequence[Waiting]) -> dict[str, Any]:
    """The first of those who wait, and how many there are in words."""
    words = ngettext("%(count)s waits for a time.", "%(count)s wait for a time.", len(waiting))
    lines = [(one, dates.dated(one.day) if one.day else "") for one in waiting[:_MOST_WAITING]]
    return {"lines": lines, "words": words % {"count": len(waiting)} if waiting else ""}


#: The page names so many of those who wait; the list has them all.
_MOST_WAITING = 10
