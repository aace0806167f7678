"""The columns that the list of applications may have; ``APPLICATION_COLUMNS`` chooses among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from keino_academy.applications.answer_sheet import kind_of, language_name
from keino_academy.applications.models import Application
from keino_academy.conf import DEFAULTS, academy_settings
from keino_academy.core import dates


@dataclass(frozen=True)
class ListColumn:
    """What a column is called, what it says, and what it is sorted by (nothing: it can't be)."""

    label: Promise | str
    value: Callable[[Application], Any]
    sort_key: str | None = None

    def build(self, name: str, column_class: type[Column] = Column, **more: Any) -> Column:
        """The column as Wagtail draws it."""
        label = capfirst(str(self.label))
        return column_class(name, label=label, accessor=self.value, sort_key=self.sort_key, **more)


def met_of(application: Application) -> str:
    """``5/6``."""
    return f"{application.met}/{application.asked}" if application.asked else "–"


def _moment(name: str) -> Callable[[Application], str]:
    def value(application: Application) -> str:
        moment = getattr(application, name)
        return dates.moment(application.academy.local(moment)) if moment else "–"

    return value


def _text(name: str) -> Callable[[Application], str]:
    return lambda application: getattr(application, name) or "–"


def _pilot(application: Application) -> str:
    pilot = getattr(application, "pilot", None)
    return pilot.title if pilot else "–"


def _months(application: Application) -> str:
    pilot = getattr(application, "pilot", None)
    months = [month for month in (pilot.first_month, pilot.last_month) if month] if pilot else []
    return dates.months(months[0], months[-1]) if months else "–"


def state_of(application: Application) -> str:
    """Where it stands, and whether it came too late."""
    state = capfirst(str(application.get_state_display()))
    return gettext("%(state)s, late") % {"state": state} if application.late_at else state


COLUMNS: dict[str, ListColumn] = {
    "reference": ListColumn(_("reference"), _text("reference"), "reference"),
    "organisation": ListColumn(_("organisation"), _text("organisation"), "organisation"),
    "kind": ListColumn(_("Kind"), kind_of),
    "state": ListColumn(_("State"), state_of, "state"),
    "sent": ListColumn(_("Sent"), _moment("sent_at"), "sent_at"),
    "met": ListColumn(_("Criteria met"), met_of, "met"),
    "booked": ListColumn(_("Discussion"), _moment("booked_at"), "booked_at"),
    "academy": ListColumn(_("Academy"), lambda one: one.academy.title, "academy__title"),
    "business_id": ListColumn(_("business id"), _text("business_id"), "business_id"),
    "contact_name": ListColumn(_("contact person"), _text("contact_name"), "contact_name"),
    "contact_email": ListColumn(_("e-mail"), _text("contact_email"), "contact_email"),
    "contact_phone": ListColumn(_("phone"), _text("contact_phone")),
    "language": ListColumn(_("language"), lambda one: language_name(one.language), "language"),
    "moved": ListColumn(_("last moved"), _moment("moved_at"), "moved_at"),
    "pilot": ListColumn(_("pilot procurement"), _pilot),
    "pilot_months": ListColumn(_("Months of the pilot"), _months, "pilot__first_month"),
}


def chosen_columns() -> dict[str, ListColumn]:
    """The site's choice in its order; what is no column is left out, and nothing at all is the default."""
    names: Sequence[str] = academy_settings.APPLICATION_COLUMNS
    found = {name: COLUMNS[name] for name in names if name in COLUMNS}
    return found or {name: COLUMNS[name] for name in DEFAULTS["APPLICATION_COLUMNS"]}


def unknown_columns() -> list[str]:
    """What the site names that is no column."""
    return sorted({str(name) for name in academy_settings.APPLICATION_COLUMNS} - set(COLUMNS))
