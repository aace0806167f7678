"""The site itself: languages, home pages, pages of text, statements."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page, Site

from example_site.demo.content import LANGUAGES, SOURCE, read
from example_site.demo.parts.pages import make_page, texts
from example_site.demo.parts.translations import translate
from example_site.home.models import ContentPage, HomePage
from keino_academy.models import (
    AcademyIndexPage,
    AccessibilityStatementPage,
    PrivacyNoticePage,
    Topic,
)


def make_ground() -> Page:
    """Make languages, site and plain pages; return the Finnish list of academies."""
    for language in LANGUAGES:
        Locale.objects.get_or_create(language_code=language)
    root = Page.get_first_root_node()
    Page.objects.child_of(root).filter(title="Welcome to your new Wagtail site!").delete()
    root.refresh_from_db()
    home = make_page(root, HomePage, lambda language: read(language, "site")["home"])
    make_site(home)
    menu = {"show_in_menus": True}
    index = make_page(home, AcademyIndexPage, lambda language: {**read(language, "site")["index"], **menu})
    make_page(home, ContentPage, lambda language: {**read(language, "site")["about"], **menu})
    make_page(home, AccessibilityStatementPage, lambda language: read(language, "site")["accessibility"])
    make_page(home, PrivacyNoticePage, lambda language: read(language, "site")["privacy"])
    make_page(home, ContentPage, lambda language: {**read(language, "site")["feedback"], "in_foot": True})
    return index


def make_site(home: Page) -> None:
    """Serve the home page at the demonstration's address."""
    address = urlsplit(settings.DEMO_ADDRESS)
    fields = {
        "hostname": address.hostname,
        "port": address.port or 80,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "root_page": home,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    for name, value in fields.items():
        setattr(site, name, value)
    site.save()


def make_topics() -> dict[str, Topic]:
    """The topics by name, as their Finnish snippets."""
    made = {}
    for name, fields in read(SOURCE, "site")["topics"].items():
        topic = Topic.objects.filter(slug=fields["slug"], locale__language_code=SOURCE).first()
        if topic is None:
            topic = Topic.objects.create(locale=Locale.objects.get(language_code=SOURCE), **fields)
        for language in LANGUAGES:
            if language != SOURCE:
                translate(topic, language, texts(Topic, read(language, "site")["topics"][name]))
        made[name] = topic
    return made
