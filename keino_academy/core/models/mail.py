"""The outbox: mail that is written with what it tells of, and sent later."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxMail(models.Model):
    """One mail to one address. Moments here are real time, not the academy's.

    ``scope`` is the academy's translation key, so that rights per academy reach the
    mail without this room knowing what an academy is. ``about`` names the record
    (``application:17``); together with ``kind`` it tells what was sent of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    kind = models.CharField(_("kind"), max_length=60)
    scope = models.UUIDField(null=True, blank=True, db_index=True)
    about = models.CharField(max_length=80, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=15)
    to = models.EmailField(_("to"))
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="keino_outbox_waiting",
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        # No name, address or subject: log labels keep this after the mail is gone.
        return f"{self.kind} {self.pk}"
