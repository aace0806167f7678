"""The room's system check; docs/reference/checks.md lists it."""

from __future__ import annotations

from typing import Any

from django.core import checks

from keino_academy.applications.list_columns import COLUMNS, unknown_columns


@checks.register("keino_academy")
def check_columns(**kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ARG001 - every check is called alike
    """Every column that the site wants in the list of applications is there."""
    unknown = unknown_columns()
    if not unknown:
        return []
    return [
        checks.Warning(
            f"APPLICATION_COLUMNS names columns that the list of applications does not have: {', '.join(unknown)}.",
            hint=f"There are: {', '.join(COLUMNS)}.",
            id="keino_academy.W010",
        )
    ]
