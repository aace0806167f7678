"""The page on which one applies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page

from keino_academy.blocks import QuestionsBlock
from keino_academy.core.fields import StreamField
from keino_academy.core.pages import LocalePageMixin


class AbstractApplicationPage(LocalePageMixin, Page):
    """Child of an academy's page; the academy is found by the parent's family.

    The form's own sections come from the academy's criteria; ``questions`` are the editor's.
    """

    introduction = RichTextField(_("introduction"), blank=True)
    questions = StreamField(QuestionsBlock(), verbose_name=_("further questions"), blank=True)
    asks_pilot = models.BooleanField(_("ask for a pilot procurement"), default=True)
    team_size = models.PositiveSmallIntegerField(_("size of the team"), default=3)
    privacy = RichTextField(
        _("privacy notice in short"), blank=True, help_text=_("Who reads the answers, and for how long.")
    )
    receipt = RichTextField(
        _("text of the receipt"), blank=True, help_text=_("What happens next, and by when.")
    )

    template = "keino_academy/applications/application_page.html"

    class Meta:
        abstract = True


class ApplicationPage(AbstractApplicationPage):
    """An application page."""

    class Meta:
        verbose_name = _("application page")
        verbose_name_plural = _("application pages")
