"""The participants' pages: only editorial; what people do are rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from keino_academy.blocks import MaterialsBlock
from keino_academy.core.fields import StreamField
from keino_academy.core.pages import LocalePageMixin
from keino_academy.learning.admin_forms import SessionPageForm


class AbstractLearningHomePage(LocalePageMixin, Page):
    """The root of an academy's closed pages, and each participant's "my academy".

    Everything below it is closed as well, of whatever type.
    """

    introduction = RichTextField(_("introduction"), blank=True)
    contact_name = models.CharField(_("contact at the organiser"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email")], heading=_("Whom participants ask")
        ),
    ]
    template = "keino_academy/learning/learning_home_page.html"
    page_description = _(
        "The home of an academy's participants. It and all pages below it are closed to others."
    )

    class Meta:
        abstract = True


class LearningHomePage(AbstractLearningHomePage):
    """The participants' home page."""

    parent_page_types = ["keino_academy.AcademyPage"]

    class Meta:
        verbose_name = _("participants' home page")
        verbose_name_plural = _("participants' home pages")


class AbstractSessionPage(LocalePageMixin, Page):
    """A session: its date, time and place come from the timeline entry that it names."""

    timeline_entry = models.CharField(
        _("entry in the timeline"),
        max_length=64,
        blank=True,
        help_text=_("Date, time and place come from it."),
    )
    introduction = RichTextField(_("introduction"), blank=True)
    join_link = models.URLField(
        _("join link"),
        max_length=500,
        blank=True,
        help_text=_("Participants see it from 15 minutes before the session until its end."),
    )
    materials = StreamField(MaterialsBlock(), verbose_name=_("materials"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("timeline_entry"),
        FieldPanel("introduction"),
        FieldPanel("join_link"),
        FieldPanel("materials"),
    ]
    base_form_class = SessionPageForm
    template = "keino_academy/learning/session_page.html"
    page_description = _("One session with its materials, for participants only.")

    class Meta:
        abstract = True


class SessionPage(AbstractSessionPage):
    """A session's page."""

    parent_page_types = ["keino_academy.LearningHomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("session page")
        verbose_name_plural = _("session pages")
