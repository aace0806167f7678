"""The verbs of booking, and all that writes bookings.

Whoever wants a seat queues for its slot (:mod:`queueing`); what is done with seats is in
:mod:`seating`. Partial unique indexes on (slot, seat) and (series, holder) hold the same
once more.
"""

from keino_academy.booking.actions.batches import make_batch, take_away
from keino_academy.booking.actions.calendars import (
    MOST_BYTES,
    add_address,
    add_file,
    read_calendar,
    read_due_calendars,
    remove_calendar,
)
from keino_academy.booking.actions.changing import (
    cancel,
    correct_bookers_address,
    mark,
    move,
    send_link_again,
)
from keino_academy.booking.actions.feeds import end_feeds, make_feed, note_fetch, renew_feed
from keino_academy.booking.actions.holding import book, confirm, extend_hold, hold, release_hold
from keino_academy.booking.actions.reminders import remind
from keino_academy.booking.actions.series import write_series
from keino_academy.booking.actions.slots import add_slots, cancel_slot, change_slot
from keino_academy.booking.actions.waiting import (
    join,
    leave,
    pass_all_on,
    pass_offer,
    pass_on,
    send_place_again,
)

__all__ = [
    "MOST_BYTES",
    "add_address",
    "add_file",
    "add_slots",
    "book",
    "cancel",
    "cancel_slot",
    "change_slot",
    "confirm",
    "correct_bookers_address",
    "end_feeds",
    "extend_hold",
    "hold",
    "join",
    "leave",
    "make_batch",
    "make_feed",
    "mark",
    "move",
    "note_fetch",
    "pass_all_on",
    "pass_offer",
    "pass_on",
    "read_calendar",
    "read_due_calendars",
    "release_hold",
    "remind",
    "remove_calendar",
    "renew_feed",
    "send_link_again",
    "send_place_again",
    "take_away",
    "write_series",
]
