"""Announcements: a list of academies, and the circular-economy academy of 2023."""

import json
from datetime import date, time
from typing import Any

from django.forms import CharField
from wagtail import blocks
from wagtail.models import Locale, Page, Site

from keino_academy.announcement.models import Academy, AcademyIndexPage, AcademyPage, Topic
from tests.factories import academy_texts
from tests.factories.academy_texts import block_id

__all__ = [
    "block_id",
    "make_academy",
    "make_academy_page",
    "make_index_page",
    "make_topic",
    "many_entries",
    "stream",
]

TITLE = "Kiertotaloushankintojen johtaminen"
FACTS: dict[str, Any] = {
    "code": "kiertotalous-2023",
    "time_zone": "Europe/Helsinki",
    "year": 2023,
    "opens_on": date(2023, 5, 2),
    "opens_at": time(9, 0),
    "closes_on": date(2023, 5, 31),
    "closes_at": time(23, 59),
    "places": 12,
    "decision_on": date(2023, 6, 23),
    "starts_on": date(2023, 9, 12),
    "ends_on": date(2024, 2, 1),
    "alumni_until": date(2024, 12, 31),
    "organiser_email": "organiser@osaamiskeskus.example",
}


def stream(model: type[Page], name: str, children: list[dict[str, Any]]) -> str:
    """The children as the stream field of a model stores them; ids are kept, and fields left out are empty."""
    block = model._meta.get_field(name).stream_block
    return json.dumps([filled(block.child_blocks[child["type"]], child) for child in children])


def filled(block: blocks.Block, child: dict[str, Any]) -> dict[str, Any]:
    """The child with an empty text for each text that was left out, as the editor stores it."""
    return {**child, "value": _filled_value(block, child["value"])}


def _filled_value(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, blocks.StructBlock):
        texts = {
            name: ""
            for name, child in block.child_blocks.items()
            if isinstance(child, blocks.FieldBlock) and isinstance(child.field, CharField)
        }
        return texts | {name: _filled_value(block.child_blocks[name], item) for name, item in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [filled(block.child_block, item) for item in value]
    return value


def home_in(site: Site, language: str) -> Page:
    """The site's home page in a language."""
    return Page.objects.get(
        translation_key=site.root_page.translation_key, locale__language_code=language
    ).specific


def make_index_page(
    site: Site, language: str = "fi", *, publish: bool = True, **fields: Any
) -> AcademyIndexPage:
    """Return a list of academies below the home page of the language."""
    values = {"title": "Akatemiat", "slug": "akatemiat", **fields}
    page = home_in(site, language).add_child(
        instance=AcademyIndexPage(locale=Locale.objects.get(language_code=language), live=False, **values)
    )
    return _published(page) if publish else page


def make_academy_page(
    site: Site,
    language: str = "fi",
    *,
    parent: Page | None = None,
    publish: bool = True,
    **fields: Any,
) -> AcademyPage:
    """Return the academy's page, published unless told otherwise; fields replace those of 2023.

    Streams may be given as lists of ``{"type", "id", "value"}``. It stands below ``parent``, else
    below the home page of the language. Its academy is found by :func:`make_academy`'s way.
    """
    parent = parent or home_in(site, language)
    values: dict[str, Any] = {
        "title": TITLE,
        "slug": "kiertotalous-2023",
        "kind_label": "Teema-akatemia 2023",
        "introduction": "Opitte johtamaan hankintoja, jotka säästävät luonnonvaroja ja kustannuksia.",
        "facts": academy_texts.facts(),
        "body": academy_texts.body(),
        "timeline": academy_texts.timeline(),
        "criteria": academy_texts.criteria(),
        **FACTS,
        **fields,
    }
    for name in ("facts", "body", "timeline", "criteria", "topics"):
        if isinstance(values.get(name), list):
            values[name] = stream(AcademyPage, name, values[name])
    page = parent.add_child(
        instance=AcademyPage(locale=Locale.objects.get(language_code=language), live=False, **values)
    )
    return _published(page) if publish else page


def make_academy(site: Site, language: str = "fi", **fields: Any) -> Academy:
    """Return the academy behind a published page made by :func:`make_academy_page`."""
    page = make_academy_page(site, language, **fields)
    return Academy.objects.get(translation_key=page.translation_key)


def make_topic(name: str, language: str = "fi", slug: str = "") -> Topic:
    """Return a topic in one language."""
    return Topic.objects.create(
        name=name, slug=slug or name.lower(), locale=Locale.objects.get(language_code=language)
    )


def many_entries(number: int) -> list[dict[str, Any]]:
    """So many moments, a day after another from 1 September 2023 on."""
    kick_off = next(child for child in academy_texts.timeline() if child["id"] == block_id("kick-off"))
    first = date(2023, 9, 1).toordinal()
    return [
        {
            **kick_off,
            "id": block_id(f"entry-{place}"),
            "value": {**kick_off["value"], "date": date.fromordinal(first + place).isoformat()},
        }
        for place in range(number)
    ]


def _published(page: Any) -> Any:
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)
