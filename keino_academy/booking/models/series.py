"""A session that can be booked: its face in each language, and its locale-free series."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from keino_academy.announcement.models import Academy
from keino_academy.booking.admin_forms import SessionForm
from keino_academy.booking.enums import Audience, Purpose
from keino_academy.booking.panels import SESSION_PANELS


class SeriesFacts(models.Model):
    """What holds of a series in every language. Days are meant in the academy's zone."""

    academy = models.ForeignKey(
        Academy, verbose_name=_("academy"), on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, default=Purpose.DISCUSSION)
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience, default=Audience.ANYONE)
    books_from = models.DateField(
        _("bookable from"), null=True, blank=True, help_text=_("Left empty: when the call opens.")
    )
    books_until = models.DateField(
        _("bookable until"), null=True, blank=True, help_text=_("Left empty: until the call closes.")
    )
    one_per_holder = models.BooleanField(_("one booking for each organisation"), default=True)
    change_until_hours = models.PositiveSmallIntegerField(
        _("can be moved and cancelled until, in hours before"), default=24
    )
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), default=45, validators=[MinValueValidator(5), MaxValueValidator(24 * 60)]
    )
    waiting_list = models.BooleanField(
        _("waiting list when every time is taken"),
        default=True,
        help_text=_("A time that becomes free is offered to those who wait, first come first served."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("an offer from the waiting list holds for, in hours"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(14 * 24)],
    )
    remind_hours = models.PositiveSmallIntegerField(
        _("reminder, in hours before"),
        default=24,
        validators=[MaxValueValidator(14 * 24)],
        help_text=_("0 sends no reminder."),
    )
    remind_soon_minutes = models.PositiveSmallIntegerField(
        _("second reminder, in minutes before"),
        default=0,
        validators=[MaxValueValidator(6 * 60)],
        help_text=_("0 sends no second reminder."),
    )

    class Meta:
        abstract = True


class AbstractBookableSession(SeriesFacts, DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """What people read before they book, in one language."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    preparation = RichTextField(_("how to prepare"), blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    hosts_said = models.CharField(_("with whom"), max_length=200, blank=True)

    base_form_class = SessionForm
    panels = SESSION_PANELS
    #: Facts hold in every language, so that only the source's can be edited.
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("text"),
        TranslatableField("preparation"),
        TranslatableField("place"),
        TranslatableField("hosts_said"),
        *(SynchronizedField(field.name, overridable=False) for field in SeriesFacts._meta.local_fields),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title


class BookableSession(AbstractBookableSession):
    """A session that can be booked."""

    class Meta(AbstractBookableSession.Meta):
        verbose_name = _("bookable session")
        verbose_name_plural = _("bookable sessions")


class SlotSeries(SeriesFacts):
    """The body of one family of bookable sessions; written when the source is published.

    ``title`` is the source's. While the source is unpublished nothing of it can be booked.
    """

    academy = models.ForeignKey(
        Academy, verbose_name=_("academy"), on_delete=models.PROTECT, related_name="series"
    )
    translation_key = models.UUIDField(unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    published = models.BooleanField(_("published"), default=False)

    class Meta:
        verbose_name = _("series of times")
        verbose_name_plural = _("series of times")

    def __str__(self) -> str:
        return self.title
