"""Choosing a day and a time, and the pages of a booking."""

from keino_academy.booking.views.bookings import BookingCalendarView, BookingView, CancelView, OpenView
from keino_academy.booking.views.days import DaysView
from keino_academy.booking.views.times import TimesView

__all__ = ["BookingCalendarView", "BookingView", "CancelView", "DaysView", "OpenView", "TimesView"]
