"""Several processes at once: how many times a second they do something, in turns with something else."""

import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

from django.db import connections

FORK = multiprocessing.get_context("fork")


def rates(
    works: Mapping[str, Callable[[Any, int], object]],
    stages: Mapping[str, Sequence[Any]],
    *,
    processes: int,
    each: int,
) -> dict[str, float]:
    """Let all processes do each work ``each`` times, in turns; return how many times a second all did it.

    ``stages`` holds, for each work, what its rounds are done on; the work is given that and a
    number that no other call of the round is given. The figure is the median of the rounds.
    """
    connections.close_all()
    gate, faults = FORK.Barrier(processes + 1), FORK.Queue()
    schedule = [
        (name, stage)
        for turn in zip(*stages.values(), strict=True)
        for name, stage in zip(stages, turn, strict=True)
    ]
    people = [
        FORK.Process(target=_work, args=(works, schedule, gate, faults, number * each, each))
        for number in range(processes)
    ]
    for person in people:
        person.start()
    found: dict[str, list[float]] = {name: [] for name in works}
    for name, _stage in schedule:
        gate.wait(60)
        begun = time.perf_counter()
        gate.wait(600)
        found[name].append(processes * each / (time.perf_counter() - begun))
    for person in people:
        person.join()
    if not faults.empty():
        raise RuntimeError(faults.get())
    # The first round warms up.
    return {name: median(times[1:]) for name, times in found.items()}


def _work(works: Any, schedule: Any, gate: Any, faults: Any, first: int, each: int) -> None:
    connections["default"].ensure_connection()
    for name, stage in schedule:
        gate.wait(60)
        try:
            for number in range(first, first + each):
                works[name](stage, number)
        except Exception as error:  # noqa: BLE001 - the parent tells of it
            faults.put(f"{type(error).__name__}: {error}")
        gate.wait(600)
    connections.close_all()
