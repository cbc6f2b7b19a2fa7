"""What is counted of diagnoses: enterprises by kind and diagnosis, so that no page groups the rows."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.tallies.rules import Cell, Cut

DIAGNOSES = Cut(
    "tiering.diagnoses", ("kind", "diagnosis"),
    "SELECT region_id, kind, diagnosis, '', count(*) FROM tiering_diagnosis WHERE until IS NULL GROUP BY 1, 2, 3",
)
CUTS = (DIAGNOSES,)


def cell_of(region_id: UUID, kind: str, diagnosis: str) -> Cell:
    """The cell in which an open diagnosis counts."""
    return DIAGNOSES.cell(region_id, kind, diagnosis)
