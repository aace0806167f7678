"""Returning an application for completion, in the admin: a page with a message, and a button."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from keino_academy.announcement.enums import Right
from keino_academy.announcement.queries import may_in
from keino_academy.applications.actions import NotPossible
from keino_academy.applications.actions.returning import return_for_completion
from keino_academy.applications.answer_sheet import language_name
from keino_academy.applications.doing_views import DoingView
from keino_academy.applications.models import Application
from keino_academy.applications.return_forms import ReturnForm
from keino_academy.applications.transitions import find


def can_be_returned(application: Application) -> bool:
    """Whether the table of transitions lets it be returned from where it stands."""
    return find("return", application.state) is not None


def return_buttons(application: Application, user: Any) -> list[Button]:
    """The way to the page, for who may decide and while it is possible."""
    if not can_be_returned(application) or not may_in(user, application.academy, Right.DECIDE):
        return []
    url = reverse("keino_applications:return", args=[application.pk])
    return [Button(gettext("Return for completion"), url=url, icon_name="undo", priority=5)]


class ReturnView(DoingView):
    """What is to be completed; posting it returns the application and tells the applicant."""

    scope_action = "decide"
    form_class = ReturnForm
    template_name = "keino_academy/admin/applications/return.html"
    page_title = _("Return for completion")
    header_icon = "undo"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The application, and in what language its applicant reads."""
        return super().get_context_data(**kwargs) | {
            "application": self.object,
            "language": language_name(self.object.language),
            "is_possible": can_be_returned(self.object),
            "application_url": self.application_url,
        }

    def form_valid(self, form: ReturnForm) -> HttpResponse:
        """Return it, or say who was there first."""
        try:
            return_for_completion(self.object, form.cleaned_data["message"], self.request.user)
        except NotPossible as error:
            messages.error(self.request, str(error))
        else:
            text = gettext(
                "%(organisation)s is asked to complete the application. The mail is in the outbox."
            )
            messages.success(self.request, text % {"organisation": self.object.organisation})
        return redirect(self.application_url)
