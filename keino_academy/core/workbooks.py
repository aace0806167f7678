"""A workbook of one sheet that is written while it is sent: XLSX, of which no part waits in memory or in a file.

Only what such a sheet needs is written: texts, numbers, truth, moments and days. Moments have no zone in a
workbook; theirs is dropped.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

#: How long a text may be in a cell, in units of UTF-16; what is longer is cut, or the file would not open.
LONGEST = 32_767
#: How many characters are packed at once.
_PIECE = 65_536
#: What XML cannot hold.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Days are counted from here; before March 1900 programs do not agree, so that earlier ones are texts.
_FIRST_DAY, _AGREED = datetime(1899, 12, 30, tzinfo=UTC), (1900, 3)
_DAY_SECONDS = 86_400
#: Places in the list of styles below.
_MOMENT, _DAY = 1, 2

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET = "xl/worksheets/sheet1.xml"

#: What surrounds the sheet, by its name in the file.
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/{_SHEET}" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd h:mm:ss"/>'
    '<numFmt numFmtId="165" formatCode="yyyy-mm-dd"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders count='1'><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class _Pipe:
    """A file that is taken away while it is written."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> bytes:
        found = b"".join(self.pieces)
        self.pieces.clear()
        return found


def workbook(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The file in pieces; the rows are read while it is sent."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # type: ignore[call-overload]
        for name, content in _PARTS.items():
            archive.writestr(name, _HEAD + content)
        yield pipe.take()
        with archive.open(_SHEET, "w") as sheet:
            for piece in _pieces(rows):
                sheet.write(piece.encode())
                yield pipe.take()
    yield pipe.take()


def _pieces(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The sheet's XML, so much at once that packing is worth it."""
    waiting = [f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>']
    length = 0
    for number, row in enumerate(rows, 1):
        line = f'<row r="{number}">{"".join(map(_cell, row))}</row>'
        waiting.append(line)
        length += len(line)
        if length > _PIECE:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join([*waiting, "</sheetData></worksheet>"])


def _cell(value: Any) -> str:
    """The cell; its place is that in its row, so that an empty one is told too."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float | Decimal):
        # Neither infinity nor what is no number is one to a spreadsheet.
        known = isinstance(value, int) or isfinite(value)
        return f"<c><v>{value}</v></c>" if known else _text(str(value))
    if isinstance(value, date):
        return _dated(value)
    return _text(str(value))


def _text(value: str) -> str:
    text = value if value.isprintable() else _REFUSED.sub("", value)
    if len(text) > LONGEST // 2:
        text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _dated(value: date) -> str:
    if (value.year, value.month) < _AGREED:
        return _text(str(value))
    if not isinstance(value, datetime):
        return f'<c s="{_DAY}"><v>{(value - _FIRST_DAY.date()).days}</v></c>'
    past = value.replace(tzinfo=UTC) - _FIRST_DAY
    return f'<c s="{_MOMENT}"><v>{past.days + past.seconds / _DAY_SECONDS!r}</v></c>'
