"""The table of addresses × roles, as text: a line for each address and method."""

from __future__ import annotations

from pathlib import Path

from tests.access.world import ROLES

PATH = Path(__file__).with_name("table.txt")

Key = tuple[str, str]


def read_table() -> dict[Key, tuple[str, ...]]:
    """``{(route, method): (what each role gets, …)}`` in the order of the roles."""
    rows = (line.split() for line in PATH.read_text().splitlines() if line and not line.startswith("#"))
    return {(route, method): tuple(answers) for route, method, *answers in rows}


def write_table(rows: dict[Key, tuple[str, ...]]) -> None:
    """Write what was observed; a person then reads every line before it is kept."""
    head = ["route", "method", *ROLES]
    lines = [head, *([*key, *answers] for key, answers in sorted(rows.items()))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    text = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    text[0] = f"# {text[0]}"
    PATH.write_text("\n".join(text) + "\n")
