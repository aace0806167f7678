"""Mixins for pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import override
from wagtail.models import Site


class LocalePageMixin(models.Model):
    """A page that speaks its own locale's language, with or without ``i18n_patterns``."""

    class Meta:
        abstract = True

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[str]:
        """The class's own template where the site has one, else that of the page that it extends.

        Wagtail gives every class a default name of its own, so a plain attribute is not inherited.
        """
        own = super().get_template(request, *args, **kwargs)  # type: ignore[misc]
        inherited = (
            vars(base).get("template") for base in type(self).__mro__ if issubclass(base, LocalePageMixin)
        )
        return list(dict.fromkeys([own, *filter(None, inherited)]))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._speak(super().serve, request, *args, **kwargs)  # type: ignore[misc]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return self._speak(super().serve_preview, request, mode_name)  # type: ignore[misc]

    def _speak(self, serve: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = self.spoken_language
        with override(language):
            request.LANGUAGE_CODE = language
            response = serve(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
        response.headers.setdefault("Content-Language", language)
        return response

    @property
    def spoken_language(self) -> str:
        """The page's language: told by the root below which it stands, which Wagtail has in its cache."""
        for root in Site.get_site_root_paths():
            if self.pk and self.url_path.startswith(root.root_path):  # type: ignore[attr-defined]
                return root.language_code
        return self.locale.language_code  # type: ignore[attr-defined]
