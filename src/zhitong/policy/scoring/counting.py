"""Precision, recall and F1 of one part, with the misses by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """How one part of a plan was read: `right` of `found`, `right` of `expected`; F1 is 1 where nothing was to be found."""

    name: str
    right: int
    found: int
    expected: int
    missed: tuple[str, ...] = ()
    """What the hand-made reading has and the plan has not."""
    made_up: tuple[str, ...] = ()
    """What the plan has and the hand-made reading has not."""

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / self.found if self.found else float(not self.expected)

    @property
    def recall(self) -> float:
        """Of what was to be found, the share that was."""
        return self.right / self.expected if self.expected else float(not self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Score:
    """All parts, in the order of a plan."""

    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """The part of this name."""
        return next(part for part in self.parts if part.name == name)

    def as_json(self) -> dict[str, Any]:
        """The parts by name, as `zhitong policy score --json` prints them."""
        return {
            part.name: {
                "precision": round(part.precision, 4), "recall": round(part.recall, 4), "f1": round(part.f1, 4),
                "right": part.right, "found": part.found, "expected": part.expected,
                "missed": list(part.missed), "made_up": list(part.made_up),
            }
            for part in self.parts
        }


def overlap(left: Row, right: Row) -> int:
    """How many code points two spans share; a row without an end counts its text."""
    return min(_end(left), _end(right)) - max(int(left["start"]), int(right["start"]))


def _end(row: Row) -> int:
    return int(row["end"]) if row.get("end") is not None else int(row["start"]) + len(row.get("text") or "")


def agreed(name: str, pairs: Sequence[tuple[Row, Row]], question: Any, said: Any) -> Part:
    """Of rows matched already, in how many the answer agrees; `question(found, gold)` says so, `said` names a row."""
    wrong = [(found, gold) for found, gold in pairs if not question(found, gold)]
    return Part(
        name, len(pairs) - len(wrong), len(pairs), len(pairs),
        tuple(said(gold) for _, gold in wrong), tuple(said(found) for found, _ in wrong),
    )
