"""Noting in the admin who came: of one time, or of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.log_actions import log

from keino_academy.announcement.models import Academy
from keino_academy.booking import actions
from keino_academy.booking.desk_forms import AttendanceForm
from keino_academy.booking.desk_queries import on_day, to_mark, with_title
from keino_academy.booking.errors import NotBookedError
from keino_academy.booking.models import Booking, Slot
from keino_academy.core import clock, dates
from keino_academy.core.admin_views import ScopedFormPageView

#: The action in Wagtail's log.
MARK_BOOKING = "keino_academy.mark_booking"
ATTENDANCE = "keino_bookings:attendance"


def attendance_url(slot: int) -> str:
    """Where it is noted who came to a time."""
    return f"{reverse(ATTENDANCE)}?{urlencode({'slot': slot})}"


class AttendanceView(ScopedFormPageView):
    """One answer for each booking, saved in one POST; ``?slot=`` or ``?day=`` says which bookings."""

    scope_action = "mark"
    form_class = AttendanceForm
    template_name = "keino_academy/admin/desk/attendance.html"
    page_title = _("Who came")
    header_icon = "user"

    @cached_property
    def academies(self) -> list[Academy]:
        """The user's."""
        return list(self.viewset.owners(self.request.user, "mark"))

    @cached_property
    def slot(self) -> Slot | None:
        """The time that the address names, if it is the user's."""
        number = self.request.GET.get("slot", "")
        if not number.isdecimal() or len(number) > 18:
            return None
        slots = Slot.objects.filter(pk=int(number), series__academy__in=self.academies)
        return slots.select_related("series__academy").first()

    @cached_property
    def day(self) -> date:
        """The day that the address names, else today."""
        try:
            day = date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            day = None
        now = clock.now()
        today = self.academies[0].local(now).date() if self.academies else now.date()
        return day if day and 2000 <= day.year < 3000 else today

    @cached_property
    def bookings(self) -> list[Booking]:
        """Those that can be marked: valid ones whose time has begun."""
        rows: QuerySet[Booking] = to_mark(self.viewset.scope(self.request.user, "mark"))
        if self.slot:
            rows = rows.filter(slot=self.slot)
        elif "slot" in self.request.GET:
            rows = rows.none()
        else:
            rows = on_day(rows, self.academies, self.day)
        return list(with_title(rows, "series__").prefetch_related("slot__hosts"))

    def get_page_subtitle(self) -> str:
        """Which time or day."""
        return self.slot.when() if self.slot else dates.dated(self.day)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """By way of the bookings."""
        way = {"url": reverse("keino_bookings:index"), "label": gettext("Bookings")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The bookings."""
        return {**super().get_form_kwargs(), "bookings": self.bookings}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The bookings by time; that they were read is noted once."""
        context = super().get_context_data(**kwargs)
        owners = {booking.series.academy_id for booking in self.bookings}
        academies = [academy for academy in self.academies if academy.pk in owners]
        self.viewset.note_page(self.request, academies, bookings=len(self.bookings))
        return context | {"times": list(self.times(context["form"])), "back_url": self.back_url()}

    def times(self, form: AttendanceForm) -> Iterator[tuple[Slot, str, list[tuple[Booking, Any]]]]:
        """Each time with its title, its bookings and their fields."""
        for _pk, group in groupby(self.bookings, lambda booking: booking.slot_id):
            there = [(booking, form[f"booking_{booking.pk}"]) for booking in group]
            first: Any = there[0][0]
            yield first.slot, first.said, there

    def back_url(self) -> str:
        """Where the page was opened from, else the day."""
        day = self.slot.series.academy.local(self.slot.starts).date() if self.slot else self.day
        own = f"{reverse('keino_bookings:day')}?{urlencode({'day': day.isoformat()})}"
        return get_valid_next_url_from_request(self.request) or own

    def form_valid(self, form: AttendanceForm) -> HttpResponse:
        """Save what was said, and tell of bookings that were cancelled meanwhile."""
        gone = form.forgotten
        with transaction.atomic():
            for booking, answer in form.answers:
                try:
                    actions.mark(booking, answer)
                except NotBookedError:
                    gone += 1
                else:
                    log(booking, MARK_BOOKING, user=self.request.user, data={"attendance": answer})
        messages.success(self.request, gettext("What you said of who came was saved."))
        if gone:
            _tell_of_gone(self.request, gone)
        return redirect(self.back_url())


def _tell_of_gone(request: HttpRequest, gone: int) -> None:
    text = ngettext(
        "%(count)s booking was cancelled or moved meanwhile, so nothing was noted of it.",
        "%(count)s bookings were cancelled or moved meanwhile, so nothing was noted of them.",
        gone,
    )
    messages.warning(request, text % {"count": gone})
