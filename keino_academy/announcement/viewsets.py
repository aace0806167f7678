"""Screens of the admin that belong to the announcement."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView
from wagtail.snippets.views.snippets import SnippetViewSet

from keino_academy.announcement.models import Topic


class NoCreateView(SnippetCreateView):
    """There is no form for a new topic in the chooser; Wagtail's own view would fail without one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Nothing is done here."""
        return HttpResponseNotAllowed([])


class TopicChooserViewSet(SnippetChooserViewSet):
    """Topics to choose from; new ones are made on their own screen, in their language."""

    create_view_class = NoCreateView


class TopicViewSet(SnippetViewSet):
    """Topics, one for each language."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug"]
    search_fields = ["name"]
    chooser_viewset_class = TopicChooserViewSet
