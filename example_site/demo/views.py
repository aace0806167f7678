"""The clock's jumps and the mail viewer."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from example_site.demo import clock, mailbox


@require_POST
def jump(request: HttpRequest) -> HttpResponse:
    """Stand at another moment, and go back to the page that asked."""
    try:
        clock.jump(request.POST.get("to", ""))
    except KeyError as error:
        raise Http404 from error
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    return redirect(back)


@require_safe
@never_cache
def mails(request: HttpRequest, language: str = "") -> HttpResponse:
    """Show the mails that the site sent, the newest first."""
    codes = dict(settings.LANGUAGES)
    if language and language not in codes:
        raise Http404
    with override(language or get_language()):
        links = [
            {"code": code, "name": name, "url": f"/demo/mail/{code}/", "current": code == get_language()}
            for code, name in codes.items()
        ]
        return render(request, "demo/mails.html", {"mails": mailbox.read_mails(), "language_links": links})
