"""What editors see of the pages that announce."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page


def academy_edit_handler() -> TabbedInterface:
    """The tabs of an academy's page: what it says, when things are, what it asks, its facts."""
    return TabbedInterface(
        [
            ObjectList(_announcement(), heading=_("Announcement")),
            ObjectList(_timeline(), heading=pgettext_lazy("an academy", "Timeline")),
            ObjectList(_criteria(), heading=_("Criteria")),
            ObjectList(_dates(), heading=_("Dates")),
            ObjectList([*Page.promote_panels, FieldPanel("share_image")], heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )


def _announcement() -> list:
    return [
        FieldPanel("kind_label"),
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("facts"),
        FieldPanel("body"),
        FieldPanel("topics", icon="tag"),
    ]


def _timeline() -> list:
    return [
        FieldPanel("timeline", icon="calendar"),
        MultiFieldPanel(
            [FieldPanel("timeline_lines")], heading=_("Paste dates"), icon="paste", classname="collapsed"
        ),
    ]


def _criteria() -> list:
    return [
        HelpPanel(
            content=_(
                "Each criterion is written once: it stands on the page, in “Could we apply?”, "
                "in the form and in the list of those who choose."
            ),
            heading=_("How criteria are used"),
        ),
        FieldPanel("criteria", icon="list-ul"),
    ]


def _dates() -> list:
    return [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("opens_at")]),
                FieldRowPanel([FieldPanel("closes_on"), FieldPanel("closes_at")]),
                FieldPanel("grace_minutes"),
                FieldPanel("decision_on"),
            ],
            heading=_("Call"),
            icon="time",
            help_text=_("The call opens and closes by itself. Times are those of the academy’s time zone."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("alumni_until"), FieldPanel("archived_from")]),
            ],
            heading=_("Programme"),
            icon="calendar-alt",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("year"), FieldPanel("places")]),
                FieldPanel("organiser_email"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("time_zone")]),
            ],
            heading=_("Academy"),
            icon="info-circle",
        ),
    ]
