"""Forms of the admin that models name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from keino_academy.announcement.enums import Right
from keino_academy.announcement.rights import academies_for


class SessionForm(WagtailAdminModelForm):
    """A bookable session: of an academy whose bookings the editor manages, and with days in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "academy" in self.fields and self.for_user is not None:
            self.fields["academy"].queryset = academies_for(self.for_user, Right.BOOKINGS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("books_from"), cleaned.get("books_until")
        if first and last and last < first:
            self.add_error("books_until", _("Choose a day that is not before the first one."))
        return cleaned
