"""Addresses that an announcement offers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from keino_academy.announcement.models import AbstractAcademyIndexPage
from keino_academy.announcement.reading import Reading
from keino_academy.core.addresses import root_url
from keino_academy.core.languages import LanguageLink, current_language, language_links


def check_url(reading: Reading) -> str:
    """Where "Could we apply?" is asked; empty where there is nothing to ask."""
    if not (reading.code and reading.page.criteria):
        return ""
    return _own("check", reading)


def feed_url(reading: Reading) -> str:
    """The calendar that one subscribes to; empty where there are no entries."""
    if not (reading.code and reading.page.timeline):
        return ""
    return _own("feed", reading)


def absolute(url: str, page: Page, request: HttpRequest | None) -> str:
    """The address with its site, also in a preview, which has no address of its own."""
    if request is not None and not getattr(request, "is_dummy", False):
        return request.build_absolute_uri(url)
    return f"{root_url(page)}{url}"


def subscription(url: str) -> str:
    """The address by which a calendar program subscribes rather than imports."""
    return f"webcal://{url.partition('://')[2]}"


@dataclass(frozen=True)
class Around:
    """Live pages that an announcement points to: its faces in every language, and where one applies."""

    faces: tuple[Page, ...]
    application: Page | None


def around(page: Page, applications: type[Page]) -> Around:
    """The pages around an announcement, found by one query; ``applications`` is the type of page on which one applies."""
    if page.pk is None:
        return Around((), None)
    child = Q(path__startswith=page.path, depth=page.depth + 1)
    family = Q(translation_key=page.translation_key)
    pages = Page.objects.filter(family | child, live=True).select_related("locale")
    faces, application = [], None
    for one in pages:
        if one.translation_key == page.translation_key:
            faces.append(one)
        elif application is None and issubclass(one.specific_class or Page, applications):
            application = one
    return Around(tuple(faces), application)


def alternates(faces: tuple[Page, ...], request: HttpRequest | None = None) -> list[LanguageLink]:
    """The faces as links with their sites, in the site's order of languages."""
    addresses = {one.locale.language_code: one.get_full_url(request) for one in faces}
    return list(language_links({code: url for code, url in addresses.items() if url}))


def index_of(page: Page) -> Page | None:
    """The list of academies above the page, if that is where it stands."""
    parent = page.get_parent() if page.depth and page.depth > 1 else None
    is_list = parent is not None and issubclass(parent.specific_class or Page, AbstractAcademyIndexPage)
    return parent if is_list else None


def _own(name: str, reading: Reading) -> str:
    return reverse(f"keino_academy:{name}", kwargs={"language": current_language(), "code": reading.code})
