"""Topics: tags that are translated."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import TranslatableMixin


class Topic(TranslatableMixin, models.Model):
    """What academies are about, one snippet per language."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("address"), max_length=80, help_text=_("The end of the address that lists its academies.")
    )

    panels = [TitleFieldPanel("name"), FieldPanel("slug", widget=SlugInput)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
