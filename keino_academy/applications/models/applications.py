"""Applications and what belongs to them."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.models import Academy
from keino_academy.applications.enums import (
    Actor,
    ApplicationState,
    PilotCategory,
    PilotPhase,
    ValueBand,
)
from keino_academy.applications.models.documents import FormDocument
from keino_academy.core.codes import new_reference
from keino_academy.core.fields import new_secret


class Application(models.Model):
    """One organisation's application to one academy.

    ``answers`` are keyed by question id within ``document``; their shapes are those of
    :class:`keino_academy.applications.journey.QuestionType`. What has a column, a pilot or
    a team member of its own is not repeated there; ``queries.all_answers`` puts all together.
    """

    academy = models.ForeignKey(
        Academy, verbose_name=_("academy"), on_delete=models.PROTECT, related_name="applications"
    )
    document = models.ForeignKey(FormDocument, on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(_("reference"), max_length=20, unique=True, default=new_reference)
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    state = models.CharField(
        _("state"), max_length=20, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    language = models.CharField(_("language"), max_length=15)
    organisation = models.CharField(_("organisation"), max_length=200)
    organisation_kind = models.CharField(_("kind of organisation"), max_length=40)
    business_id = models.CharField(_("business id"), max_length=20, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120)
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    answers = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    #: How many criteria the answers meet, of how many that were asked; counted when it is sent.
    met = models.PositiveSmallIntegerField(_("criteria met"), default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    #: The token of the form that made it: the same form never makes two.
    nonce = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField(_("begun"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    in_grace = models.BooleanField(_("sent within the grace"), default=False)
    moved_at = models.DateTimeField(_("last moved"))

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        # Rights are the academy's: a permission of Django's would show labels in the site's history.
        default_permissions = ()
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["academy", "-sent_at", "-id"], name="keino_application_list"),
            models.Index(fields=["academy", "state"], name="keino_application_state"),
        ]

    def __str__(self) -> str:
        # No names: log labels keep this after the application is erased.
        return self.reference


class Pilot(models.Model):
    """The procurement that would be coached. Months are their first days."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="pilot")
    title = models.CharField(_("name"), max_length=200)
    category = models.CharField(_("what is procured"), max_length=20, choices=PilotCategory)
    phase = models.CharField(_("phase"), max_length=20, choices=PilotPhase)
    first_month = models.DateField(_("first month"))
    last_month = models.DateField(_("last month"))
    value_band = models.CharField(_("estimated value"), max_length=20, choices=ValueBand)
    aims = models.TextField(_("aims"), blank=True)

    class Meta:
        verbose_name = _("pilot procurement")
        verbose_name_plural = _("pilot procurements")
        default_permissions = ()

    def __str__(self) -> str:
        return f"pilot {self.pk}"


class TeamMember(models.Model):
    """A person of the applicant's team; ``number`` counts from 1."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="team")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    secret = models.CharField(max_length=64, unique=True, default=new_secret)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    sessions = models.JSONField(default=list)

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


class Revision(models.Model):
    """What an application held at one moment, and what moved it. Only ever added."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="revisions")
    made_at = models.DateTimeField(_("made"))
    transition = models.CharField(_("transition"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=ApplicationState)
    actor = models.CharField(_("by"), max_length=20, choices=Actor)
    user_id_text = models.CharField(max_length=64, blank=True)
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"revision {self.pk}"
