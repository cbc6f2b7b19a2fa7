"""A cut: what is counted, along which dimensions, and how the truth can be told from the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

Cell = tuple[str, UUID, str, str, str]
"""(cut, node, a, b, c)"""


@dataclass(frozen=True, slots=True)
class Cut:
    """A declared cut. `dimensions` names at most three beside the node; `truth` is SQL giving node, a, b, c, n.

    A cut whose name ends in `.confidential` is for viewers of a whole territory; the second wall reads the name.
    """

    name: str
    dimensions: tuple[str, ...]
    truth: str

    def cell(self, node: UUID, *values: object) -> Cell:
        """The cell of a thing: its node and one value per dimension, in the declared order."""
        words = [str(value) for value in values] + [""] * (3 - len(values))
        return (self.name, node, words[0], words[1], words[2])


def postings(moves: Sequence[tuple[Sequence[Cell], Sequence[Cell]]]) -> Mapping[Cell, int]:
    """What a batch of moves (cells left, cells entered) comes to: only cells whose count changes."""
    change: dict[Cell, int] = {}
    for left, entered in moves:
        for cell in left:
            change[cell] = change.get(cell, 0) - 1
        for cell in entered:
            change[cell] = change.get(cell, 0) + 1
    return {cell: n for cell, n in change.items() if n}
