"""Choosing a day and a time, saying who comes, waiting, and the pages of a booking."""

from keino_academy.booking.views.bookings import BookingCalendarView, BookingView, CancelView, OpenView
from keino_academy.booking.views.days import DaysView
from keino_academy.booking.views.feeds import MakeFeedView, PersonalFeedView, RenewFeedView
from keino_academy.booking.views.holds import HoldView, LongerView, ReleaseView
from keino_academy.booking.views.moves import MoveDaysView, MoveTimesView
from keino_academy.booking.views.times import TimesView
from keino_academy.booking.views.waiting import (
    AcceptView,
    JoinView,
    LeaveView,
    OpenWaitingView,
    PassView,
    WaitingView,
)

__all__ = [
    "AcceptView",
    "BookingCalendarView",
    "BookingView",
    "CancelView",
    "DaysView",
    "HoldView",
    "JoinView",
    "LeaveView",
    "LongerView",
    "MakeFeedView",
    "MoveDaysView",
    "MoveTimesView",
    "OpenView",
    "OpenWaitingView",
    "PassView",
    "PersonalFeedView",
    "ReleaseView",
    "RenewFeedView",
    "TimesView",
    "WaitingView",
]
