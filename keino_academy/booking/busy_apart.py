"""Reading a stranger's calendar in a process of its own, which is ended when its time is up.

The libraries that understand calendars have no limit, and nothing ends a thread for certain.
A process ends, whatever it does, and takes with it all the memory that it had. This module is
that process as well: ``python -m keino_academy.booking.busy_apart``, without Django.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from multiprocessing import spawn
from zoneinfo import ZoneInfo

from keino_academy.booking.busy import CalendarError, busy_spans
from keino_academy.booking.spans import Span

SECONDS = 20.0
#: Address space, in bytes: far more than a calendar of the largest size asks for.
MEMORY = 2 * 1024**3


def read_apart(
    content: bytes, since: datetime, until: datetime, zone: ZoneInfo, *, own: Collection[Span] = ()
) -> list[Span]:
    """As :func:`keino_academy.booking.busy.busy_spans`, within :data:`SECONDS` and :data:`MEMORY`.

    Raises :class:`CalendarError`; ``too-much`` when it took longer, or more.
    """
    asked = {"span": _text((since, until)), "zone": zone.key, "own": [_text(span) for span in own]}
    # What embeds Python in another program tells multiprocessing where Python is.
    command = [os.fsdecode(spawn.get_executable() or sys.executable), "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603 - nothing of the calendar is in the command
            command,
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise CalendarError("too-much") from None
    answer = json.loads(done.stdout)
    if isinstance(answer, str):
        raise CalendarError(answer)
    return [_span(text) for text in answer]


def _text(span: Span) -> list[str]:
    return [moment.isoformat() for moment in span]


def _span(text: list[str]) -> Span:
    starts, ends = (datetime.fromisoformat(moment) for moment in text)
    return starts, ends


def _answer(header: bytes, content: bytes) -> list[list[str]] | str:
    asked = json.loads(header)
    since, until = _span(asked["span"])
    own = {_span(text) for text in asked["own"]}
    try:
        return [_text(span) for span in busy_spans(content, since, until, ZoneInfo(asked["zone"]), own=own)]
    except CalendarError as error:
        return error.code


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # where the system knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    header, _newline, content = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.write(json.dumps(_answer(header, content)))
