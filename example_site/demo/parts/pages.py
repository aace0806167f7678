"""Pages in three languages: Finnish ones first, the others as their translations."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from example_site.demo.content import LANGUAGES, SOURCE
from example_site.demo.parts.translations import translate

#: The fields of a page in a language.
Fields = Callable[[str], dict[str, Any]]


def make_page(parent: Page, model: type[Page], fields: Fields, **more: Any) -> Page:
    """The Finnish page below ``parent``, with its translations; what is there is left alone.

    ``more`` is given to the Finnish page alone.
    """
    source = fields(SOURCE)
    page = model.objects.child_of(parent).filter(slug=source["slug"]).first()
    if page is None:
        page = parent.add_child(instance=model(locale=parent.locale, live=False, **source, **more))
        page.save_revision().publish()
        page = model.objects.get(pk=page.pk)
    for language in LANGUAGES:
        if language != SOURCE:
            translate(page, language, texts(model, fields(language)))
    parent.refresh_from_db()
    return page


def texts(model: type, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as an instance holds them: a stream is read from its JSON."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in fields.items()}


def in_language(page: Page, language: str) -> Page:
    """The page's translation."""
    return page.get_translations(inclusive=True).get(locale__language_code=language)
