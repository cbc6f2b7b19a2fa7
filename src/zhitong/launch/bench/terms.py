"""On what terms things are measured: how long, by how many at once, how many rows. Time is given, never a number of rounds."""

from __future__ import annotations

from dataclasses import dataclass

SMALL = 10_000
"""Problems of the stock beside which every other is held: what grows with the number is seen."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Seconds of every stretch that is measured, connections that write at once, rows of a workbook, acts of a storm, kills."""

    seconds: float = 4.0
    clients: int = 16
    rows: int = 2000
    acts: int = 1000
    kills: int = 2


READERS = (1000, 3000)
"""How many follow the streams at once, in turn."""
