"""What an organiser does with a member: invite again, mark as left. A page that asks, and a button."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from keino_academy.announcement.enums import Right
from keino_academy.announcement.queries import academies_for
from keino_academy.core.views import seal
from keino_academy.learning import actions, queries


class MemberView(WagtailAdminTemplateMixin, View):
    """One verb on one member who is in."""

    template_name = "keino_academy/learning/member_confirm.html"
    header_icon = "user"
    _show_breadcrumbs = True
    label: Promise
    words: Promise
    done: Promise

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Another academy's member is not found, nor one who has left."""
        academies = academies_for(request.user, Right.PARTICIPANTS)
        if not academies.exists():
            raise PermissionDenied
        members = queries.live_members(participation__academy__in=academies)
        self.member = get_object_or_404(members, pk=kwargs.pop("pk"))
        return seal(super().dispatch(request, *args, **kwargs))

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        """What will happen."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Do it."""
        self.act(request)
        messages.success(request, str(self.done) % {"name": self.member.name})
        return redirect(self.participation_url)

    def act(self, request: HttpRequest) -> None:
        """The verb."""
        raise NotImplementedError

    @property
    def participation_url(self) -> str:
        """The participation in the admin."""
        return reverse("keino_participations:inspect", args=[self.member.participation_id])

    def get_page_title(self) -> str:
        """The verb's name."""
        return str(self.label)

    def get_page_subtitle(self) -> str:
        """On whom."""
        return self.member.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the participation."""
        way = [
            {"url": reverse("keino_participations:index"), "label": _("Participants")},
            {"url": self.participation_url, "label": self.member.participation.organisation},
        ]
        return [*self.breadcrumbs_items, *way, {"url": "", "label": self.label, "sublabel": self.member.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who, what and the way back."""
        return super().get_context_data(
            member=self.member,
            label=self.label,
            words=str(self.words) % {"name": self.member.name, "email": self.member.email},
            back_url=self.participation_url,
            **kwargs,
        )


class InviteView(MemberView):
    """Sends the invitation, for the first time or again."""

    label = _("Send invitation")
    words = _("An invitation goes to %(name)s, %(email)s.")
    done = _("The invitation to %(name)s is in the outbox.")

    def act(self, request: HttpRequest) -> None:
        """Put the mail into the outbox."""
        actions.send_invitation_again(self.member, request.user)


class LeaveView(MemberView):
    """Marks a member as left."""

    label = _("Mark as left")
    words = _("%(name)s, %(email)s, is out of the closed pages at once. What the team has done stays.")
    done = _("%(name)s has left.")

    def act(self, request: HttpRequest) -> None:
        """Note it."""
        actions.mark_left(self.member, request.user)
