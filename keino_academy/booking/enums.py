"""Words of booking."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What people meet for."""

    DISCUSSION = "discussion", _("discussion")
    COACHING = "coaching", _("coaching")
    FOLLOW_UP = "follow_up", _("follow-up")
    OTHER = "other", _("other")


class Audience(models.TextChoices):
    """Who may book."""

    ANYONE = "anyone", _("anyone")
    INVITED = "invited", _("those who were invited")


class BookingState(models.TextChoices):
    """A held seat runs out by itself; a booked one is live until it is cancelled."""

    HELD = "held", _("held")
    BOOKED = "booked", _("booked")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("hold ran out")


#: A seat is taken by bookings in these states.
LIVE = (BookingState.HELD, BookingState.BOOKED)
