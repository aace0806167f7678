"""Words of booking."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Attendance(models.TextChoices):
    """Whether those who booked came; empty while nobody has said."""

    ATTENDED = "attended", _("attended")
    NO_SHOW = "no_show", _("did not come")


class StepKind(models.TextChoices):
    """What can happen to a booking."""

    BOOKED = "booked", _("booked")
    MOVED = "moved", _("moved")
    MOVED_BY_ORGANISER = "moved_by_org", _("moved by the organiser")
    CHANGED = "changed", _("changed by the organiser")
    CANCELLED = "cancelled", _("cancelled")
    CANCELLED_BY_ORGANISER = "cancelled_by_org", _("cancelled by the organiser")
    REMINDED = "reminded", _("reminded")
    REMINDED_SOON = "reminded_soon", _("reminded once more")


class WaitingState(models.TextChoices):
    """Waiting and offered ones are in the list; the others have left it."""

    WAITING = "waiting", pgettext_lazy("in a waiting list", "waiting")
    OFFERED = "offered", _("a time is offered")
    BOOKED = "booked", _("booked")
    LAPSED = "lapsed", _("did not answer")
    LEFT = "left", _("left the list")


#: In the list.
WAITS = (WaitingState.WAITING, WaitingState.OFFERED)
