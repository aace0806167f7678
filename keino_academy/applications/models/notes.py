"""What the organiser writes down of a discussion."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.models.applications import Application


class DiscussionNote(models.Model):
    """What was said of one criterion, or of the whole where ``question`` is empty. Applicants never see it.

    ``verdict`` is what the organiser thinks that the criterion's answer is now: a value of
    :class:`keino_academy.announcement.criteria.Verdict`, or nothing.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    question = models.CharField(max_length=80, blank=True)
    text = models.TextField(_("note"), blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note of a discussion")
        verbose_name_plural = _("notes of discussions")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="keino_note_of_criterion")
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
