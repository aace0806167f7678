"""Screens of the admin that belong to the announcement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from keino_academy.announcement.models import Topic
from keino_academy.core.choosers import ChooseOnlyViewSet


class TopicViewSet(SnippetViewSet):
    """Topics, one for each language."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug"]
    search_fields = ["name"]
    chooser_viewset_class = ChooseOnlyViewSet
