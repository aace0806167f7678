"""Statements that a public body must publish: created filled, then edited."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from keino_academy.announcement.admin_forms import StatementForm
from keino_academy.core.pages import LocalePageMixin


class AbstractStatementPage(LocalePageMixin, Page):
    """A page of one rich text."""

    body = RichTextField(
        _("text"),
        blank=True,
        help_text=_("Replace what stands in square brackets. The text is yours: read all of it."),
    )

    #: The text with which an editor begins.
    initial_template = ""

    base_form_class = StatementForm
    content_panels = [*Page.content_panels, FieldPanel("body")]

    template = "keino_academy/announcement/statement_page.html"

    class Meta:
        abstract = True


class AccessibilityStatementPage(AbstractStatementPage):
    """The accessibility statement."""

    page_description = _("How accessible the site is. It begins with the text that the law asks for.")
    initial_template = "keino_academy/announcement/statements/accessibility.html"

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")


class PrivacyNoticePage(AbstractStatementPage):
    """The privacy notice."""

    page_description = _("How personal data is handled. It begins with a text to fill in.")
    initial_template = "keino_academy/announcement/statements/privacy.html"

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
