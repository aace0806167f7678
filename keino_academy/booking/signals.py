"""News of booking, and the one question that it asks of the rooms above."""

from django.dispatch import Signal

#: Who holds a token that another room made? Sent with ``token`` and ``series``; a receiver that
#: knows it returns a :class:`keino_academy.booking.holders.Holder`, others None.
holder_asked = Signal()

#: A booking was made, moved or cancelled. Sent with ``booking``, in the transaction.
booking_made = Signal()
booking_cancelled = Signal()
