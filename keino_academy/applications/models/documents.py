"""The form as a document: frozen, so that an application keeps what it answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.models import Academy


class FormDocument(models.Model):
    """One version of an academy's form, in every language it had.

    ``content`` is ``{language: {"language": …, "sections": […]}}`` as
    :mod:`keino_academy.applications.documents` writes it; ``structure`` hashes ids, types,
    rules and order, and no text.
    """

    academy = models.ForeignKey(
        Academy, verbose_name=_("academy"), on_delete=models.PROTECT, related_name="form_documents"
    )
    version = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    structure = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("form document")
        verbose_name_plural = _("form documents")
        default_permissions = ()
        ordering = ["academy", "-version"]
        constraints = [models.UniqueConstraint(fields=["academy", "version"], name="keino_form_version_once")]

    def __str__(self) -> str:
        return f"{self.academy_id} v{self.version}"
