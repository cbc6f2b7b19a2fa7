"""How fast it is meant to be: what each figure is to reach, and whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LARGE = 1_000_000
"""Problems from which on a comparison with a full GROUP BY says something."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked of the figures of a bench whose name begins so: a measure of theirs, at least or at most so much."""

    bench: str
    begins: str
    measure: str
    limit: float
    is_least: bool
    from_scale: int = 0

    @property
    def asked(self) -> str:
        """In signs."""
        return f"{self.measure} {'≥' if self.is_least else '≤'} {self.limit:g}"

    def is_reached(self, value: float) -> bool:
        """Whether a value will do."""
        return value >= self.limit if self.is_least else value <= self.limit


GOALS = (
    Goal("submit", "", "ratio", 0.25, is_least=True),
    Goal("submit", "", "growth", 0.8, is_least=True),
    Goal("intake", "", "ratio", 0.2, is_least=True),
    Goal("inbox", "", "growth", 1.3, is_least=False),
    Goal("search", "少见的两个字", "ratio", 50, is_least=False),
    Goal("overview", "", "growth", 1.3, is_least=False),
    Goal("overview", "全省总览，逐市：", "ratio", 1 / 30, is_least=False, from_scale=LARGE),
    Goal("live", "3,000 个读者，提交到收到", "p99_ms", 1000, is_least=False),
)


def judged(figures: Sequence[Mapping[str, Any]], scale: int) -> Iterator[dict[str, Any]]:
    """Every goal beside what was measured at the stock; void figures reach nothing, what was not measured is left out."""
    for goal in GOALS:
        for figure in figures:
            value = figure[goal.measure] if figure["bench"] == goal.bench else None
            if value is None or figure["scale"] != scale or scale < goal.from_scale or not figure["what"].startswith(goal.begins):
                continue
            yield {
                "bench": goal.bench, "what": figure["what"], "asked": goal.asked, "measured": value,
                "is_reached": goal.is_reached(value) and not figure["is_void"],
            }
