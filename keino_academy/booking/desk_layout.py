"""Where times stand on the organiser's desk: the days of a week, rows of hours, lanes side by side. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import groupby

from keino_academy.booking.desk import Day, Placed, Row, Sitting, total
from keino_academy.booking.shown import clocks_change, label, offset


def monday(day: date) -> date:
    """The first day of the day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def week(sittings: Sequence[Sitting], first: date) -> list[Day]:
    """The seven days from ``first``, a Monday; Saturday and Sunday only where something is on them."""
    by_day: dict[date, list[Sitting]] = {}
    for sitting in sittings:
        by_day.setdefault(sitting.day, []).append(sitting)
    every = (first + timedelta(days=number) for number in range(7))
    return [day_of(by_day.get(day, []), day) for day in every if day.isoweekday() <= 5 or day in by_day]


def day_of(sittings: Sequence[Sitting], day: date) -> Day:
    """The times of one day."""
    ordered = sorted(sittings, key=_order)
    numbers = lanes(ordered)
    placed = [Placed(sitting, lane) for sitting, lane in zip(ordered, numbers, strict=True)]
    return Day(day, tuple(_rows(placed)), max(numbers, default=0), total(ordered))


def lanes(ordered: Sequence[Sitting]) -> list[int]:
    """The lane of each time, so that no two that overlap share one, and as few as can be.

    ``ordered`` is in order of starts. Where it costs no further lane, times of the same
    hosts stand below each other.
    """
    found: list[int] = []
    running: list[tuple[float, int]] = []
    free: set[int] = set()
    last_hosts: dict[int, tuple[str, ...]] = {}
    for sitting in ordered:
        starts, ends = sitting.span
        while running and running[0][0] <= starts:
            free.add(heappop(running)[1])
        same = [lane for lane in free if last_hosts[lane] == sitting.hosts]
        lane = min(same or free, default=len(last_hosts) + 1)
        free.discard(lane)
        last_hosts[lane] = sitting.hosts
        heappush(running, (ends, lane))
        found.append(lane)
    return found


def _order(sitting: Sitting) -> tuple[float, float, str, tuple[str, ...], int]:
    return (*sitting.span, sitting.zone, sitting.hosts, sitting.slot)


def _rows(placed: Sequence[Placed]) -> Iterator[Row]:
    """One row for each span of hours; ``placed`` is in order. Two hours of one name carry their offset."""
    sittings = [one.sitting for one in placed]
    several = len({sitting.zone for sitting in sittings}) > 1
    changes = clocks_change(sittings)
    for _key, group in groupby(placed, lambda one: _order(one.sitting)[:3]):
        side = tuple(sorted(group, key=lambda one: one.lane))
        first = side[0].sitting
        if several:
            yield Row(f"{label(first)} {_whose(first)}", side)
        else:
            yield Row(label(first, with_offset=changes), side)


def _whose(sitting: Sitting) -> str:
    """Whose clock it is, where a day has more than one: ``(Stockholm, UTC+2)``."""
    return f"({sitting.zone.rsplit('/', maxsplit=1)[-1].replace('_', ' ')}, {offset(sitting.starts)})"
