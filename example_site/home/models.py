"""The site's own pages: a home page, and a page of text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class HomePage(Page):
    """What the organisation is, and the academies that it leads."""

    kind_label = models.CharField(_("line above the heading"), max_length=80, blank=True)
    heading = models.CharField(_("heading"), max_length=120)
    introduction = models.TextField(_("introduction"))
    body = RichTextField(_("text"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind_label"),
        FieldPanel("heading"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("home page")


class ContentPage(Page):
    """A page of text."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = RichTextField(_("text"))
    in_foot = models.BooleanField(_("linked to at the foot of every page"), default=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("in_foot"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page of text")
