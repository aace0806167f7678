"""The pages that announce: the list of academies, and one academy's own page."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from keino_academy.announcement.admin_forms import AcademyPageForm
from keino_academy.announcement.facts import call_dates, moment_to_show
from keino_academy.announcement.panels import academy_edit_handler
from keino_academy.blocks import BodyBlock, CriteriaBlock, FactsBlock, TimelineBlock, TopicsBlock
from keino_academy.core import clock
from keino_academy.core.fields import StreamField
from keino_academy.core.pages import LocalePageMixin
from keino_academy.core.zones import validate_zone


class AbstractAcademyIndexPage(LocalePageMixin, Page):
    """A list of the academies below it, grouped by state."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    override_translatable_fields = [SynchronizedField("slug")]

    template = "keino_academy/announcement/academy_index_page.html"
    page_description = _("Lists the academies below it by state: open now, opening later, under way, ended.")

    class Meta:
        abstract = True


class AcademyIndexPage(AbstractAcademyIndexPage):
    """The list of academies."""

    class Meta:
        verbose_name = _("list of academies")
        verbose_name_plural = _("lists of academies")


class AcademyFacts(models.Model):
    """What an academy's page says as facts, the same in every language.

    Dates and times are wall-clock time in ``time_zone``, whatever zone the editor's own
    admin is set to; the academy's exact moments are computed when the page is published.
    """

    code = models.SlugField(
        _("code"),
        max_length=60,
        blank=True,
        help_text=_("Part of addresses, such as that of the calendar. Left empty, it is made of the name."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Europe/Helsinki", validators=[validate_zone]
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    opens_at = models.TimeField(_("opens at"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    closes_at = models.TimeField(
        _("closes at"), null=True, blank=True, help_text=_("23.59 includes the whole minute.")
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace in minutes"),
        default=0,
        validators=[MaxValueValidator(24 * 60)],
        help_text=_("An application that arrives this late still counts. Readers are not told."),
    )
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    decision_on = models.DateField(_("decided by"), null=True, blank=True)
    starts_on = models.DateField(_("programme starts"), null=True, blank=True)
    ends_on = models.DateField(_("programme ends"), null=True, blank=True)
    alumni_until = models.DateField(_("open to alumni until"), null=True, blank=True)
    archived_from = models.DateField(_("archived from"), null=True, blank=True)
    organiser_email = models.EmailField(
        _("organiser's e-mail"), blank=True, help_text=_("Is told of new applications and bookings.")
    )

    class Meta:
        abstract = True


class AbstractAcademyPage(AcademyFacts, LocalePageMixin, Page):
    """One academy's announcement in one language."""

    kind_label = models.CharField(
        _("line above the name"), max_length=80, blank=True, help_text=_("Such as: Theme academy 2023")
    )
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Two sentences: what one gets, and for whom it is.")
    )
    facts = StreamField(FactsBlock(), verbose_name=_("facts at the top"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("announcement"), blank=True)
    timeline = StreamField(TimelineBlock(), verbose_name=_("timeline"), blank=True)
    criteria = StreamField(CriteriaBlock(), verbose_name=_("criteria"), blank=True)
    topics = StreamField(TopicsBlock(), verbose_name=_("topics"), blank=True)
    # A stream, not a foreign key: the migration must not name the site's image model.
    share_image = StreamField(
        [("image", ImageChooserBlock())], verbose_name=_("picture for social media"), max_num=1, blank=True
    )

    template = "keino_academy/announcement/academy_page.html"
    page_description = _("Announces one academy: what it offers, when, for whom, and how to apply.")
    base_form_class = AcademyPageForm
    edit_handler = academy_edit_handler()
    #: Facts hold in every language; the end of the address may differ.
    override_translatable_fields = [
        SynchronizedField("slug"),
        *(SynchronizedField(field.name, overridable=False) for field in AcademyFacts._meta.local_fields),
    ]

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """As it is now, and as it will be: planned, open, closed and past."""
        return [
            ("", _("As it is now")),
            ("planned", _("Before the call")),
            ("open", _("While the call is open")),
            ("closed", _("When the call has closed")),
            ("past", _("After the programme")),
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Show the page at the moment of the mode, by the dates that are being edited."""
        moment = moment_to_show(call_dates(self), mode_name, clock.now()) if mode_name else None
        if moment is None:
            return super().serve_preview(request, mode_name)
        with clock.standing_at(moment):
            return super().serve_preview(request, mode_name)


class AcademyPage(AbstractAcademyPage):
    """An academy's announcement."""

    class Meta:
        verbose_name = _("academy page")
        verbose_name_plural = _("academy pages")
