"""Who takes part in an application besides its contact person, each by a link of their own."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keino_academy.applications.models.applications import Application
from keino_academy.core.fields import new_secret


class TeamMember(models.Model):
    """A person of the applicant's team; ``number`` counts from 1."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="team")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    #: When the link was last sent to the address.
    asked_at = models.DateTimeField(_("link sent"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    #: ``{entry id of the timeline: "yes" | "no" | "unsure"}``, as the member said it.
    sessions = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="keino_team_number_once")
        ]

    def __str__(self) -> str:
        return f"team member {self.pk}"


class Countersignature(models.Model):
    """The commitment of a named member of the management.

    ``promise`` is what was shown and signed: ``{"language": …, "rows": [[question, answer], …]}``;
    ``digest`` is its hash, so that a signature of something else than what stands now is seen.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="countersignature")
    name = models.CharField(_("name"), max_length=120, blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    asked_at = models.DateTimeField(_("link sent"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    promise = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("countersignature")
        verbose_name_plural = _("countersignatures")
        default_permissions = ()

    def __str__(self) -> str:
        return f"countersignature {self.pk}"


class Colleague(models.Model):
    """Somebody who writes the application along, by a link of their own that the contact can take back."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="colleagues")
    email = models.EmailField(_("e-mail"))
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    invited_at = models.DateTimeField(_("invited"))
    #: When the link was first opened.
    opened_at = models.DateTimeField(_("link opened"), null=True, blank=True)

    class Meta:
        verbose_name = _("colleague")
        verbose_name_plural = _("colleagues")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(models.F("application"), Lower("email"), name="keino_colleague_once")
        ]

    def __str__(self) -> str:
        return f"colleague {self.pk}"


class ApplicationReminder(models.Model):
    """A reminder that was made: once for each application, kind and person."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=40)
    #: Whom it is for, where there are several: ``member:12``.
    key = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "key"], name="keino_reminder_of_application"
            )
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk}"
