"""Addresses of booking; the language is the first part of each."""

from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from keino_academy.booking import views


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
    path("<str:language>/book/<int:series>/", views.DaysView.as_view(), name="booking_days"),
    path(
        "<str:language>/book/<int:series>/<ka_booking_day:day>/",
        views.TimesView.as_view(),
        name="booking_times",
    ),
    path("<str:language>/book/<int:series>/wait/", views.JoinView.as_view(), name="waiting_join"),
    path("<str:language>/book/hold/<str:reference>/", views.HoldView.as_view(), name="booking_hold"),
    path(
        "<str:language>/book/hold/<str:reference>/longer/",
        views.LongerView.as_view(),
        name="booking_hold_longer",
    ),
    path(
        "<str:language>/book/hold/<str:reference>/release/",
        views.ReleaseView.as_view(),
        name="booking_hold_release",
    ),
    path("<str:language>/booking/open/<str:secret>/", views.OpenView.as_view(), name="booking_open"),
    path("<str:language>/booking/<str:reference>/", views.BookingView.as_view(), name="booking"),
    path("<str:language>/booking/<str:reference>/move/", views.MoveDaysView.as_view(), name="booking_move"),
    path(
        "<str:language>/booking/<str:reference>/move/<ka_booking_day:day>/",
        views.MoveTimesView.as_view(),
        name="booking_move_times",
    ),
    path("<str:language>/booking/<str:reference>/cancel/", views.CancelView.as_view(), name="booking_cancel"),
    path(
        "<str:language>/booking/<str:reference>/calendar.ics",
        views.BookingCalendarView.as_view(),
        name="booking_calendar",
    ),
    path("<str:language>/booking/<str:reference>/feed/", views.MakeFeedView.as_view(), name="booking_feed"),
    path(
        "<str:language>/booking/<str:reference>/feed/renew/",
        views.RenewFeedView.as_view(),
        name="booking_feed_renew",
    ),
    path("<str:language>/calendar/<str:secret>.ics", views.PersonalFeedView.as_view(), name="personal_feed"),
    path("<str:language>/waiting/open/<str:secret>/", views.OpenWaitingView.as_view(), name="waiting_open"),
    path("<str:language>/waiting/<str:reference>/", views.WaitingView.as_view(), name="waiting"),
    path("<str:language>/waiting/<str:reference>/accept/", views.AcceptView.as_view(), name="waiting_accept"),
    path("<str:language>/waiting/<str:reference>/pass/", views.PassView.as_view(), name="waiting_pass"),
    path("<str:language>/waiting/<str:reference>/leave/", views.LeaveView.as_view(), name="waiting_leave"),
]
