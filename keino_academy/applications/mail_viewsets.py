"""Mail that waits or failed, in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from keino_academy.announcement.enums import Right
from keino_academy.announcement.models import Academy
from keino_academy.announcement.rights import academies_for
from keino_academy.applications.queries import draft_keys
from keino_academy.applications.rights import readable_academies
from keino_academy.core.admin import ScopedViewSet
from keino_academy.core.admin_views import ScopedIndexView
from keino_academy.core.models import OutboxMail
from keino_academy.core.outbox import retry
from keino_academy.core.views import seal

State = OutboxMail.State


def mails_for(user: Any) -> QuerySet[OutboxMail]:
    """The mails that a user may see: those of a room in whose academy the user has that room's right."""
    mails = OutboxMail.objects.all()
    if user.is_active and user.is_superuser:
        return mails
    keys = {
        "applications/": readable_academies(user),
        "selection/": academies_for(user, Right.DECIDE),
        "booking/": academies_for(user, Right.BOOKINGS),
        "learning/": academies_for(user, Right.PARTICIPANTS),
    }
    wanted = Q(pk__in=[])
    for kind, academies in keys.items():
        wanted |= Q(kind__startswith=kind, scope__in=academies.values("translation_key"))
    # Whoever has only begun to write is nobody's business yet.
    return mails.filter(wanted).exclude(about__in=draft_keys())


def stuck_mails(user: Any) -> QuerySet[OutboxMail]:
    """The user's mails that wait or failed."""
    return mails_for(user).exclude(state=State.SENT)


class MailIndexView(ScopedIndexView):
    """The list, with a button for what failed."""

    def get_list_buttons(self, instance: OutboxMail) -> list[Button]:
        """Send again."""
        if instance.state != State.FAILED:
            return []
        url = reverse("keino_mails:send_again", args=[instance.pk])
        return [Button(_("Send again"), url=url, icon_name="mail")]


class SendAgainView(WagtailAdminTemplateMixin, TemplateView):
    """A page with a button that puts one failed mail back into the queue."""

    page_title = gettext_lazy("Send again")
    header_icon = "mail"
    template_name = "keino_academy/admin/applications/send_again.html"
    viewset: Any = None

    def find(self) -> OutboxMail:
        """The mail, if it is the user's and failed."""
        mails = self.viewset.scope(self.request.user, "change").filter(state=State.FAILED)
        return get_object_or_404(mails, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The mail."""
        return super().get_context_data(**kwargs) | {
            "mail": self.find(),
            "list_url": reverse("keino_mails:index"),
        }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Mail is personal."""
        return seal(super().dispatch(request, *args, **kwargs))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002 - the URL's
        """Queue it."""
        mail = self.find()
        retry(OutboxMail.objects.filter(pk=mail.pk))
        messages.success(request, _("The mail is sent with the next ones."))
        return redirect("keino_mails:index")


class MailViewSet(ScopedViewSet):
    """Mails that wait or failed."""

    model = OutboxMail
    name = "keino_mails"
    url_prefix = "academy/mails"
    icon = "mail"
    menu_label = gettext_lazy("Mails that wait")
    menu_order = 900
    allows = frozenset({"view", "change"})
    index_view_class = MailIndexView
    list_filter = ["state"]
    search_fields = ["to", "subject"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "subject",
        "to",
        Column("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
        DateColumn("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
        Column("attempts", label=gettext_lazy("Attempts"), sort_key="attempts"),
        "error",
    ]

    def owners(self, user: Any, action: str) -> QuerySet[Academy]:  # noqa: ARG002 - see alike, send alike
        """Where the user has any right."""
        return academies_for(user)

    def scope(self, user: Any, action: str = "view") -> QuerySet[OutboxMail]:
        """The user's mails; none is changed by a form or deleted."""
        return stuck_mails(user) if action in self.allows else OutboxMail.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list and the button alone: mail is read where it arrives."""
        kept = [
            pattern for pattern in super().get_urlpatterns() if pattern.name in {"index", "index_results"}
        ]
        again = self.construct_view(SendAgainView)
        return [*kept, path("send-again/<int:pk>/", again, name="send_again")]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The list leads nowhere else."""
        nowhere = dict.fromkeys(("edit_url_name", "delete_url_name", "add_url_name", "inspect_url_name"))
        return super().get_index_view_kwargs(**nowhere, **kwargs)


class MailSummary(SummaryItem):
    """How many mails wait or failed, on the admin's first page."""

    order = 400
    template_name = "keino_academy/admin/applications/mail_summary.html"

    def is_shown(self) -> bool:
        """To who has a right in an academy."""
        return academies_for(self.request.user).exists()

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's
        """The numbers."""
        mails = stuck_mails(self.request.user)
        return {
            "waiting": mails.filter(state=State.WAITING).count(),
            "failed": mails.filter(state=State.FAILED).count(),
            "url": reverse("keino_mails:index"),
        }
