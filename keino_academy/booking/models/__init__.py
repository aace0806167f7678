"""When people meet: sessions that can be booked, their slots, and bookings."""

from keino_academy.booking.models.bookings import Booking
from keino_academy.booking.models.series import (
    AbstractBookableSession,
    BookableSession,
    SeriesFacts,
    SlotSeries,
)
from keino_academy.booking.models.slots import Host, Slot

__all__ = [
    "AbstractBookableSession",
    "BookableSession",
    "Booking",
    "Host",
    "SeriesFacts",
    "Slot",
    "SlotSeries",
]
