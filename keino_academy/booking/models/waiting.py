"""Places in a waiting list."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.booking.enums import WAITS, WaitingState
from keino_academy.booking.models.series import SlotSeries
from keino_academy.booking.models.slots import Slot
from keino_academy.core.codes import new_reference
from keino_academy.core.fields import new_secret


class Waiting(models.Model):
    """One holder's place in the waiting list of a series; ``pk`` is the order.

    ``day`` limits it to the times of one day in the academy's zone. ``passed`` are times that
    the holder was offered and did not want; they are not offered to them again.
    """

    series = models.ForeignKey(
        SlotSeries, verbose_name=_("bookable session"), on_delete=models.CASCADE, related_name="waiting"
    )
    day = models.DateField(_("only on"), null=True, blank=True)
    holder = models.CharField(max_length=300, db_index=True)
    holder_key = models.CharField(max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=WaitingState, default=WaitingState.WAITING)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    person = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=15)
    note = models.TextField(_("note"), blank=True)
    reference = models.CharField(_("reference"), max_length=20, unique=True, default=new_reference)
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    nonce = models.CharField(max_length=40, unique=True)
    joined_at = models.DateTimeField(_("waits since"))
    passed = models.ManyToManyField(Slot, blank=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("place in the waiting list")
        verbose_name_plural = _("waiting list")
        ordering = ["pk"]
        indexes = [models.Index(fields=["series", "state"], name="keino_waiting_series_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "holder_key"],
                condition=models.Q(state__in=[str(state.value) for state in WAITS]),
                name="keino_holder_waits_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference
