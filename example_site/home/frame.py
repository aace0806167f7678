"""What stands around every page: the menu, the languages, the foot."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from example_site.home.models import ContentPage
from keino_academy.models import AccessibilityStatementPage, PrivacyNoticePage

STATEMENTS = (AccessibilityStatementPage, PrivacyNoticePage)


@dataclass
class Frame:
    """The site around a page, in one language."""

    name: str = settings.WAGTAIL_SITE_NAME
    home_url: str = "/"
    menu: list[Page] = field(default_factory=list)
    foot: list[Page] = field(default_factory=list)
    trail: set[int] = field(default_factory=set)


def frame_of(request: HttpRequest, page: Page | None = None) -> Frame:
    """The frame in the active language; asked once for each request."""
    frame = getattr(request, "_site_frame", None)
    if frame is None or frame[0] != get_language():
        frame = (get_language(), _make_frame(request, page))
        request._site_frame = frame  # noqa: SLF001 - kept with the request on purpose
    return frame[1]


def _make_frame(request: HttpRequest, page: Page | None) -> Frame:
    site = Site.find_for_request(request)
    if site is None:
        return Frame()
    home = (
        Page.objects.filter(
            translation_key=site.root_page.translation_key,
            locale__language_code=get_language(),
            live=True,
        ).first()
        or site.root_page
    )
    pages = list(home.get_children().live().public().select_related("content_type"))
    footed = set(ContentPage.objects.child_of(home).filter(in_foot=True).values_list("pk", flat=True))
    return Frame(
        name=home.seo_title or home.title,
        home_url=home.get_url(request) or "/",
        menu=[child for child in pages if child.show_in_menus],
        foot=[child for child in pages if issubclass(child.specific_class, STATEMENTS) or child.pk in footed],
        trail={child.pk for child in pages if page is not None and page.path.startswith(child.path)},
    )


def languages_of(request: HttpRequest, page: Page | None) -> list[dict[str, object]]:
    """This same thing in each language; the home page where the thing is not translated."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "url": url,
            "current": code == get_language(),
        }
        for code, url in _addresses(request, page).items()
    ]


def _addresses(request: HttpRequest, page: Page | None) -> dict[str, str]:
    addresses = {code: f"/{code}/" for code, _name in settings.LANGUAGES}
    if page is not None:
        for other in page.get_translations(inclusive=True).live().select_related("locale"):
            addresses[other.locale.language_code] = other.get_url(request)
    elif request.resolver_match:
        for code in addresses:
            addresses[code] = translate_url(request.get_full_path(), code)
    return addresses
