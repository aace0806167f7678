"""The room's system check; docs/reference/checks.md lists it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register("keino_academy")
def check_documents(**kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ARG001 - every check is called alike
    """Closed documents are only closed where Wagtail's view serves them."""
    method = getattr(settings, "WAGTAILDOCS_SERVE_METHOD", None)
    if method not in {"direct", "redirect"}:
        return []
    return [
        checks.Warning(
            "Documents are read from their storage's own address, past the question who may read them.",
            hint='Set WAGTAILDOCS_SERVE_METHOD = "serve_view".',
            id="keino_academy.W008",
        )
    ]
