"""Forms of the page editor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from keino_academy.announcement import queries as announcement
from keino_academy.announcement.entries import Entry, Kind
from keino_academy.announcement.programme import programme
from keino_academy.core import clock


class SessionPageForm(WagtailAdminPageForm):
    """Offers the entries of the academy's timeline to a session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "timeline_entry" in self.fields:
            plain = self.fields["timeline_entry"]
            self.fields["timeline_entry"] = forms.ChoiceField(
                choices=self._choices(), required=False, label=plain.label, help_text=plain.help_text
            )

    def _choices(self) -> list[tuple[str, str]]:
        known = [
            (item.entry.id, f"{item.day} {item.hours}".strip() + f": {item.entry.title}")
            for item in programme(self._entries(), clock.now())
        ]
        chosen = self.instance.timeline_entry
        if chosen and chosen not in dict(known):
            known.append((chosen, _("An entry that is no longer in the timeline")))
        return [("", _("No entry yet")), *known]

    def _entries(self) -> list[Entry]:
        """Entries at which people meet; deadlines are no sessions."""
        place = self.parent_page if self.parent_page is not None else self.instance
        academy = announcement.academy_of(place)
        face = announcement.find_face(academy, place.locale.language_code) if academy else None
        entries = announcement.entries_of(face) if face else []
        return [entry for entry in entries if entry.kind is not Kind.DEADLINE]
