"""Asking before Wagtail does: pages and documents that are closed are served to those who may."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from wagtail.documents.views.serve import serve as serve_document
from wagtail.models import Page

from keino_academy.core.languages import current_language, is_language
from keino_academy.core.views import seal
from keino_academy.learning import access, queries
from keino_academy.learning.phases import Action

_VISIT = "_keino_academy_visit"
_ASKED = "_keino_academy_asked"


def guard_page(page: Page, request: HttpRequest, *_args: Any) -> HttpResponseBase | None:
    """The answer to who may not read the page; None lets it be served."""
    roots = queries.roots_of(page)
    if not roots and not queries.is_learning_page(page):
        return None
    visit = access.closed_visit(request.user, Action.READ, roots, [page])
    if not visit.allowed:
        return turn_down(request, page.locale.language_code)
    home = next((root for root in roots if page.path.startswith(root.path)), None)
    if home is not None:
        page.locale = home.locale  # It is the same one, and has been read already.
    setattr(request, _VISIT, replace(visit, home=home))
    return None


def visit_of(request: HttpRequest) -> access.Visit | None:
    """What the guard found when it let this request in; None where nothing is closed."""
    return getattr(request, _VISIT, None)


def seal_page(serve: Any) -> Any:
    """Wagtail's chain of serving, whose answer is kept out of every cache when the page is closed."""

    def inner(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        response = serve(page, request, args, kwargs)
        return seal(response) if visit_of(request) else response

    return inner


def guard_document(document: Any, request: HttpRequest) -> HttpResponseBase | None:
    """Serve a closed document to who may read it, sealed; None leaves an open one to Wagtail."""
    if getattr(request, _ASKED, None) == document.pk:
        return None
    rows = queries.closing_of(document)
    if not rows:
        return None
    if not access.document_visit(request.user, Action.READ, rows).allowed:
        return turn_down(request, current_language())
    # Once more through Wagtail's own view, for its other questions and its way of sending files.
    setattr(request, _ASKED, document.pk)
    return _as_answer(seal(serve_document(request, document.pk, document.filename)))


def _as_answer(response: HttpResponseBase) -> HttpResponseBase:
    """The response as one that Wagtail takes from a hook: it passes over streamed ones, and serves anew.

    The same object, with ``HttpResponse`` among its classes, so that its file is closed as ever.
    """
    if not isinstance(response, HttpResponse):
        kind = type(response)
        response.__class__ = type(f"Answered{kind.__name__}", (kind, HttpResponse), {})
    return response


def turn_down(request: HttpRequest, language: str) -> HttpResponseBase:
    """Strangers are led to the sign-in, others read why they see nothing. Both learn no title."""
    if not is_language(language):
        language = current_language()
    if not request.user.is_authenticated:
        query = urlencode({"next": request.get_full_path()})
        sign_in = reverse("keino_academy:sign_in", kwargs={"language": language})
        return seal(redirect(f"{sign_in}?{query}"))
    with override(language):
        context = {"language": language}
        return seal(render(request, "keino_academy/learning/outsider.html", context, status=403))
