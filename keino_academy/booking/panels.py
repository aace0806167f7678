"""Panels of the session that can be booked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

SESSION_PANELS = [
    FieldPanel("title"),
    FieldPanel("text", help_text=_("What the discussion is for: two sentences above the days.")),
    FieldRowPanel([FieldPanel("hosts_said"), FieldPanel("place")]),
    FieldPanel("preparation", help_text=_("Shown on the booking's own page, to which every mail leads.")),
    MultiFieldPanel(
        [
            FieldPanel("academy"),
            FieldRowPanel([FieldPanel("purpose"), FieldPanel("minutes")]),
            FieldRowPanel([FieldPanel("books_from"), FieldPanel("books_until")]),
            FieldRowPanel([FieldPanel("audience"), FieldPanel("change_until_hours")]),
            FieldPanel("one_per_holder"),
            FieldRowPanel([FieldPanel("waiting_list"), FieldPanel("offer_hours")]),
            FieldRowPanel([FieldPanel("remind_hours"), FieldPanel("remind_soon_minutes")]),
        ],
        heading=_("Rules of booking"),
        help_text=_("The same in every language. They take effect when the session is published."),
    ),
]
