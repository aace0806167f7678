"""What every view of the package that is not a page shares."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import override
from django.views import View
from wagtail.models import Site

from keino_academy.core.busy import busy_answer, is_busy
from keino_academy.core.doors import LinkError
from keino_academy.core.languages import is_language, language_codes, language_links

#: No path ever leaves with a referrer. ``no-referrer`` would say no more, but with it browsers
#: send ``Origin: null`` with a form (Fetch, 3.2), which Django's CSRF check refuses.
REFERRER_POLICY = "strict-origin"


def seal(response: HttpResponseBase) -> HttpResponseBase:
    """Mark an answer as personal: never stored, its address never told to others."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = REFERRER_POLICY
    return response


def keep_asking(response: HttpResponseBase) -> HttpResponseBase:
    """Mark an answer as personal, but let its one reader keep it and ask whether it still holds.

    What may not be stored at all can't be asked for by its ETag. No shared cache keeps it.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = REFERRER_POLICY
    return response


def calendar_answer(request: HttpRequest, text: str, name: str) -> HttpResponseBase:
    """A calendar that one subscribes to: shown rather than downloaded; 304 for a reader who has it."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


class LanguageView(View):
    """A view whose language is the first part of its path.

    The language holds until the answer is rendered. ``language_links`` in the context
    lead to the same thing in the other languages.
    """

    #: Whether answers are personal; see :func:`seal`.
    sealed = False
    #: What a secret link that doesn't work is answered with.
    link_template = "keino_academy/errors/link.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.language = kwargs.pop("language")
        self.kwargs = kwargs
        if not is_language(self.language):
            raise Http404
        # A 404 from here is final: LocaleMiddleware would send the reader on to /fi/academy/…, where
        # the site's pages match any path. It looks at the URLconf that the request names.
        request.urlconf = "keino_academy.urls"
        with override(self.language):
            request.LANGUAGE_CODE = self.language
            try:
                response = self._answer(request, *args, **kwargs)
                if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                    response = response.render()
            except (DatabaseError, InterfaceError) as error:
                if not is_busy(error):
                    raise
                response = busy_answer(error)
        response.headers.setdefault("Content-Language", self.language)
        if self.sealed:
            return seal(response)
        patch_cache_control(response, no_cache=True)
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if any("\x00" in str(value) for value in kwargs.values()):
                # PostgreSQL has no such character, and answers a look-up with an error.
                raise LinkError
            return super().dispatch(request, *args, **kwargs)
        except LinkError:
            return seal(self.page(request, self.link_template, {}, status=404))

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """Render a template with what every page of the package needs."""
        from django.shortcuts import render

        base = {"view": self, "language_links": list(self.language_links()), "language": self.language}
        return render(request, template, {**base, **context}, status=status)

    def language_links(self) -> Any:
        """Links to this same address in the site's other languages."""
        match = self.request.resolver_match
        if match is None:  # pragma: no cover - only a view called without a URL
            return []
        addresses = {
            code: reverse(match.view_name, args=(), kwargs={**match.kwargs, "language": code})
            for code in language_codes()
        }
        return language_links(addresses)

    @property
    def site(self) -> Site | None:
        """The Wagtail site that was asked."""
        return Site.find_for_request(self.request)
