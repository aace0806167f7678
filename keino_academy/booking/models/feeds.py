"""Calendars that one person subscribes to."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.models import Academy
from keino_academy.core.fields import new_secret


class PersonalFeed(models.Model):
    """The calendar of one holder in one academy, behind a secret that can be renewed.

    ``holder`` is as in :class:`Booking` (``application:17``, ``email:…``) or ``host:3``.
    Moments are real time. ``fetched_by`` names the program that asked last.
    """

    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, related_name="feeds")
    holder = models.CharField(max_length=300)
    language = models.CharField(_("language"), max_length=15)
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    made_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(_("last fetched"), null=True, blank=True)
    fetched_by = models.CharField(max_length=60, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["academy", "holder"], name="keino_one_feed_a_holder")]

    def __str__(self) -> str:
        return f"{_('calendar feed')} {self.pk}"
