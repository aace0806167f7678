"""Which documents are closed, and by which page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from keino_academy.announcement.models import Academy


class ClosedDocument(models.Model):
    """A document that a closed page uses, or used, in a draft or in public.

    Rows are only added: a document that was taken off a page does not become public by that.
    It is closed as long as a row stands, whichever open page uses it too. ``document`` is its
    primary key as text, so that the row outlives a change of the site's document model.
    """

    document = models.CharField(_("document"), max_length=64, db_index=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    academy = models.ForeignKey(
        Academy, verbose_name=_("academy"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("closed document")
        verbose_name_plural = _("closed documents")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["document", "page"], name="keino_closed_document_once")
        ]

    def __str__(self) -> str:
        return f"document {self.document}"
