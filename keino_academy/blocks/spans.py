"""Months, and the whole span that a period with a known precision covers. Imports no model."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any, TypeGuard

from keino_academy.blocks.enums import Precision

_MONTH = re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])")


def is_month(text: Any) -> TypeGuard[str]:
    """Whether the value is a month written ``2023-09``."""
    return isinstance(text, str) and _MONTH.fullmatch(text) is not None


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def season_of(day: date) -> tuple[date, date]:
    """First and last day of the season of a day.

    Spring is March to May, summer to August, autumn to November. Winter takes its name
    from the year of the day: January and February of it, or December and what follows.
    """
    if day.month == 12:
        return day.replace(day=1), month_end(date(min(day.year + 1, date.max.year), 2, 1))
    first = max(day.month // 3 * 3, 1)
    return date(day.year, first, 1), month_end(date(day.year, first + 2 if first > 1 else 2, 1))


def whole(first: date, last: date | None, precision: str) -> tuple[date, date]:
    """First and last day of a period, both included, widened to the precision that is known."""
    last = max(first, last or first)
    if precision == Precision.MONTH:
        return first.replace(day=1), month_end(last)
    if precision == Precision.SEASON:
        return season_of(first)[0], season_of(last)[1]
    if precision == Precision.YEAR:
        return date(first.year, 1, 1), date(last.year, 12, 31)
    return first, last
