"""Times that can be booked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keino_academy.booking.models.hosts import Host
from keino_academy.booking.models.series import SlotSeries
from keino_academy.core import clock, dates


class SlotBatch(models.Model):
    """Times that were made together, and can be taken away together."""

    series = models.ForeignKey(
        SlotSeries, verbose_name=_("bookable session"), on_delete=models.CASCADE, related_name="batches"
    )
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    class Meta:
        verbose_name = _("batch of times")
        verbose_name_plural = _("batches of times")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} UTC"


class Slot(models.Model):
    """One time of a series, with a number of seats. ``ends`` is exclusive."""

    series = models.ForeignKey(
        SlotSeries, verbose_name=_("bookable session"), on_delete=models.PROTECT, related_name="slots"
    )
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    place = models.CharField(_("place"), max_length=200, blank=True)
    join_link = models.URLField(_("join link"), max_length=500, blank=True)
    hosts = models.ManyToManyField(Host, verbose_name=_("hosts"), blank=True, related_name="slots")
    batch = models.ForeignKey(
        SlotBatch, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="slots"
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    #: Touched first by whoever books, so that bookers of one slot queue up.
    lock_version = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("time")
        verbose_name_plural = _("times")
        ordering = ["starts", "pk"]
        indexes = [models.Index(fields=["series", "starts"], name="keino_slot_series_starts")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="keino_slot_ends_after_start"
            ),
            models.CheckConstraint(condition=models.Q(seats__gt=0), name="keino_slot_has_seats"),
        ]

    def when(self) -> str:
        """From when to when in the academy's zone, in the active language."""
        local = self.series.academy.local
        return f"{dates.weekday(local(self.starts))}{dates.NBSP}{dates.occasion(local(self.starts), local(self.ends))}"

    when.short_description = _("when")  # type: ignore[attr-defined]
    when.admin_order_field = "starts"  # type: ignore[attr-defined]

    @property
    def is_coming(self) -> bool:
        """Whether it stands and has not begun."""
        return self.cancelled_at is None and self.starts > clock.now()

    @property
    def state(self) -> str:
        """Cancelled, past or coming, as a word."""
        if self.cancelled_at is not None:
            return gettext("cancelled")
        return gettext("coming") if self.is_coming else gettext("past")

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m-%d %H:%M} UTC"
