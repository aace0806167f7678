"""A preview, before publishing, of what a bookable session writes to those who book."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from keino_academy.booking.models import BookableSession
from keino_academy.booking.samples import sample, spoken
from keino_academy.core.languages import language_codes
from keino_academy.core.views import seal


class SessionMailsView(WagtailAdminTemplateMixin, View):
    """Every mail with its calendar entry in one language; ``?file=`` gives an entry as a file."""

    page_title = _("Mails and calendar entry")
    header_icon = "mail"
    template_name = "keino_academy/admin/session_mails.html"
    _show_breadcrumbs = True
    #: The viewset, which knows whose sessions the user may see.
    owner_viewset: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the session among the user's own."""
        rows: Any = self.owner_viewset.scope(request.user, "view")
        self.session: BookableSession = get_object_or_404(rows, pk=kwargs.pop("pk"))
        return seal(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or one file of it."""
        asked = request.GET.get("language", "")
        language = asked if asked in language_codes() else self.session.locale.language_code
        made = sample(self.session, language)
        if (
            not self.owner_viewset.owners(request.user, "view")
            .filter(pk=made.booking.series.academy_id)
            .exists()
        ):
            raise Http404
        mails = list(made.mails())
        if "file" in request.GET:
            return _file(next((mail.file for mail in mails if mail.name == request.GET["file"]), ""))
        codes = spoken(self.session)
        return self.render_to_response(
            self.get_context_data(
                sample=made,
                mails=mails,
                language=language,
                languages=[(code, get_language_info(code)["name_translated"]) for code in language_codes()],
                is_translated=language in codes,
                source=get_language_info(codes[0])["name_translated"],
            )
        )

    def get_page_subtitle(self) -> str:
        """Which session."""
        return self.session.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the session."""
        listing = {
            "url": reverse(self.owner_viewset.get_url_name("list")),
            "label": gettext("Bookable sessions"),
        }
        way = {
            "url": reverse(self.owner_viewset.get_url_name("edit"), args=[self.session.pk]),
            "label": self.session.title,
        }
        return [*self.breadcrumbs_items, listing, way, {"url": "", "label": self.get_page_title()}]


def _file(text: str) -> HttpResponse:
    if not text:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="entry.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
