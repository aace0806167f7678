"""Choosing a bookable session for a page: those of academies that the editor has to do with."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.permissions import page_permission_policy
from wagtail.snippets.views import chooser

from keino_academy.announcement.queries import academies_for
from keino_academy.booking.models import BookableSession
from keino_academy.core.choosers import ChooseOnlyViewSet


def choosable_sessions(user: Any) -> QuerySet[BookableSession]:
    """Sessions of academies in which the user has a right, or whose page they may edit."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    edited = Q(academy__translation_key__in=pages.order_by().values("translation_key"))
    return BookableSession.objects.filter(edited | Q(academy__in=academies_for(user)))


class _Choosable:
    """Offers and answers for these sessions only; others are not there."""

    request: HttpRequest

    def get_object_list(self) -> QuerySet[BookableSession]:
        return choosable_sessions(self.request.user)

    def get_object(self, pk: str) -> BookableSession:
        return choosable_sessions(self.request.user).get(pk=pk)

    def get_objects(self, pks: list[str]) -> QuerySet[BookableSession]:
        return choosable_sessions(self.request.user).filter(pk__in=pks)


class SessionChooseView(_Choosable, chooser.ChooseView):
    """The window to choose in."""


class SessionChooseResultsView(_Choosable, chooser.ChooseResultsView):
    """What a search in it finds."""


class SessionChosenView(_Choosable, chooser.SnippetChosenView):
    """What the page is told of the chosen one."""


class SessionChosenMultipleView(_Choosable, chooser.SnippetChosenMultipleView):
    """What the page is told of several."""


class SessionChooserViewSet(ChooseOnlyViewSet):
    """The chooser of bookable sessions."""

    choose_view_class = SessionChooseView
    choose_results_view_class = SessionChooseResultsView
    chosen_view_class = SessionChosenView
    chosen_multiple_view_class = SessionChosenMultipleView
