"""What wagtail-localize offers to translators: all text, and nothing but text."""

import pytest
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from keino_academy.blocks import (
    BodyBlock,
    CriteriaBlock,
    FactsBlock,
    MaterialsBlock,
    QuestionsBlock,
    TimelineBlock,
)

NO_PICTURE = {"image": {"image": None, "alt_text": "", "decorative": False}}


def translatable(stream, *children):
    """``{path: text}`` of what is not empty, for ``(type, value)`` children whose ids are a, b, c…"""
    block = stream()
    value = block.to_python(
        [{"type": name, "id": chr(97 + place), "value": raw} for place, (name, raw) in enumerate(children)]
    )
    found = StreamFieldSegmentExtractor(None).handle_stream_block(value)
    return {segment.path: segment.string.data for segment in found if not segment.is_empty() and segment.path}


@pytest.mark.parametrize(
    "stream", [BodyBlock, CriteriaBlock, FactsBlock, MaterialsBlock, QuestionsBlock, TimelineBlock]
)
def test_a_field_that_was_never_saved_stops_no_translation(stream):
    children = [(name, NO_PICTURE if name == "image" else {}) for name in stream().child_blocks]
    own = {path: text for path, text in translatable(stream, *children).items() if ".button" not in path}
    assert own == {}


def test_dates_and_rules_are_the_same_in_every_language():
    assert translatable(
        TimelineBlock,
        ("moment", {"title": "Avaus", "date": "2023-09-12", "starts": "10:00", "audience": "everyone"}),
        ("period", {"title": "Sparraus", "first": "2023-11-01", "precision": "month"}),
    ) == {"a.title": "Avaus", "b.title": "Sparraus"}
    assert translatable(
        CriteriaBlock,
        ("attendance", {"title": "Osallistutte", "kind": "commitment", "entries": ["x"]}),
        ("period", {"title": "Hankinta", "window_first": "2023-09", "window_last": "2024-03"}),
        ("organisation_kind", {"title": "Kohderyhmä", "kinds": ["parish"]}),
    ) == {"a.title": "Osallistutte", "b.title": "Hankinta", "c.title": "Kohderyhmä"}


def test_lists_are_translated_item_by_item():
    role = {"type": "item", "id": "r", "value": "hankinta"}
    option = {"type": "item", "id": "o", "value": "Kyllä"}
    assert translatable(CriteriaBlock, ("team", {"title": "Tiimi", "size": 3, "roles": [role]})) == {
        "a.title": "Tiimi",
        "a.roles.r": "hankinta",
    }
    assert translatable(QuestionsBlock, ("choice", {"question": "Onko?", "options": [option]})) == {
        "a.question": "Onko?",
        "a.options.o": "Kyllä",
    }


def test_addresses_and_anchors_are_no_text():
    person = {"name": "Neuvonta", "email": "a@example.org", "phone": "+358 40 1"}
    people = {"heading": "Kysy", "anchor": "kysy", "people": [{"type": "item", "id": "p", "value": person}]}
    assert translatable(BodyBlock, ("people", people)) == {"a.heading": "Kysy", "a.people.p.name": "Neuvonta"}
