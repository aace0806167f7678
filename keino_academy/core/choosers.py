"""Choosers in which one chooses, and makes nothing new."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView


class NoCreateView(SnippetCreateView):
    """There is no form for a new snippet in the chooser; Wagtail's own view would fail without one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Nothing is done here."""
        return HttpResponseNotAllowed([])


class ChooseOnlyViewSet(SnippetChooserViewSet):
    """Snippets to choose from; new ones are made on their own screen, in their language."""

    create_view_class = NoCreateView
