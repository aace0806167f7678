"""Workbooks as they are read back: values, what no program could open, and that nothing waits."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from keino_academy.core.workbooks import LONGEST, workbook


def read(rows):
    sheet = load_workbook(io.BytesIO(b"".join(workbook(rows)))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Koivuranta & <Ranta> \"a\" 'b' ]]>", "Koivuranta & <Ranta> \"a\" 'b' ]]>"),
        ("  kaksi\nriviä\t ", "  kaksi\nriviä\t "),
        ("=1+1", "=1+1"),
        ("a\x00b\x0bc\ufffed\uffff\ud800", "abcd"),
        ("ä" * LONGEST + "x", "ä" * LONGEST),
        ("x" + "🌲" * LONGEST, "x" + "🌲" * (LONGEST // 2)),
        (12, 12),
        (-1.5, -1.5),
        (Decimal("0.25"), 0.25),
        (float("inf"), "inf"),
        (Decimal("NaN"), "NaN"),
        (True, True),
        (datetime(2023, 5, 31, 23, 59, 59), datetime(2023, 5, 31, 23, 59, 59)),
        (datetime(2023, 5, 31, 20, 59, tzinfo=UTC), datetime(2023, 5, 31, 20, 59)),
        (date(1900, 3, 1), datetime(1900, 3, 1)),
        (date(1899, 12, 31), "1899-12-31"),
        (["a"], "['a']"),
    ],
)
def test_a_value_is_read_back(value, kept):
    assert read([["first", None, "", value, "last"]]) == [["first", None, None, kept, "last"]]


def test_every_row_stands_in_its_place():
    rows = [[number, f"Rivi {number}"] for number in range(5_000)]
    assert read(rows) == rows


def test_a_workbook_without_rows_opens():
    assert read([]) == []


def test_the_file_is_whole_and_packed():
    content = b"".join(workbook([["Koivuranta"] * 30] * 200))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    assert len(content) < 10_000


def test_rows_are_read_while_the_file_is_sent():
    taken = []

    def rows():
        for number in range(100_000):
            taken.append(number)
            yield [number, "x" * 100]

    pieces = workbook(rows())
    assert next(pieces).startswith(b"PK")
    assert taken == []
    next(pieces)
    assert 0 < len(taken) < 1_000
