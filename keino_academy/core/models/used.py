"""Tokens that are good once."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class UsedToken(models.Model):
    """A token that was used; the unique digest makes a second use impossible, also at once."""

    purpose = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["purpose", "digest"], name="keino_token_used_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
