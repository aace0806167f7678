"""The list of applications in the admin: its filters, its columns and its export."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from keino_academy.applications.answer_sheet import AnswerSheet, language_name
from keino_academy.applications.list_columns import chosen_columns
from keino_academy.applications.models import Application
from keino_academy.applications.pilot_views import pilots_button
from keino_academy.applications.queries import count_drafts, held
from keino_academy.applications.rights import nudging_academies, readable_academies
from keino_academy.applications.sheet_rows import with_booked_at
from keino_academy.core.admin_views import ScopedIndexView
from keino_academy.core.exports import csv_response, xlsx_response
from keino_academy.core.languages import current_language, language_codes
from keino_academy.core.organisations import organisation_kinds
from keino_academy.core.paging import KeyPaginator

QUARANTINE = "quarantine"
_GRACE, _LATE = "in_grace", "late"


class ApplicationFilters(WagtailFilterSet):
    """By academy, state, kind of organisation, criteria, discussion and what is out of the ordinary."""

    organisation_kind = ChoiceFilter(choices=organisation_kinds, label=_("Kind of organisation"))
    criteria = ChoiceFilter(
        choices=[("all", _("All met")), ("some", _("Not all met"))], label=_("Criteria"), method="by_criteria"
    )
    booked = ChoiceFilter(
        choices=[("yes", _("Booked")), ("no", _("Not booked"))], label=_("Discussion"), method="by_booked"
    )
    flagged = ChoiceFilter(
        choices=[
            (_GRACE, _("Sent within the grace")),
            (_LATE, _("Late")),
            (QUARANTINE, _("In quarantine")),
        ],
        label=_("Out of the ordinary"),
        method="by_flag",
    )

    class Meta:
        model = Application
        fields = ["academy", "state", "organisation_kind"]

    def by_criteria(self, rows: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        """Those that meet every criterion that they were asked, or those that don't."""
        met = {"asked__gt": 0, "met__gte": F("asked")}
        return rows.filter(**met) if value == "all" else rows.exclude(**met)

    def by_booked(self, rows: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        """Those that have booked a discussion, or have none."""
        none = {"booked_at": None}
        return rows.filter(**none) if value == "no" else rows.exclude(**none)

    def by_flag(self, rows: QuerySet[Application], _name: str, value: str) -> QuerySet[Application]:
        """Those within the grace, or late; what is in quarantine the list has chosen already."""
        chosen = {_GRACE: {"in_grace": True}, _LATE: {"late_at__isnull": False}}
        return rows.filter(**chosen.get(value, {}))


class ApplicationIndexView(ScopedIndexView):
    """The list: what a reader asks of each application stands in its row."""

    paginator_class = KeyPaginator

    def get_base_queryset(self) -> QuerySet[Any]:
        """The user's applications: those in quarantine alone where they are asked for, else the others."""
        found = with_booked_at(super().get_base_queryset().select_related("academy", "pilot"))
        if not self.is_export:
            # No column shows them, and they are long.
            found = found.defer(
                "answers", "typed", "progress", "return_message", "extension_reason", "pilot__aims"
            )
        # Here and not in the filter, which does nothing when another filter makes no sense.
        hidden = held()
        return found.filter(hidden if self.request.GET.get("flagged") == QUARANTINE else ~hidden)

    @property
    def hidden_drafts(self) -> int:
        """How many drafts the list leaves out, of the academy that is chosen or of all that the user reads."""
        academies, chosen = readable_academies(self.request.user), self.request.GET.get("academy", "")
        return count_drafts(academies.filter(pk=chosen) if chosen.isdecimal() else academies)

    @cached_property
    def columns(self) -> list[Column]:
        """The site's choice; the first one leads to the application, which is all that a row offers."""
        (name, first), *others = chosen_columns().items()
        leading = first.build(name, TitleColumn, get_url=self.get_inspect_url)
        return [leading, *(column.build(other) for other, column in others)]

    @cached_property
    def header_buttons(self) -> list[Button]:
        """Also: who has not booked yet, for those who may remind them."""
        buttons = super().header_buttons
        if not nudging_academies(self.request.user).exists():
            return buttons
        url = reverse(self.viewset.get_url_name("unbooked"))
        return [*buttons, HeaderButton(_("Who has not booked yet"), url=url, icon_name="calendar-alt")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Also: pilots by month, and the same spreadsheets in the site's other languages."""
        # Beside the title a second button would leave no room for the title.
        return [pilots_button(), *super().header_more_buttons, *self.other_sheets()]

    def other_sheets(self) -> list[Button]:
        """A button for each format and language that is not the user's."""
        found = []
        for number, code in enumerate(one for one in language_codes() if one != self.sheet_language):
            for form, word in (("xlsx", "XLSX"), ("csv", "CSV")):
                label = gettext("Download %(format)s in: %(language)s") % {
                    "format": word,
                    "language": language_name(code),
                }
                url = f"{self.get_export_url(form)}&language={code}"
                found.append(Button(label, url=url, icon_name="download", priority=110 + number))
        return found

    @property
    def sheet_language(self) -> str:
        """The language that is asked for, else the user's, else the site's first."""
        known = language_codes()
        wanted = (self.request.GET.get("language"), current_language())
        return next((code for code in wanted if code in known), known[0])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The list; or the export, for which Wagtail's own way would hold every row in memory to count them."""
        if self.is_export:
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        """The answers of what the list shows, which is noted first."""
        if self.request.method == "HEAD":
            return HttpResponse()
        language = self.sheet_language
        self.viewset.note_rows(
            self.request, queryset, format=spreadsheet_format, language=language, **self.chosen()
        )
        make = csv_response if spreadsheet_format == "csv" else xlsx_response
        return make(self.get_filename(), AnswerSheet(queryset, language).rows(), language)

    def chosen(self) -> dict[str, Any]:
        """By what the rows were chosen, for the log; of a search only that there was one, since it may be a name."""
        names = self.filters.form.fields if self.filters else ()
        chosen = {name: self.request.GET[name] for name in names if self.request.GET.get(name)}
        return {"filters": chosen, "searched": bool(self.request.GET.get("q"))}
