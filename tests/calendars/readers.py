"""Other makers' readers of calendar files: what each says of every event, in one form.

An event is ``(uid, start, end, sequence)``: instants as ``2023-03-26T00:30:00Z``, whole days as
``2023-11-01`` with the end excluded.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import ics
import pytest
import vobject

HERE = Path(__file__).resolve().parent
MODULES = HERE.parent / "node_modules"

Event = tuple[str, str, str, int]


def said(value: date) -> str:
    """A day, or an instant in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def by_icalendar(text: str) -> list[Event]:
    return [
        (str(event["uid"]), said(event["dtstart"].dt), said(event.end), int(event["sequence"]))
        for event in icalendar.Calendar.from_ical(text).walk("VEVENT")
    ]


def by_vobject(text: str) -> list[Event]:
    return [
        (
            event.uid.value,
            said(event.dtstart.value),
            said(event.dtend.value if hasattr(event, "dtend") else event.dtstart.value),
            int(event.sequence.value),
        )
        for event in vobject.readOne(text).vevent_list
    ]


def by_ics(text: str) -> list[Event]:
    return [
        (event.uid, *(_by_ics(time, event.all_day) for time in (event.begin, event.end)), _sequence(event))
        for event in ics.Calendar(text).events
    ]


def _by_ics(time: Any, all_day: bool) -> str:
    return said(time.date() if all_day else time.datetime)


def _sequence(event: Any) -> int:
    return next(int(line.value) for line in event.extra if line.name == "SEQUENCE")


def by_node(texts: Mapping[str, str], folder: Path, zone: str) -> dict[str, dict[str, list[Event]]]:
    """What ical.js and node-ical say of the files, on a machine that stands in the zone."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node was not found: `apt-get install nodejs`")
    if not (MODULES / "ical.js").exists() or not (MODULES / "node-ical").exists():
        pytest.skip("ical.js and node-ical were not found: `npm install --prefix tests`")
    paths = written(texts, folder)
    told = run([node, str(HERE / "read.mjs"), *map(str, paths)], TZ=zone)
    assert told.returncode == 0, told.stderr
    return {
        reader: {Path(path).stem: [tuple(event) for event in events] for path, events in files.items()}
        for reader, files in json.loads(told.stdout).items()
    }


def faults(texts: Mapping[str, str], folder: Path, checker: Path) -> list[str]:
    """What libical's restriction check finds wrong, each told by its file's name."""
    told = run([str(checker), *(path.name for path in written(texts, folder))], cwd=folder)
    lines = told.stdout.splitlines()
    assert bool(lines) == (told.returncode != 0), told.stderr
    return lines


@cache
def compiled(folder: Path) -> Path | str:
    """The checker, or why there is none on this machine."""
    gcc = shutil.which("gcc") or shutil.which("cc")
    if gcc is None:
        return "A C compiler was not found: `apt-get install gcc libc6-dev`"
    checker = folder / "check"
    told = run([gcc, "-Wall", "-o", str(checker), str(HERE / "check.c"), "-lical"])
    if told.returncode == 0:
        return checker
    if "libical/ical.h" in told.stderr:
        return "libical was not found: `apt-get install libical-dev`"
    raise AssertionError(told.stderr)


def written(texts: Mapping[str, str], folder: Path) -> list[Path]:
    paths = [folder / f"{name}.ics" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_bytes(text.encode())
    return paths


def run(command: list[str], cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, env={**os.environ, **env}
    )


PYTHON: dict[str, Callable[[str], list[Event]]] = {
    "icalendar": by_icalendar,
    "vobject": by_vobject,
    "ics": by_ics,
}
