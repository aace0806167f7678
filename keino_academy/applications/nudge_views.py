"""Who has not booked yet, in Wagtail's admin: the list, a page that shows whom and what, and the sending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language_info, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from keino_academy.applications.mails import preview_nudge
from keino_academy.applications.nudge_forms import NudgeForm
from keino_academy.applications.nudging import nudge
from keino_academy.applications.rights import nudging_academies
from keino_academy.applications.unbooked import Unbooked, nudging_series, unbooked
from keino_academy.booking.models import SlotSeries
from keino_academy.booking.queries import free_seats_in, is_open
from keino_academy.core.spam import new_token
from keino_academy.core.views import seal


class _NudgingView(WagtailAdminTemplateMixin, View):
    """What only those see who read applications and manage bookings of an academy."""

    page_title = _("Who has not booked yet")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may do so nowhere; answers are personal."""
        if not nudging_academies(request.user).exists():
            raise PermissionDenied
        return seal(super().dispatch(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the applications."""
        way = {"url": reverse("keino_applications:index"), "label": gettext("Applications")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]


class UnbookedView(_NudgingView):
    """Leads to the list of a series that takes bookings now, or says that there is none."""

    template_name = "keino_academy/admin/applications/no_series.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The first open one, else the first."""
        found = list(nudging_series(request.user))
        if not found:
            return self.render_to_response(self.get_context_data())
        first = next((series for series in found if is_open(series)), found[0])
        return redirect("keino_applications:nudge", series=first.pk)


class NudgeView(_NudgingView):
    """The list of one series; posting it shows what would be sent, posting that sends it."""

    template_name = "keino_academy/admin/applications/unbooked.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Another academy's series is not found."""
        self.pk = kwargs.pop("series")
        return super().dispatch(request, *args, **kwargs)

    def find(self) -> SlotSeries:
        """The series, if the user may remind in its academy."""
        return get_object_or_404(nudging_series(self.request.user), pk=self.pk)

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        """The list."""
        self.series = self.find()
        rows = unbooked(self.series)
        return self.show_list(rows, NudgeForm(rows=rows))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Back to the list with what was chosen, the page that shows the mail, or the sending."""
        self.series = self.find()
        rows = unbooked(self.series)
        form = NudgeForm(request.POST, rows=rows)
        if request.POST.get("step") == "choose" or not is_open(self.series) or not form.is_valid():
            return self.show_list(rows, form)
        if request.POST.get("step") == "send":
            if form.nonce:
                return self.send(form)
            messages.warning(
                request, gettext("The page had been open for long. Look at it once more and send it.")
            )
        return self.show_preview(form)

    def send(self, form: NudgeForm) -> HttpResponseBase:
        """Write the mails, and say how many there are."""
        result = nudge(
            self.series,
            form.picked,
            by=self.request.user,
            nonce=form.nonce,
            message=form.cleaned_data["message"],
            again=form.cleaned_data["again"],
        )
        if result.sent:
            text = ngettext(
                "%(count)s reminder is sent with the next mails.",
                "%(count)s reminders are sent with the next mails.",
                result.sent,
            )
            messages.success(self.request, text % {"count": result.sent})
        if result.left_out:
            text = ngettext(
                "%(count)s of the chosen got none: it has booked, waits in the list or was reminded a short while ago.",
                "%(count)s of the chosen got none: they have booked, wait in the list or were reminded a short while ago.",
                result.left_out,
            )
            messages.warning(self.request, text % {"count": result.left_out})
        return redirect("keino_applications:nudge", series=self.series.pk)

    def show_list(self, rows: Sequence[Unbooked], form: NudgeForm) -> HttpResponseBase:
        """Those who have not booked, and what was chosen already."""
        everything = nudging_series(self.request.user)
        choices = [(one, one.pk == self.series.pk) for one in everything]
        return self.render_to_response(
            self.get_context_data(
                series=self.series,
                choices=choices if len(choices) > 1 else [],
                rows=[(row, row.application.pk in form.picked) for row in rows],
                form=form,
                is_open=is_open(self.series),
                free=free_seats_in(self.series),
                faults=form.non_field_errors() if form.is_bound else [],
                can_send=any(row.can_be_nudged for row in rows),
            )
        )

    def show_preview(self, form: NudgeForm) -> HttpResponseBase:
        """Whom and what: the mail in each language that somebody gets it in."""
        self.template_name = "keino_academy/admin/applications/nudge.html"
        rows = form.chosen_rows
        first = {row.application.language: row.application for row in reversed(rows)}
        link = f"[{gettext('each one’s own link')}]"
        message = form.cleaned_data["message"]
        return self.render_to_response(
            self.get_context_data(
                series=self.series,
                form=form,
                token=new_token(form.form_name),
                rows=[(row, _language(row.application.language)) for row in rows],
                recent=[row for row in rows if row.is_recent],
                mails=[
                    (_language(code), code, *preview_nudge(application, self.series, message, link))
                    for code, application in sorted(first.items())
                ],
            )
        )


def _language(code: str) -> str:
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
