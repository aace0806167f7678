"""The demonstration's texts: Finnish files hold facts and text, the others text only."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SOURCE = "fi"
LANGUAGES = ("fi", "sv", "en")


@cache
def read(language: str, *names: str) -> dict[str, Any]:
    """The content of some files in a language, with the facts of the Finnish ones."""
    merged: dict[str, Any] = {}
    for name in names:
        source = tomllib.loads((HERE / SOURCE / f"{name}.toml").read_text(encoding="utf-8"))
        if language == SOURCE:
            merged |= source
            continue
        other = tomllib.loads((HERE / language / f"{name}.toml").read_text(encoding="utf-8"))
        merged |= overlay(source, other)
    return merged


def overlay(source: Any, other: Any) -> Any:
    """``source`` with the texts of ``other`` laid over it, table by table and place by place."""
    if isinstance(source, dict) and isinstance(other, dict):
        return {**source, **{key: overlay(source.get(key), value) for key, value in other.items()}}
    if isinstance(source, list) and isinstance(other, list):
        if len(source) != len(other):
            raise ValueError(f"{len(other)} items where the source has {len(source)}: {other[:1]}")
        return [overlay(*pair) for pair in zip(source, other, strict=True)]
    return other
