"""News of booking, and what it asks of the rooms above."""

from django.dispatch import Signal

#: Who holds a token that another room made? Sent with ``token`` and ``series``; a receiver that
#: knows it returns a :class:`keino_academy.booking.holders.Holder`, others None.
holder_asked = Signal()

#: What stands in the calendar of another room's holder? Sent with ``feed``, a ``PersonalFeed``, in
#: the language of the answer. The room returns a :class:`keino_academy.booking.holders.FeedPart`, or
#: None where the holder is not its own or may see nothing any more: then the address is dead.
feed_asked = Signal()

#: What is known of those who booked, for those who meet them? Sent with ``holders``, a set; a room
#: returns a dictionary from those that it knows to a line about each, in the active language.
brief_asked = Signal()

#: A booking was made, moved or cancelled. Sent with ``booking``, in the transaction.
booking_made = Signal()
booking_cancelled = Signal()
#: As those, and with ``left``, the slot where it was before.
booking_moved = Signal()
