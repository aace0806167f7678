"""Lists whose items are known by a key: answers point to it."""

from __future__ import annotations

from typing import Any

from wagtail import blocks


class KeyedListBlock(blocks.ListBlock):
    """A list whose items have keys that stay, also those that were stored without one.

    Wagtail gives such an item another id at each reading; here its first place becomes its key.
    """

    def to_python(self, value: Any) -> Any:
        """The list, each item with a key."""
        return _keyed(super().to_python(value))

    def bulk_to_python(self, values: Any) -> Any:
        """The lists, each item with a key."""
        return [_keyed(found) for found in super().bulk_to_python(values)]


def _keyed(found: Any) -> Any:
    for place, child in enumerate(found.bound_blocks):
        if not child.original_id:
            child.id = child.original_id = str(place)
    return found
