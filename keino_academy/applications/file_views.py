"""Reading a file of an application: one view for whoever has its link, one for organisers."""

from __future__ import annotations

import logging
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from keino_academy.applications.models import Application, Attachment
from keino_academy.applications.own_views import OwnView
from keino_academy.applications.queries import visible_to_organisers
from keino_academy.core.admin_views import ScopedInspectView
from keino_academy.core.file_kinds import clean_name, content_type_of
from keino_academy.core.views import seal

logger = logging.getLogger("keino_academy.files")


def file_answer(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """The file, streamed, to be saved and never shown: whatever it holds, it does nothing on our pages.

    Where the storage has lost it, a page that says so (404).
    """
    try:
        opened = attachment.file.open("rb")
    except OSError as error:
        logger.error("File %s is not in the storage: %s", attachment.pk, type(error).__name__)
        return seal(render(request, "keino_academy/errors/file_gone.html", {}, status=404))
    answer = FileResponse(
        opened,
        as_attachment=True,
        filename=clean_name(attachment.name),
        content_type=content_type_of(attachment.name),
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return seal(answer)


class OwnFileView(OwnView):
    """A file of the applicant's own."""

    def get(self, request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
        """The file."""
        attachment = self.find(reference).attachments.filter(pk=pk).first()
        if attachment is None:
            raise Http404
        return file_answer(request, attachment)


class ReadFileView(ScopedInspectView):
    """A file, for those who may read the application; noted in the log as reading it."""

    def get_object(self, queryset: Any = None) -> Any:
        """The application; a draft is the applicant's alone, unless it came too late."""
        found: Any = super().get_object(queryset)
        if not Application.objects.filter(visible_to_organisers(), pk=found.pk).exists():
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ARG002 - Django's
        """The file alone."""
        return {"file": get_object_or_404(Attachment, pk=self.kwargs["file"], application=self.object)}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:  # noqa: ARG002 - Django's
        """The file."""
        return file_answer(self.request, context["file"])
