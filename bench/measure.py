"""Times that can be compared: taken in turns, so that a slow moment of the machine hits all alike."""

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def medians(
    actions: Mapping[str, Callable[[], object]], *, rounds: int = 60, warm: int = 5
) -> dict[str, float]:
    """Run each action in turn for so many rounds; return the median milliseconds of each."""
    for _ in range(warm):
        for action in actions.values():
            action()
    taken: dict[str, list[float]] = {name: [] for name in actions}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, action in actions.items():
                begun = time.perf_counter_ns()
                action()
                taken[name].append((time.perf_counter_ns() - begun) / 1e6)
    finally:
        gc.enable()
    return {name: median(times) for name, times in taken.items()}


def getting(client: Client, path: str) -> Callable[[], object]:
    """Return an action that gets the page and makes sure that it was the page."""

    def get() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")

    return get


def queries(action: Callable[[], object]) -> int:
    """Return how many queries the action makes when it is warm."""
    action()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    return len(captured)
