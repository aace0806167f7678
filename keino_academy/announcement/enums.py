"""Words that the announcement shares with the rooms above."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    """Where an academy stands; see :func:`keino_academy.announcement.call.call_state`."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    GRACE = "grace", _("closing")
    CLOSED = "closed", _("closed")
    DECIDED = "decided", _("decided")
    RUNNING = "running", _("running")
    ALUMNI = "alumni", _("alumni")
    ARCHIVED = "archived", _("archived")


class Right(models.TextChoices):
    """What a group may do in one academy's records."""

    READ = "read", _("Read applications")
    DECIDE = "decide", _("Decide on applications")
    BOOKINGS = "bookings", _("Manage discussion times and bookings")
    PARTICIPANTS = "participants", _("Manage participants")
