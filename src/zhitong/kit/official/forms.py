"""Where the cells of a form stand: labels of one width, the boxes of a row sharing what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhitong.kit.official.measures import LABEL_MM
from zhitong.kit.official.shapes import Grid, Piece


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell from `start` to `end` millimetres from the left of the form."""

    pieces: tuple[Piece, ...]
    start: float
    end: float
    lines: int
    is_label: bool


def laid_out(grid: Grid, width_mm: float) -> list[list[Placed]]:
    """The cells of each row, side by side from edge to edge; a box without a label is one cell."""
    rows = []
    for boxes in grid.rows:
        shares, placed, at = sum(box.share for box in boxes), list[Placed](), 0.0
        for box in boxes:
            end = round(at + width_mm * box.share / shares, 2)
            middle = round(at + min(LABEL_MM, (end - at) / 2), 2) if box.label else at
            if box.label:
                placed.append(Placed((box.label,), at, middle, 1, True))
            placed.append(Placed(box.pieces, middle, end, max(1, box.lines), False))
            at = end
        placed[-1] = Placed(placed[-1].pieces, placed[-1].start, round(width_mm, 2), placed[-1].lines, False)
        rows.append(placed)
    return rows


def edges_of(rows: Sequence[Sequence[Placed]]) -> list[float]:
    """Every place at which some cell begins or ends, from the left."""
    return sorted({edge for row in rows for cell in row for edge in (cell.start, cell.end)})
