"""Find the benches, run them, write what they found."""

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench import benches
from bench.rows import Row, table

RESULTS = Path(__file__).resolve().parent / "results.json"


def run(names: Sequence[str]) -> int:
    """Run the named benches, print and write their rows; return 1 when a goal is missed, 2 for an unknown name."""
    known = available()
    if unknown := set(names) - set(known):
        print(f"No bench is called {', '.join(sorted(unknown))}. There are: {', '.join(known)}")
        return 2
    rows: list[Row] = []
    for name in names or known:
        rows += known[name]()
    write(rows)
    print(table(rows))
    return 0 if all(row.met for row in rows) else 1


def available() -> dict[str, Callable[[], Iterable[Row]]]:
    """Return each module of ``bench.benches`` by its name, as its function ``rows``."""
    names = sorted(module.name for module in pkgutil.iter_modules(benches.__path__))
    return {name: importlib.import_module(f"bench.benches.{name}").rows for name in names}


def write(rows: Sequence[Row]) -> None:
    """Write the rows, in place of rows of the same name from earlier runs."""
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    fresh = [row.as_dict() for row in rows]
    names = {row["name"] for row in fresh}
    merged = [row for row in kept if row["name"] not in names] + fresh
    RESULTS.write_text(json.dumps(merged, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
