"""The page on which one applies."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from keino_academy.applications.admin_forms import ApplicationPageForm
from keino_academy.blocks import QuestionsBlock
from keino_academy.core.fields import StreamField
from keino_academy.core.pages import LocalePageMixin
from keino_academy.core.views import seal


class AbstractApplicationPage(LocalePageMixin, Page):
    """Child of an academy's page; the academy is found by the parent's family.

    The form's own sections come from the academy's criteria; ``questions`` are the editor's.
    """

    introduction = RichTextField(_("introduction"), blank=True)
    questions = StreamField(QuestionsBlock(), verbose_name=_("further questions"), blank=True)
    asks_pilot = models.BooleanField(_("ask for a pilot procurement"), default=True)
    team_size = models.PositiveSmallIntegerField(
        _("size of the team"),
        default=3,
        validators=[MaxValueValidator(20)],
        help_text=_("A criterion about the team says its own size. 0 asks for no team."),
    )
    asks_management = models.BooleanField(
        _("ask the management to countersign"),
        default=True,
        help_text=_("A named member of the management confirms the commitment by a link of their own."),
    )
    needs_team = models.BooleanField(
        _("the whole team confirms before sending"),
        default=False,
        help_text=_("Else the members may confirm later, until the call closes."),
    )
    needs_management = models.BooleanField(
        _("the management countersigns before sending"),
        default=False,
        help_text=_("Else the management may countersign later, until the call closes."),
    )
    privacy = RichTextField(
        _("privacy notice in short"), blank=True, help_text=_("Who reads the answers, and for how long.")
    )
    receipt = RichTextField(
        _("text of the receipt"), blank=True, help_text=_("What happens next, and by when.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("questions"),
        MultiFieldPanel(
            [
                FieldPanel("asks_pilot"),
                FieldPanel("team_size"),
                FieldPanel(
                    "needs_team",
                    help_text=_(
                        "Nobody can send an application before each member has an e-mail address and has confirmed "
                        "by a link of their own. One who is away keeps the whole application waiting. Else the "
                        "members may confirm later, until the call closes."
                    ),
                ),
                FieldPanel("asks_management"),
                FieldPanel(
                    "needs_management",
                    help_text=_(
                        "Nobody can send an application before its management has signed what it says then: after "
                        "every change of what is promised it signs again. Else the management may countersign "
                        "later, until the call closes."
                    ),
                ),
            ],
            heading=_("What the form asks"),
        ),
        MultiFieldPanel([FieldPanel("privacy"), FieldPanel("receipt")], heading=_("What the form tells")),
    ]
    override_translatable_fields = [
        SynchronizedField("asks_pilot", overridable=False),
        SynchronizedField("team_size", overridable=False),
        SynchronizedField("needs_team", overridable=False),
        SynchronizedField("asks_management", overridable=False),
        SynchronizedField("needs_management", overridable=False),
        SynchronizedField("slug"),
    ]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The form by which one applies. Its sections come from the academy’s criteria.")

    template = "keino_academy/applications/application_page.html"
    base_form_class = ApplicationPageForm

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Each form has a token of its own: no cache may give one to two people.
        return seal(super().serve(request, *args, **kwargs))


class ApplicationPage(AbstractApplicationPage):
    """An application page."""

    parent_page_types = ["keino_academy.AcademyPage"]

    class Meta:
        verbose_name = _("application page")
        verbose_name_plural = _("application pages")
