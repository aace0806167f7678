"""The page of a host's own calendars in the admin: adding, reading now, taking away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.log_actions import log

from keino_academy.booking import actions
from keino_academy.booking.busy import CalendarError
from keino_academy.booking.calendar_forms import AddressForm, FileForm
from keino_academy.booking.calendar_words import failure_words, fault_of_file, name_of, reading_words
from keino_academy.booking.host_queries import calendars_of, hidden_slots
from keino_academy.booking.host_views import calendars_url
from keino_academy.booking.models import Host, HostCalendar
from keino_academy.core.admin_views import ScopedRowFormView

#: Actions in Wagtail's log.
ADD_CALENDAR, REMOVE_CALENDAR = "keino_academy.add_host_calendar", "keino_academy.remove_host_calendar"
#: Seconds for which somebody waits for a calendar's server.
PATIENCE = 8
#: How many hidden times are named.
MOST_NAMED = 10


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class HostCalendarsView(ScopedRowFormView):
    """The calendars, and forms that add one. It waits for other servers, so never in a transaction."""

    scope_action = "change"
    template_name = "keino_academy/admin/host_calendars.html"
    page_title = _("Calendars")
    header_icon = "calendar"
    form_class = AddressForm
    object: Host

    def get_page_subtitle(self) -> str:
        """Whose."""
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the host."""
        way = {"url": reverse("keino_hosts:index"), "label": gettext("Hosts")}
        row = {"url": reverse("keino_hosts:edit", args=[self.object.pk]), "label": self.object.name}
        return [*self.breadcrumbs_items, way, row, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Do what the button says."""
        adds = {"address": self.add_address, "file": self.add_file}
        does = {"read": self.read, "remove": self.remove}
        button = request.POST.get("do", "")
        if button in adds:
            return adds[button]()
        calendar = self.calendar
        if button in does and calendar is not None:
            return does[button](calendar)
        messages.warning(request, _("That calendar was removed meanwhile. Nothing was done."))
        return redirect(calendars_url(self.object))

    def add_address(self) -> HttpResponse:
        """One more by its address; it is read at once, and kept though it can't be."""
        form = AddressForm(self.request.POST, host=self.object)
        if not form.is_valid():
            return self.answer(address_form=form)
        calendar = actions.add_address(self.object, form.cleaned_data["url"], seconds=PATIENCE)
        log(self.object, ADD_CALENDAR, user=self.request.user)
        return self.told(calendar)

    def add_file(self) -> HttpResponse:
        """One more from a file, unless it makes no sense."""
        form = FileForm(self.request.POST, self.request.FILES, host=self.object)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                calendar = actions.add_file(self.object, file.name, file.read())
            except CalendarError as error:
                form.add_error("file", fault_of_file(error.code))
            else:
                log(self.object, ADD_CALENDAR, user=self.request.user)
                return self.told(calendar)
        return self.answer(file_form=form)

    def read(self, calendar: HostCalendar) -> HttpResponse:
        """Read one now; a file is not here any more."""
        if calendar.url:
            actions.read_calendar(calendar, seconds=PATIENCE)
        return self.told(calendar)

    def remove(self, calendar: HostCalendar) -> HttpResponse:
        """Take one away."""
        name = name_of(calendar)
        actions.remove_calendar(calendar)
        log(self.object, REMOVE_CALENDAR, user=self.request.user)
        text = _("The calendar %(name)s was removed, and its busy times hide nothing any more.")
        messages.success(self.request, text % {"name": name})
        return redirect(calendars_url(self.object))

    @property
    def calendar(self) -> HostCalendar | None:
        """Which of the host's calendars the button stands at."""
        number = self.request.POST.get("calendar", "")
        if not number.isdecimal() or len(number) > 18:
            return None
        mine = HostCalendar.objects.filter(host=self.object, pk=int(number))
        return mine.select_related("host__academy").first()

    def told(self, calendar: HostCalendar) -> HttpResponse:
        """Say how it went, on a page of its own address."""
        if calendar.failure:
            messages.warning(self.request, failure_words(calendar))
        else:
            messages.success(self.request, _("The calendar was read. Look below at what it hides."))
        return redirect(calendars_url(self.object))

    def answer(self, **forms: Any) -> HttpResponse:
        """The page, with what was typed and what is wrong with it."""
        messages.error(self.request, _("No calendar was added. Look at the fields below."))
        return self.render_to_response(self.get_context_data(**forms))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose calendar it will be."""
        return {"host": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The calendars with their words, the forms, and what is hidden."""
        hidden = hidden_slots(self.object)
        count = hidden.count()
        context = {
            "address_form": AddressForm(host=self.object),
            "file_form": FileForm(host=self.object),
            "rows": [self.row(calendar) for calendar in calendars_of(self.object)],
            "hidden": hidden.select_related("series__academy")[:MOST_NAMED],
            "hidden_words": _hidden_words(count),
            "hidden_more": max(0, count - MOST_NAMED),
        }
        return super().get_context_data(**{**context, **kwargs})

    def row(self, calendar: Any) -> dict[str, Any]:
        """What is said of one calendar."""
        calendar.host = self.object
        words = {"reading": reading_words(calendar, calendar.coming), "failure": failure_words(calendar)}
        return {"calendar": calendar, "name": name_of(calendar), **words}


def _hidden_words(count: int) -> str:
    if not count:
        return gettext("No coming time is hidden.")
    text = ngettext("%(count)s coming time is hidden:", "%(count)s coming times are hidden:", count)
    return text % {"count": count}
