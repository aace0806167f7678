"""Every address that the package adds to a site, found by walking the URLconf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PACKAGE = "keino_academy"


@dataclass(frozen=True)
class Route:
    """A named address and the names of the arguments that it takes."""

    name: str
    arguments: tuple[str, ...]


def package_routes() -> dict[str, Route]:
    """All routes of the package by name: its own URLs, and what it adds to Wagtail's admin."""
    return {route.name: route for route in _walk(get_resolver().url_patterns, ())}


def _walk(patterns: Any, namespaces: tuple[str, ...], arguments: tuple[str, ...] = ()) -> Iterator[Route]:
    for pattern in patterns:
        taken = (*arguments, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner, taken)
        elif isinstance(pattern, URLPattern) and _is_ours(pattern.callback):
            yield Route(":".join((*namespaces, pattern.name or str(pattern.pattern))), taken)


def _is_ours(callback: Callable[..., Any]) -> bool:
    """Whether a view is written here, or is a stock one that shows a model of ours."""
    view = getattr(callback, "view_class", callback)
    model = getattr(callback, "view_initkwargs", {}).get("model")
    return any(
        getattr(thing, "__module__", "").split(".")[0] == PACKAGE
        for thing in (view, model, *_wrapped(callback))
        if thing is not None
    )


def _wrapped(callback: Callable[..., Any]) -> Iterator[Any]:
    """What decorators hide: Wagtail's admin wraps every view."""
    while (callback := getattr(callback, "__wrapped__", None)) is not None:  # type: ignore[assignment]
        yield callback
        yield getattr(callback, "view_class", None)
        yield getattr(callback, "view_initkwargs", {}).get("model")
