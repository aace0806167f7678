"""When people meet: sessions that can be booked, their slots, bookings, and who waits for one."""

from keino_academy.booking.models.bookings import Booking, BookingStep
from keino_academy.booking.models.feeds import PersonalFeed
from keino_academy.booking.models.hosts import Host, HostBusy, HostCalendar
from keino_academy.booking.models.series import (
    AbstractBookableSession,
    BookableSession,
    SeriesFacts,
    SlotSeries,
)
from keino_academy.booking.models.slots import Slot, SlotBatch
from keino_academy.booking.models.waiting import Waiting

__all__ = [
    "AbstractBookableSession",
    "BookableSession",
    "Booking",
    "BookingStep",
    "Host",
    "HostBusy",
    "HostCalendar",
    "PersonalFeed",
    "SeriesFacts",
    "Slot",
    "SlotBatch",
    "SlotSeries",
    "Waiting",
]
