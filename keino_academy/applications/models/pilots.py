"""The pilot procurement of an application."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.enums import PilotCategory, PilotPhase, ValueBand
from keino_academy.applications.models.applications import Application


class Pilot(models.Model):
    """The procurement that would be coached. Months are their first days; a draft's may be missing."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="pilot")
    title = models.CharField(_("name"), max_length=200, blank=True)
    category = models.CharField(_("what is procured"), max_length=20, choices=PilotCategory, blank=True)
    phase = models.CharField(_("phase"), max_length=20, choices=PilotPhase, blank=True)
    first_month = models.DateField(_("first month"), null=True, blank=True)
    last_month = models.DateField(_("last month"), null=True, blank=True)
    value_band = models.CharField(_("estimated value"), max_length=20, choices=ValueBand, blank=True)
    aims = models.TextField(_("aims"), blank=True)

    class Meta:
        verbose_name = _("pilot procurement")
        verbose_name_plural = _("pilot procurements")
        default_permissions = ()

    def __str__(self) -> str:
        return f"pilot {self.pk}"
