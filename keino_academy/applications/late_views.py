"""What an organiser does with a late draft, in the admin: two pages with a button each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from keino_academy.announcement.enums import Right
from keino_academy.announcement.queries import may_in
from keino_academy.applications.actions import NotPossible, accept_late, extend
from keino_academy.applications.answer_sheet import language_name
from keino_academy.applications.doing_views import DoingView
from keino_academy.applications.enums import ApplicationState
from keino_academy.applications.late_forms import ExtendForm
from keino_academy.applications.models import Application
from keino_academy.applications.queries import is_held
from keino_academy.applications.standing import is_complete
from keino_academy.core import dates
from keino_academy.core.zones import last_minute


def is_late_draft(application: Application) -> bool:
    """Whether it is a draft that an organiser sees."""
    return application.state == ApplicationState.DRAFT and application.late_at is not None


def late_buttons(application: Application, user: Any) -> list[Button]:
    """The ways to both pages, for who may decide; taking it only where nothing is missing."""
    if not is_late_draft(application) or not may_in(user, application.academy, Right.DECIDE):
        return []
    more = reverse("keino_applications:extend", args=[application.pk])
    buttons = [Button(gettext("Give more time"), url=more, icon_name="time", priority=5)]
    if is_complete(application):
        take = reverse("keino_applications:accept_late", args=[application.pk])
        buttons.append(Button(gettext("Take it as sent"), url=take, icon_name="check", priority=6))
    return buttons


class LateView(DoingView):
    """What both pages know: the draft, and the way back to it."""

    scope_action = "decide"
    header_icon = "time"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The draft, and in what language its applicant reads."""
        return super().get_context_data(**kwargs) | {
            "application": self.object,
            "language": language_name(self.object.language),
            "is_possible": is_late_draft(self.object),
            "is_held": is_held(self.object),
            "application_url": self.application_url,
        }


class ExtendView(LateView):
    """Until when the draft may still be sent; posting it tells the applicant."""

    form_class = ExtendForm
    template_name = "keino_academy/admin/applications/extend.html"
    page_title = _("Give more time")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Also the zone of the academy's clock."""
        return super().get_form_kwargs() | {"zone": self.object.academy.time_zone}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also until when it may be sent already, if more time was given before."""
        until = self.object.extended_until
        known = dates.moment(last_minute(self.object.academy.local(until))) if until else ""
        return super().get_context_data(**kwargs) | {"until": known}

    def form_valid(self, form: ExtendForm) -> HttpResponse:
        """Give it, or say what happened meanwhile."""
        assert form.until is not None  # noqa: S101 - a valid form has one
        try:
            extend(self.object, form.until, form.cleaned_data["reason"], self.request.user)
        except NotPossible as error:
            messages.error(self.request, str(error))
        else:
            until = dates.moment(last_minute(self.object.academy.local(form.until)))
            told = gettext("%(organisation)s may send the application until %(until)s.")
            messages.success(self.request, told % {"organisation": self.object.organisation, "until": until})
        return redirect(self.application_url)


class AcceptLateView(LateView):
    """What happens when the draft is taken; posting it does so."""

    form_class = forms.Form
    template_name = "keino_academy/admin/applications/accept_late.html"
    page_title = _("Take it as sent")
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also whether something is missing."""
        return super().get_context_data(**kwargs) | {"is_complete": is_complete(self.object)}

    def form_valid(self, _form: forms.Form) -> HttpResponse:
        """Take it, or say why not."""
        try:
            accept_late(self.object, self.request.user)
        except NotPossible as error:
            messages.error(self.request, str(error))
        else:
            told = gettext("The application of %(organisation)s was taken as sent. The mails go out now.")
            messages.success(self.request, told % {"organisation": self.object.organisation})
        return redirect(self.application_url)
