"""Search, pictures, and what is said when something is not there."""

import mimetypes

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, Site


@require_safe
def search(request):
    """Find public pages of the active language: what is closed shows no title either."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = []
    if query:
        root = Site.find_for_request(request).root_page
        pages = Page.objects.live().public().descendant_of(root.localized, inclusive=True)
        found = pages.filter(locale=Locale.get_active()).search(query)
    results = Paginator(found, 10).get_page(request.GET.get("page"))
    return render(request, "home/search.html", {"query": query, "results": results})


@require_safe
def image(request, path):  # noqa: ARG001 - Django gives the request
    """Serve pictures as they are shown. Documents lie in another folder, which has no address."""
    name = f"images/{path}"
    if ".." in path.split("/") or not default_storage.exists(name):
        raise Http404
    response = FileResponse(
        default_storage.open(name), content_type=mimetypes.guess_type(name)[0] or "application/octet-stream"
    )
    response["Cache-Control"] = "public, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    # A drawing may hold scripts; as a picture none runs, and opened alone none may.
    response._csp_config = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": []}  # noqa: SLF001
    return response


def forbidden(request, exception=None):  # noqa: ARG001 - a handler of Django's
    """Answer 403."""
    return render(request, "keino_academy/errors/403.html", status=403)


def not_found(request, exception=None):  # noqa: ARG001
    """Answer 404."""
    return render(request, "keino_academy/errors/404.html", status=404)


def server_error(request):  # noqa: ARG001
    """Answer 500 from a template that asks nothing of the database."""
    return render(None, "keino_academy/errors/500.html", status=500)
