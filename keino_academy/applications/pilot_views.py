"""All pilot procurements of an academy on one timeline, in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button

from keino_academy.announcement.criteria import PeriodRule
from keino_academy.announcement.models import Academy
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.journey import questions_of, sections_of
from keino_academy.applications.models import Application
from keino_academy.applications.pilot_chart import Lane, Period, Place, Window, lay_out, window_of
from keino_academy.applications.queries import content_in, current_document, held, visible_to_organisers
from keino_academy.blocks.spans import is_month
from keino_academy.core import dates
from keino_academy.core.admin_views import ScopedPageView

#: What has no pilot to coach any more, or not yet, however late it is.
_LEFT_OUT = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)

PLACES = {
    Place.INSIDE: _("in the window"),
    Place.BEGINS_BEFORE: _("outside the window: begins before it"),
    Place.ENDS_AFTER: _("outside the window: goes on after it"),
    Place.AROUND: _("outside the window: begins before it and goes on after it"),
    Place.BEFORE: _("outside the window: ends before it"),
    Place.AFTER: _("outside the window: begins after it"),
}


def pilots_button() -> Button:
    """The way from the list to the timeline."""
    url = reverse("keino_applications:pilots")
    return Button(_("Pilot procurements by month"), url=url, icon_name="history", priority=5)


class PilotsView(ScopedPageView):
    """The timeline of one academy: a month is a column, a pilot a row."""

    template_name = "keino_academy/admin/applications/pilots.html"
    page_title = _("Pilot procurements by month")
    header_icon = "history"
    academy: Academy | None = None

    @cached_property
    def academies(self) -> list[Academy]:
        """The user's."""
        return list(self.viewset.owners(self.request.user, "view").order_by("-year", "title", "pk"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The academy that is asked for; where none is, the newest one's address."""
        if "academy" not in kwargs and self.academies:
            return redirect("keino_applications:pilots_of", academy=self.academies[0].pk)
        if "academy" in kwargs:
            owned = self.viewset.owners(request.user, "view")
            self.academy = get_object_or_404(owned, pk=kwargs["academy"])
            if request.method == "GET":
                self.viewset.note_page(request, [self.academy], page="pilots")
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Whose pilots."""
        return self.academy.title if self.academy else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the applications."""
        way = {"url": reverse("keino_applications:index"), "label": gettext("Applications")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The chart in words and months."""
        window = window_in(self.academy) if self.academy else None
        chart = lay_out(pilots_in(self.academy) if self.academy else [], window)
        return super().get_context_data(**kwargs) | {
            "academy": self.academy,
            "choices": [(one, one == self.academy) for one in self.academies]
            if len(self.academies) > 1
            else [],
            "chart": chart,
            "window": window_words(window) if window else "",
            "months": [
                (dates.short_month(month), dates.month(month), bool(window and window.holds(month)))
                for month in chart.months
            ],
            "rows": [_row(lane) for lane in chart.lanes],
        }


def pilots_in(academy: Academy) -> list[Period]:
    """The months of every pilot that could be coached, each with its application."""
    found = Application.objects.filter(visible_to_organisers(), academy=academy, pilot__isnull=False)
    found = found.exclude(state__in=_LEFT_OUT).exclude(held())
    ordered = found.select_related("pilot").defer("answers").order_by("organisation", "pk")
    # A pilot without both months cannot be drawn.
    return [
        Period(first, last, one)
        for one in ordered
        if (first := one.pilot.first_month) and (last := one.pilot.last_month)
    ]


def window_in(academy: Academy) -> Window | None:
    """The window of the criterion on the pilot's months, as the form that is filled in now has it."""
    document = current_document(academy)
    if document is None:
        return None
    asked = questions_of(sections_of(content_in(document, academy.language)))
    rules = [one.criterion_rule for one in asked]
    return window_of(
        [
            rule
            for rule in rules
            if isinstance(rule, PeriodRule)
            and all(not text or is_month(text) for text in (rule.first, rule.last))
        ]
    )


def window_words(window: Window) -> str:
    """From which month to which, whatever side is open."""
    if window.first and window.last:
        return dates.months(window.first, window.last)
    if window.first:
        return gettext("from %(month)s on") % {"month": dates.month(window.first)}
    return gettext("until %(month)s") % {"month": dates.month(window.last)} if window.last else ""


def _row(lane: Lane) -> dict[str, Any]:
    application = lane.period.of
    return {
        "lane": lane,
        "application": application,
        "pilot": application.pilot.title,
        "months": dates.months(lane.period.first, lane.period.last),
        "place": PLACES[lane.place] if lane.place else "",
        "is_outside": lane.place not in {None, Place.INSIDE},
    }
