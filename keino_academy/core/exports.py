"""Spreadsheets that cannot hurt whoever opens them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import get_language, override
from wagtail.coreutils import multigetattr

from keino_academy.core.text import clean_text

#: A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Without it, spreadsheets read UTF-8 as something else.
_BOM = "\ufeff".encode()
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: How many lines are sent at once.
LINES = 50


def defuse(value: Any) -> Any:
    """A text as a spreadsheet may hold it: no formula, and no control that XML refuses."""
    if not isinstance(value, str):
        return value
    text = clean_text(value) if value.isprintable() is False else value
    return f"'{text}" if value.startswith(_FORMULA) or text.startswith(_FORMULA) else text


class SafeExportMixin:
    """For views with Wagtail's ``SpreadsheetExportMixin``: every cell is defused.

    ``export_values`` says how a column's value is found that no attribute of the row holds.
    """

    export_values: Mapping[str, Callable[[Any], Any]] = {}
    list_export: list[str]

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """The row's values by column, in the columns' order."""
        found = {field: value(item) for field, value in self.export_values.items()}
        others = [field for field in self.list_export if field not in found]
        found |= {field: multigetattr(item, field) for field in others}
        return {field: found[field] for field in self.list_export}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """The cell's value, harmless."""
        return defuse(super().preprocess_field_value(field, value, export_format))  # type: ignore[misc]

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:
        """The column's heading, harmless."""
        return str(defuse(super().get_heading(queryset, field)))  # type: ignore[misc]

    def stream_csv(self, queryset: QuerySet[Any]) -> Iterator[bytes]:
        """The file line by line, which says first that it is UTF-8.

        Lines are written after the view has answered, so the user's language is kept for them.
        """
        return _in_language(super().stream_csv(queryset), get_language())  # type: ignore[misc]


def _in_language(lines: Iterator[bytes], language: str | None) -> Iterator[bytes]:
    yield _BOM
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def csv_response(name: str, rows: Iterable[Sequence[Any]], language: str) -> StreamingHttpResponse:
    """The rows as a file that is written while it is sent, every cell defused; told in ``language``."""
    lines = _in_language(_csv_pieces(_defused(rows)), language)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, rows: Iterable[Sequence[Any]], language: str) -> FileResponse:
    """The rows as a workbook, every cell defused; it lies in a file on its way, never in memory."""
    # Imported late, as Wagtail does: it is heavy, and few requests need it.
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    with override(language):
        for row in _defused(rows):
            sheet.append(row)
    # Closed by the response that sends it.
    output = tempfile.TemporaryFile()  # noqa: SIM115
    workbook.save(output)
    output.seek(0)
    return FileResponse(output, as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)


def _defused(rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    return ([defuse(cell) for cell in row] for row in rows)


def _csv_pieces(rows: Iterator[list[Any]]) -> Iterator[bytes]:
    """So many lines at once that sending them costs little, the headings alone before them."""
    for size in chain([1], repeat(LINES)):
        text = io.StringIO(newline="")
        csv.writer(text).writerows(islice(rows, size))
        if not text.tell():
            return
        yield text.getvalue().encode()
