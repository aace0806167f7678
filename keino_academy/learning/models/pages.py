"""The participants' pages: only editorial; what people do are rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page

from keino_academy.blocks import MaterialsBlock
from keino_academy.core.fields import StreamField
from keino_academy.core.pages import LocalePageMixin


class AbstractLearningHomePage(LocalePageMixin, Page):
    """The root of an academy's closed pages, and each participant's "my academy"."""

    introduction = RichTextField(_("introduction"), blank=True)
    contact_name = models.CharField(_("contact at the organiser"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)

    template = "keino_academy/learning/learning_home_page.html"

    class Meta:
        abstract = True


class LearningHomePage(AbstractLearningHomePage):
    """The participants' home page."""

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
    join_link = models.URLField(_("join link"), max_length=500, blank=True)
    materials = StreamField(MaterialsBlock(), verbose_name=_("materials"), blank=True)

    template = "keino_academy/learning/session_page.html"

    class Meta:
        abstract = True


class SessionPage(AbstractSessionPage):
    """A session's page."""

    class Meta:
        verbose_name = _("session page")
        verbose_name_plural = _("session pages")
