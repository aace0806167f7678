"""A Wagtail site in several languages."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page, Site

LANGUAGES = ("fi", "sv", "en")
TITLES = {"fi": "Etusivu", "sv": "Startsida", "en": "Home"}


def make_ground(languages: Sequence[str] = LANGUAGES) -> Page:
    """Return the root of all pages; make what Wagtail's migrations make, where a flushed database lacks it."""
    for language in languages:
        Locale.objects.get_or_create(language_code=language)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(
            title="Root",
            slug="root",
            locale=Locale.objects.get(language_code=languages[0]),
            content_type=ContentType.objects.get_for_model(Page),
        )
    return root


def make_site(
    hostname: str = "localhost", port: int = 80, languages: Sequence[str] = LANGUAGES, **fields
) -> Site:
    """Return a site whose home page stands in each language, the first being the source.

    The first site made becomes the default one, in place of the one that Wagtail's migrations make.
    """
    root = make_ground(languages)
    Site.objects.filter(root_page__depth=2, root_page__title="Welcome to your new Wagtail site!").delete()
    source, *others = languages
    home = root.add_child(
        instance=Page(
            title=TITLES.get(source, source),
            slug=f"{source}-{hostname.replace('.', '-')}",
            locale=Locale.objects.get(language_code=source),
        )
    )
    home.save_revision().publish()
    for language in others:
        make_translation(home, language, title=TITLES.get(language, language))
    return Site.objects.create(
        hostname=hostname,
        port=port,
        site_name="Keino",
        root_page=home,
        is_default_site=not Site.objects.filter(is_default_site=True).exists(),
        **fields,
    )


def make_translation(page: Page, language: str, *, title: str | None = None) -> Page:
    """Return the page in another language, published, with the source's text until it is changed."""
    locale = Locale.objects.get(language_code=language)
    translation = page.copy_for_translation(locale, copy_parents=True)
    if title:
        translation.title = title
    translation.save_revision().publish()
    return translation
