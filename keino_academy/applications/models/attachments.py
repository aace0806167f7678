"""Files that answer a question. They lie in a storage that serves nothing by itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.models.applications import Application
from keino_academy.core.private_files import private_path, private_storage


class Attachment(models.Model):
    """One file of an application. ``question`` is the id of the question that it answers."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    question = models.CharField(max_length=80)
    #: What the applicant called it, without folders; shown, and never a part of a path.
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(storage=private_storage, upload_to=private_path, max_length=200)
    content_type = models.CharField(max_length=100)
    #: In bytes.
    size = models.PositiveBigIntegerField(_("size"))
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["application", "question"], name="keino_attachment_of")]

    def __str__(self) -> str:
        return f"file {self.pk}"
