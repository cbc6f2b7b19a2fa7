"""What is counted of the registry: subjects by kind, tier and stage, so that no overview groups the rows."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.tallies.rules import Cell, Cut

KINDS = Cut(
    "subjects.kinds", ("kind", "tier", "stage"),
    "SELECT region_id, kind, tier, stage, count(*) FROM subjects_subject WHERE ended_on IS NULL GROUP BY 1, 2, 3, 4",
)
CUTS = (KINDS,)


def cell_of(region_id: UUID, kind: str, tier: str, stage: str) -> Cell:
    """The cell in which a subject counts as it stands."""
    return KINDS.cell(region_id, kind, tier, stage)
