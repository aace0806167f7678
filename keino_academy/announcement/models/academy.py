"""The academy: the locale-free body behind the pages that announce it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.call import CallDates, call_state
from keino_academy.announcement.enums import CallState, Right
from keino_academy.core import clock
from keino_academy.core.zones import validate_zone


class Academy(models.Model):
    """One per family of translated pages; written when the source page is published.

    Moments are exact, and ends exclusive: ``closes`` is the first instant that is too late.
    Deleting the page never deletes the academy: applications hang on it.
    """

    translation_key = models.UUIDField(unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("name"), max_length=255)
    language = models.CharField(_("source language"), max_length=15)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Europe/Helsinki", validators=[validate_zone]
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    opens = models.DateTimeField(_("opens"), null=True, blank=True)
    closes = models.DateTimeField(_("closes"), null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(_("grace in minutes"), default=0)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    decision_on = models.DateField(_("decided by"), null=True, blank=True)
    starts = models.DateTimeField(_("starts"), null=True, blank=True)
    ends = models.DateTimeField(_("ends"), null=True, blank=True)
    alumni_until = models.DateTimeField(_("open to alumni until"), null=True, blank=True)
    archived_from = models.DateTimeField(_("archived from"), null=True, blank=True)
    organiser_email = models.EmailField(_("organiser's e-mail"), blank=True)
    published = models.BooleanField(_("published"), default=False)
    released_at = models.DateTimeField(_("results released"), null=True, blank=True)

    class Meta:
        verbose_name = _("academy")
        verbose_name_plural = _("academies")
        ordering = ["-closes", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its times are meant."""
        return ZoneInfo(self.time_zone)

    @property
    def call_dates(self) -> CallDates:
        """The dates that decide its state."""
        return CallDates(
            opens=self.opens,
            closes=self.closes,
            grace=timedelta(minutes=self.grace_minutes),
            released=self.released_at,
            starts=self.starts,
            ends=self.ends,
            alumni_until=self.alumni_until,
            archived_from=self.archived_from,
            published=self.published,
        )

    @property
    def state(self) -> CallState:
        """Its state by the academy's clock."""
        return call_state(self.call_dates, clock.now())

    def local(self, moment: datetime) -> datetime:
        """The moment in the academy's zone."""
        return moment.astimezone(self.zone)


class AcademyRight(models.Model):
    """What a Wagtail group may do in one academy; set on the group's own screen."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="academy_rights")
    academy = models.ForeignKey(
        Academy, verbose_name=_("academy"), on_delete=models.CASCADE, related_name="rights"
    )
    right = models.CharField(max_length=20, choices=Right)

    class Meta:
        verbose_name = _("right in an academy")
        verbose_name_plural = _("rights in academies")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["group", "academy", "right"], name="keino_right_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.academy_id} {self.right}"
