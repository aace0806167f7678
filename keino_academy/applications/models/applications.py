"""Applications and their revisions."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from keino_academy.announcement.models import Academy
from keino_academy.applications.enums import Actor, ApplicationState
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
    organisation_kind = models.CharField(_("kind of organisation"), max_length=40, blank=True)
    business_id = models.CharField(_("business id"), max_length=20, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    answers = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    #: ``{section: {field: [text, …]}}``, as typed, of sections in which something is still to be mended.
    typed = models.JSONField(default=dict)
    #: ``{section: {"saved": moment, "count": number of savings}}`` of sections that were saved by themselves.
    progress = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    #: How many criteria the answers meet, of how many that were asked; counted when it is sent.
    met = models.PositiveSmallIntegerField(_("criteria met"), default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    #: The token of the form that made it: the same form never makes two.
    nonce = models.CharField(max_length=40, unique=True)
    #: What names the organisation, once it has claimed its place: see ``guard.organisation_key``.
    organisation_key = models.CharField(max_length=200, blank=True)
    #: Name and domain, whatever the key is: an application without a business id is found by it.
    name_key = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    #: When the link in the mail was first opened: the address is the applicant's.
    opened_at = models.DateTimeField(_("link opened"), null=True, blank=True)
    saved_at = models.DateTimeField(_("last saved"), null=True, blank=True)
    #: When something was first saved, or sending was tried, after the call had closed.
    late_at = models.DateTimeField(_("late since"), null=True, blank=True)
    #: Until when this application alone may still be sent, and why.
    extended_until = models.DateTimeField(_("extended until"), null=True, blank=True)
    extension_reason = models.TextField(_("reason of the extension"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    in_grace = models.BooleanField(_("sent within the grace"), default=False)
    #: What the organiser asked for when it was returned for completion.
    return_message = models.TextField(_("what is to be completed"), blank=True)
    #: Why it waits in quarantine (a code, see ``suspicion``), and when somebody let it through.
    suspicion = models.CharField(_("suspicion"), max_length=40, blank=True)
    cleared_at = models.DateTimeField(_("let through"), null=True, blank=True)
    moved_at = models.DateTimeField(_("last moved"))

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        # Rights are the academy's: a permission of Django's would show labels in the site's history.
        default_permissions = ()
        ordering = ["-sent_at", "-pk"]
        indexes = [
            # With all that the list asks of each row, so that it is counted and sorted by the index alone.
            models.Index(
                fields=["academy", "-sent_at", "-id", "state", "late_at", "suspicion", "cleared_at"],
                name="keino_application_rows",
            ),
            models.Index(fields=["academy", "state"], name="keino_application_state"),
            models.Index(fields=["academy", "name_key"], name="keino_application_name"),
        ]
        constraints = [
            # One live application per organisation and round.
            models.UniqueConstraint(
                fields=["academy", "organisation_key"],
                condition=~models.Q(organisation_key="")
                & ~models.Q(state__in=[ApplicationState.WITHDRAWN, ApplicationState.ERASED]),
                name="keino_application_one_live",
            )
        ]

    def __str__(self) -> str:
        # No names: log labels keep this after the application is erased.
        return self.reference


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
