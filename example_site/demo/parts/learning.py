"""The participants' pages."""

from typing import Any

from wagtail.models import Page

from example_site.demo.content import SOURCE, read
from example_site.demo.parts.academies import entry_id
from example_site.demo.parts.documents import make_document
from example_site.demo.parts.pages import make_page
from example_site.demo.parts.streams import stream
from keino_academy.blocks import MaterialsBlock
from keino_academy.models import LearningHomePage, SessionPage


def make_learning(academy: Page) -> Page:
    """The participants' home with a page for each session."""
    home = make_page(academy, LearningHomePage, lambda language: read(language, "learning")["home"])
    for number in range(len(read(SOURCE, "learning")["sessions"])):
        make_page(home, SessionPage, lambda language, n=number: _session(language, n))
    return home


def _session(language: str, number: int) -> dict[str, Any]:
    content = read(language, "learning")["sessions"][number]
    entry = content["timeline_entry"]
    materials = stream(
        MaterialsBlock(),
        content["materials"],
        f"materials/{entry}",
        lambda _kind, name: make_document(name).pk,
    )
    return {**content, "timeline_entry": entry_id(entry), "materials": materials}
