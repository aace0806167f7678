"""Mixins for pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import override


class LocalePageMixin(models.Model):
    """A page that speaks its own locale's language, with or without ``i18n_patterns``."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._speak(super().serve, request, *args, **kwargs)  # type: ignore[misc]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return self._speak(super().serve_preview, request, mode_name)  # type: ignore[misc]

    def _speak(self, serve: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = self.locale.language_code  # type: ignore[attr-defined]
        with override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = serve(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
        response.headers.setdefault("Content-Language", language)
        return response
