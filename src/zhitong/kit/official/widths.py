"""How wide the columns of a table are: in the relation given, or by what stands in them."""

from __future__ import annotations

from zhitong.kit.official.measures import width_of
from zhitong.kit.official.shapes import Figure, Piece, Table

_LEAST, _MOST = 3.0, 16.0
"""Signs by which a column counts at least and at most."""


def column_widths(table: Table, width_mm: float) -> list[float]:
    """Millimetres of each column; together they fill the width."""
    shares: tuple[float, ...] = table.shares
    if len(shares) != len(table.heads):
        shares = tuple(_wanted(table, column) for column in range(len(table.heads)))
    whole = sum(shares)
    return [width_mm * share / whole for share in shares]


def _wanted(table: Table, column: int) -> float:
    longest = max((width_of(plain(row[column])) for row in table.rows), default=0.0)
    return min(max(longest, width_of(table.heads[column]), _LEAST), _MOST) + 1


def plain(piece: Piece) -> str:
    """A piece as its words alone."""
    return piece.text if isinstance(piece, Figure) else piece
