"""The style sheets keep their promises: small, and nothing from elsewhere."""

import gzip
import re
from pathlib import Path

import pytest

import keino_academy

ALL = sorted((Path(keino_academy.__file__).parent / "static/keino_academy/css").glob("*.css"))
#: The sheet of the previews in the editor adapts the others to a small window, so it has the last word there.
SHEETS = [sheet for sheet in ALL if sheet.name != "preview.css"]


def test_there_is_one_sheet_for_the_tokens_the_elements_and_each_room():
    assert {sheet.name for sheet in SHEETS} >= {
        "tokens.css",
        "elements.css",
        "forms.css",
        "announcement.css",
        "line.css",
        "booking.css",
        "applications.css",
        "learning.css",
    }


def test_all_sheets_together_are_under_15_kilobytes_gzipped():
    assert sum(len(gzip.compress(sheet.read_bytes(), 9)) for sheet in ALL) < 15_000


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_fetches_nothing_and_leaves_the_hosts_rules_the_last_word(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert "@import" not in text
    assert "url(" not in text
    assert "!important" not in text
    assert text.count("{") == text.count("}")
    outside_of_layers = re.sub(
        r"^@layer [^;{]+(;|\{.*?^\})", "", text, flags=re.DOTALL | re.MULTILINE
    ).strip()
    assert outside_of_layers == ""
