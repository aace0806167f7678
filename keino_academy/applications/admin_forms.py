"""The form by which editors write the page on which one applies."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from keino_academy.announcement.queries import source_language
from keino_academy.blocks.conditions import Referred, raise_faults, reference_faults, referred


class ApplicationPageForm(WagtailAdminPageForm):
    """Checks that conditions ask about what there is: the criteria stand on the academy's page."""

    def clean(self) -> dict[str, Any]:
        """Check the conditions, unless a draft is saved."""
        cleaned = super().clean() or self.cleaned_data
        questions = cleaned.get("questions") or ()
        if not self.is_deferred_validation and any(_says_anything(child.value) for child in questions):
            try:
                raise_faults(reference_faults(questions, before=self._criteria(), labels=self._is_source()))
            except ValidationError as error:
                self.add_error("questions", error)
        return cleaned

    def _criteria(self) -> list[Referred]:
        """The criteria as they are being written: the two pages are prepared together."""
        latest: Any = self.parent_page.get_latest_revision_as_object()
        return [
            referred(child.value, child.block_type, criterion=True)
            for child in getattr(latest, "criteria", ())
        ]

    def _is_source(self) -> bool:
        return bool(self.parent_page.locale.language_code == source_language(self.parent_page))


def _says_anything(value: Any) -> bool:
    """Whether a question has a name, or a condition."""
    return bool(value.get("name") or (value.get("when") or {}).get("about"))
