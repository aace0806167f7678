"""One figure beside what it is compared with."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """A figure, its floor or peer in the same unit, and the goal for the ratio (or for the figure itself)."""

    name: str
    figure: float
    unit: str
    goal: float
    peer: float | None = None
    peer_name: str = ""
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """Return figure / peer, or None where a figure stands alone."""
        return self.figure / self.peer if self.peer else None

    @property
    def met(self) -> bool:
        """Tell whether the goal is reached."""
        value = self.figure if self.ratio is None else self.ratio
        return value >= self.goal if self.at_least else value <= self.goal

    def as_dict(self) -> dict[str, Any]:
        """Return what ``results.json`` holds."""
        ratio = None if self.ratio is None else round(self.ratio, 3)
        fields = asdict(self)
        return {
            "name": fields["name"],
            "figure": round(self.figure, 4),
            "unit": fields["unit"],
            "peer": None if self.peer is None else round(self.peer, 4),
            "peer_name": fields["peer_name"],
            "ratio": ratio,
            "goal": self.goal_in_words,
            "met": self.met,
        }

    @property
    def goal_in_words(self) -> str:
        """Return the goal as it is said: "≤ 1.6 ×" or "≤ 10 queries"."""
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {self.goal:g} {'×' if self.peer else self.unit}"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for a screen."""
    lines = [("what", "figure", "beside", "ratio", "goal", "")]
    for row in rows:
        beside = "" if row.peer is None else f"{row.peer:.4g} {row.peer_name}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f} ×"
        figure = f"{row.figure:.4g} {row.unit}"
        lines.append((row.name, figure, beside, ratio, row.goal_in_words, "met" if row.met else "NOT MET"))
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
