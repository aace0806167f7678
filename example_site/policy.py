"""Who sends the Content-Security-Policy: this site, one for readers and one for the editor."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """The strict policy of the settings, and a looser one below ``/admin/``."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            response._csp_config = settings.ADMIN_SECURITY_POLICY  # noqa: SLF001 - its documented door
        return super().process_response(request, response)
