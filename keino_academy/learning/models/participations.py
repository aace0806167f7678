"""Participations and their members: rows, not groups, so that access never drifts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.models import Academy
from keino_academy.applications.models import Application


class Participation(models.Model):
    """An organisation in an academy. It owns all work; people come and go in it."""

    academy = models.ForeignKey(
        Academy, verbose_name=_("academy"), on_delete=models.PROTECT, related_name="participations"
    )
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="participation"
    )
    organisation = models.CharField(_("organisation"), max_length=200)
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["organisation", "pk"]

    def __str__(self) -> str:
        return self.organisation


class Member(models.Model):
    """A person in a participation; one address may be in several.

    ``email`` is lower case. ``user`` is the account that the sign-in link made, and
    ``joined_at`` when the member signed in for the first time.
    """

    class Role(models.TextChoices):
        CONTACT = "contact", _("contact person")
        EXPERT = "expert", _("expert")
        MANAGEMENT = "management", _("management")

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), db_index=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    language = models.CharField(_("language"), max_length=15)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="keino_academy_members",
    )
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "email"],
                condition=models.Q(left_at__isnull=True),
                name="keino_member_once",
            )
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"
