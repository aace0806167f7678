"""Those who meet people who book, and when they are busy elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.models import Academy


class Host(models.Model):
    """A person who meets those who book in one academy; is told by mail of bookings."""

    academy = models.ForeignKey(
        Academy, verbose_name=_("academy"), on_delete=models.CASCADE, related_name="hosts"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Where the host meets people, unless a time says otherwise."),
    )
    join_link = models.URLField(_("join link"), max_length=500, blank=True)
    #: Touched first by whoever gives the host a time, so that nobody sits in two at once.
    lock_version = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{_('host')} {self.pk}"


class HostCalendar(models.Model):
    """A calendar of a host's own, by its address or from a file. What is busy there hides times.

    Moments of reading are real time. ``failure`` is empty after a good reading; a bad one
    leaves the busy times of the last good one.
    """

    host = models.ForeignKey(Host, verbose_name=_("host"), on_delete=models.CASCADE, related_name="calendars")
    url = models.CharField(_("address of the calendar (ICS)"), max_length=1000, blank=True)
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    next_read_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(_("last fault"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("host’s calendar")
        verbose_name_plural = _("hosts’ calendars")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{_('host’s calendar')} {self.pk}"


class HostBusy(models.Model):
    """A span in which a host is busy elsewhere; ``ends`` is exclusive. What it is about is never kept."""

    calendar = models.ForeignKey(HostCalendar, on_delete=models.CASCADE, related_name="busy")
    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="busy")
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["host", "starts", "ends"], name="keino_host_busy")]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m-%d %H:%M} UTC"
