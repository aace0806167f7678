"""Spreadsheets that cannot hurt whoever opens them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from keino_academy.core.text import clean_text

#: A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Without it, spreadsheets read UTF-8 as something else.
_BOM = "\ufeff".encode()


def defuse(value: Any) -> Any:
    """A text as a spreadsheet may hold it: no formula, and no control that XML refuses."""
    if not isinstance(value, str):
        return value
    text = clean_text(value) if value.isprintable() is False else value
    return f"'{text}" if value.startswith(_FORMULA) or text.startswith(_FORMULA) else text


class SafeExportMixin:
    """For views with Wagtail's ``SpreadsheetExportMixin``: every cell is defused."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """The cell's value, harmless."""
        return defuse(super().preprocess_field_value(field, value, export_format))  # type: ignore[misc]

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:
        """The column's heading, harmless."""
        return str(defuse(super().get_heading(queryset, field)))  # type: ignore[misc]

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[bytes]:
        """The file line by line, which says first that it is UTF-8."""
        yield _BOM
        yield from super().stream_csv(queryset)  # type: ignore[misc]
