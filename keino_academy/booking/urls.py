"""Addresses of booking; the language is the first part of each."""

from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from keino_academy.booking.views import (
    BookingCalendarView,
    BookingView,
    CancelView,
    DaysView,
    OpenView,
    TimesView,
)


class BookingDay:
    """A day in an address: 2023-06-06."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        day = date.fromisoformat(value)
        if not 2000 <= day.year < 3000:
            raise ValueError("Not a day on which anybody meets")
        return day

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(BookingDay, "ka_booking_day")

urlpatterns = [
    path("<str:language>/book/<int:series>/", DaysView.as_view(), name="booking_days"),
    path("<str:language>/book/<int:series>/<ka_booking_day:day>/", TimesView.as_view(), name="booking_times"),
    path("<str:language>/booking/open/<str:secret>/", OpenView.as_view(), name="booking_open"),
    path("<str:language>/booking/<str:reference>/", BookingView.as_view(), name="booking"),
    path("<str:language>/booking/<str:reference>/cancel/", CancelView.as_view(), name="booking_cancel"),
    path(
        "<str:language>/booking/<str:reference>/calendar.ics",
        BookingCalendarView.as_view(),
        name="booking_calendar",
    ),
]
