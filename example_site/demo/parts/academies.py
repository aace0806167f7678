"""The academies: that of 2023 whole, others short."""

import json
from datetime import date, time
from typing import Any
from uuid import UUID

from wagtail.models import Page

from example_site.demo.content import SOURCE, read
from example_site.demo.parts.documents import make_document
from example_site.demo.parts.pages import make_page
from example_site.demo.parts.pictures import make_picture
from example_site.demo.parts.streams import block_id, stream
from keino_academy.blocks import (
    BodyBlock,
    CriteriaBlock,
    FactsBlock,
    QuestionsBlock,
    TimelineBlock,
    TopicsBlock,
)
from keino_academy.models import Academy, AcademyPage, ApplicationPage, BookableSession, Topic

#: The family of the pages of 2023, and so of their academy.
KEY = UUID(block_id("academy"))
STREAMS = {
    "facts": FactsBlock,
    "body": BodyBlock,
    "timeline": TimelineBlock,
    "criteria": CriteriaBlock,
    "topics": TopicsBlock,
}


def entry_id(name: str) -> str:
    """The id of an entry of the academy's timeline."""
    return block_id("timeline", name)


def make_body() -> Academy:
    """The academy behind the page of 2023: its page and its discussions point to each other, so it comes first."""
    content = read(SOURCE, "academy")
    academy, _made = Academy.objects.get_or_create(
        translation_key=KEY,
        defaults={"code": content["code"], "title": content["title"], "language": SOURCE},
    )
    return academy


def make_academy(index: Page, topics: dict[str, Topic], session: BookableSession) -> Page:
    """The circular-economy academy of 2023."""

    def find(kind: str, name: str) -> Any:
        if kind == "entry":
            return entry_id(name)
        if kind == "session":
            return session.pk
        return topics[name].pk if kind == "topic" else make_document(name).pk

    def fields(language: str) -> dict[str, Any]:
        content = read(language, "academy", "academy_body", "academy_criteria")
        streams = {name: stream(block(), content[name], name, find) for name, block in STREAMS.items()}
        picture = {
            "type": "image",
            "value": make_picture(content["share_image"]).pk,
            "id": block_id("picture"),
        }
        return {**content, **streams, "share_image": json.dumps([picture])}

    return make_page(index, AcademyPage, fields, translation_key=KEY)


def make_application_page(academy: Page) -> Page:
    """The page on which one applies."""

    def fields(language: str) -> dict[str, Any]:
        content = read(language, "application")
        questions = stream(QuestionsBlock(), content["questions"], "questions", lambda _kind, name: name)
        return {**content, "questions": questions}

    return make_page(academy, ApplicationPage, fields)


def make_others(index: Page) -> list[Page]:
    """Short academies of other years."""
    return [make_page(index, AcademyPage, lambda language, n=n: _short(language, n)) for n in range(3)]


def _short(language: str, number: int) -> dict[str, Any]:
    content = dict(read(language, "others")["others"][number])
    section = {name: content.pop(name) for name in ("heading", "lead", "text")}
    place = f"others/{content['code']}"
    body = stream(BodyBlock(), [{"type": "rich_text", **section}], place, lambda _kind, name: name)
    facts: dict[str, date | time | int | str] = {"time_zone": "Europe/Helsinki"}
    return {**facts, **content, "body": body}
