"""Streams from the content's tables, with ids that are the same each time and in every language."""

import json
from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

#: Turns the name of a document, topic or timeline entry into what is stored: (kind, name) -> value.
Find = Callable[[str, str], Any]


def block_id(*path: object) -> str:
    """The id of a block at a place: the same in every language and at every run."""
    return str(uuid5(NAMESPACE_URL, "/".join(["keino-demo", *map(str, path)])))


def stream(block: blocks.StreamBlock, items: list[dict[str, Any]], place: str, find: Find) -> str:
    """The stream as JSON. Each table says its ``type``, and its ``id`` where others point to it."""
    return json.dumps([_item(block, item, f"{place}/{number}", find) for number, item in enumerate(items)])


def _item(block: blocks.StreamBlock, item: dict[str, Any], place: str, find: Find) -> dict[str, Any]:
    kind = item["type"]
    identity = block_id(place.rpartition("/")[0], item["id"]) if "id" in item else block_id(place)
    return {"type": kind, "value": _value(block.child_blocks[kind], item, place, find), "id": identity}


def _value(block: blocks.Block, value: Any, place: str, find: Find) -> Any:
    if isinstance(block, SnippetChooserBlock):
        return find(*(("topic", value["ref"]) if isinstance(value, dict) else ("session", value)))
    if isinstance(block, DocumentChooserBlock):
        return find("document", value)
    if isinstance(block, blocks.StructBlock):
        return {
            name: _value(child, value[name], f"{place}/{name}", find)
            for name, child in block.child_blocks.items()
            if name in value
        }
    if isinstance(block, blocks.ListBlock):
        return [
            {
                "type": "item",
                "value": _value(block.child_block, item, f"{place}/{number}", find),
                "id": block_id(place, number),
            }
            for number, item in enumerate(value)
        ]
    if block.name == "entries":
        return [find("entry", name) for name in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
