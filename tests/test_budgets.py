"""The budgets of the code: short files, short functions, short templates, little CSS, no drawers."""

import ast
import gzip
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "keino_academy"
FACADES = ("apps.py", "checks.py", "models.py", "urls.py", "wagtail_hooks.py")
DRAWERS = {"common", "helpers", "misc", "utils"}


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted((PACKAGE / "templates").rglob("*.html"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_files_are_short():
    lengths = {str(path.relative_to(ROOT)): lines(path) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
    assert median(length for length in lengths.values() if length) < 90


@pytest.mark.parametrize("name", FACADES)
def test_facades_only_list(name):
    assert lines(PACKAGE / name) < 40


def test_functions_are_short():
    lengths = dict(found for path in modules() for found in functions(path))
    assert {name: length for name, length in lengths.items() if length > 50} == {}
    assert quantiles(lengths.values(), n=10)[-1] < 20


def test_templates_are_short():
    lengths = {str(path.relative_to(ROOT)): lines(path) for path in templates()}
    assert {name: length for name, length in lengths.items() if length > 120} == {}
    assert median(lengths.values()) < 30


def test_no_module_is_a_drawer():
    assert [path for path in modules() if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def weight(sheets: list[Path]) -> int:
    """What goes over the wire, in bytes."""
    assert sheets
    return sum(len(gzip.compress(sheet.read_bytes(), 9)) for sheet in sheets)


def test_style_sheets_weigh_less_than_15_kb():
    """Those that readers load; the organiser's desk in Wagtail's admin has one of its own."""
    admin = PACKAGE / "static/keino_academy/admin"
    sheets = sorted((PACKAGE / "static").rglob("*.css"))
    assert weight([sheet for sheet in sheets if admin not in sheet.parents]) < 15_000
    assert weight([sheet for sheet in sheets if admin in sheet.parents]) < 3_000
