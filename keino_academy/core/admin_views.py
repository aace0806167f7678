"""Wagtail's generic views, closed to rows of other academies; used by ``core.admin`` alone."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseForm, ModelChoiceField
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from keino_academy.core.exports import SafeExportMixin
from keino_academy.core.views import seal


class _Scoped:
    """What every view knows: its viewset, and what of its rows it is after."""

    viewset: Any = None
    scope_action = "view"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who has no right anywhere; answers are personal."""
        if not self.viewset.policy.user_has_permission(request.user, self.scope_action):
            raise PermissionDenied
        return seal(super().dispatch(request, *args, **kwargs))  # type: ignore[misc]

    def _limit(self, form: BaseForm) -> BaseForm:
        """Offer in the form's choices of rows only the user's own."""
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and field.queryset is not None:
                field.queryset = self.viewset.choices(
                    self.request.user, self.scope_action, name, field.queryset
                )
        return form


class _ScopedObject(_Scoped):
    """A view of one row."""

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:  # noqa: ARG002 - Wagtail's
        """The row if it is the user's; else 404, which tells nothing."""
        known = getattr(self, "object", None)
        if known is not None:
            return known
        rows = self.viewset.scope(self.request.user, self.scope_action)
        return get_object_or_404(rows, pk=unquote(str(self.kwargs["pk"])))  # type: ignore[attr-defined]


class _NotesReading(_ScopedObject):
    """A view that shows what a row holds."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it, and note that it was shown; who asks for the headers alone has read nothing."""
        response = super().get(request, *args, **kwargs)  # type: ignore[misc]
        if request.method == "GET":
            self.viewset.note_read(request, self.object)  # type: ignore[attr-defined]
        return response


class ScopedIndexView(SafeExportMixin, _Scoped, generic.IndexView):
    """The list, its filters and its export."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """The user's rows."""
        return self.viewset.scope(self.request.user, "view")

    @cached_property
    def filters(self) -> Any:
        """Filters that offer the user's own rows only."""
        found = super().filters
        if found:
            self._limit(found.form)
        return found

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """In the order that is asked for; rows that are alike in it by their keys, so that no page repeats another's."""
        found = super().order_queryset(queryset)
        return found.order_by(*found.query.order_by, "-pk") if self.ordering else found

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponseBase:
        """The export, which is noted first."""
        self.viewset.note_export(self.request, queryset.count())
        return super().as_spreadsheet(queryset, spreadsheet_format)


class ScopedCreateView(_Scoped, generic.CreateView):
    """Adding a row to one of the user's academies."""

    scope_action = "add"

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The form with the user's own choices."""
        return self._limit(super().get_form(form_class))


class ScopedEditView(_NotesReading, generic.EditView):
    """Changing a row."""

    scope_action = "change"

    def get_form(self, form_class: Any = None) -> BaseForm:
        """The form with the user's own choices."""
        return self._limit(super().get_form(form_class))


class ScopedDeleteView(_ScopedObject, generic.DeleteView):
    """Deleting a row."""

    scope_action = "delete"


class ScopedInspectView(_NotesReading, generic.InspectView):
    """Reading a row."""


class ScopedHistoryView(_ScopedObject, history.HistoryView):
    """What the log says of a row."""

    any_permission_required = ["view", "change"]


class ScopedUsageView(_ScopedObject, usage.UsageView):
    """What refers to a row."""

    permission_required = "view"


class ScopedPageView(_Scoped, WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin in a hand of its own, about many rows."""

    _show_breadcrumbs = True


class ScopedFormPageView(_Scoped, WagtailAdminTemplateMixin, FormView):
    """A form of the admin that changes many rows at once."""

    _show_breadcrumbs = True


class ScopedRowFormView(_NotesReading, WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]
    """A form of the admin that does one thing with one row."""

    _show_breadcrumbs = True
    object: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the row if it is the user's."""
        super().setup(request, *args, **kwargs)
        self.object = self.get_object()
