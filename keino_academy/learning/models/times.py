"""When sessions are, as their calendar entries last said it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from keino_academy.announcement.models import Academy


class SessionTime(models.Model):
    """The time and place of one timeline entry, noted when the academy is published.

    What differs at the next publication has moved: ``sequence``, the calendar's SEQUENCE,
    then rises, and members are told. ``changed_at`` is real time, read as DTSTAMP.
    """

    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, related_name="session_times")
    entry_id = models.CharField(max_length=64)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["academy", "entry_id"], name="keino_session_time_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.starts:%Y-%m-%d %H:%M} UTC"
