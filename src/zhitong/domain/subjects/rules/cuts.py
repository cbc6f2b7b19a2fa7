"""What is counted of the registry, so that no overview groups the rows: subjects by kind, tier and stage; who is looked after."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.subjects.rules.caring import HOME_OF_UNTIERED, Coverage
from zhitong.domain.tallies.rules import Cell, Cut

KINDS = Cut(
    "subjects.kinds", ("kind", "tier", "stage"),
    "SELECT region_id, kind, tier, stage, count(*) FROM subjects_subject WHERE ended_on IS NULL GROUP BY 1, 2, 3, 4",
)
HOME_TIER = f"coalesce(nullif(subject.tier, ''), '{HOME_OF_UNTIERED}')"
STANDING = f"""
    SELECT subject.id, subject.region_id, subject.kind, subject.tier, subject.stage, {HOME_TIER} AS home,
           CASE WHEN care.id IS NULL THEN '{Coverage.NOBODY}'
                WHEN subject.kind IN ('platform', 'work') AND care.task_force_id IS NULL THEN '{Coverage.NO_FORCE}'
                ELSE '{Coverage.COVERED}' END AS coverage
    FROM subjects_subject subject LEFT JOIN subjects_care care
      ON care.subject_id = subject.id AND care.until IS NULL AND care.tier = {HOME_TIER}
    WHERE subject.ended_on IS NULL
"""
"""Everybody served, with the level at which somebody must look after it and whether somebody does."""
CARE = Cut(
    "subjects.care", ("kind", "tier", "coverage"),
    f"SELECT region_id, kind, home, coverage, count(*) FROM ({STANDING}) AS standing GROUP BY 1, 2, 3, 4",
)
CUTS = (KINDS, CARE)


def cell_of(region_id: UUID, kind: str, tier: str, stage: str) -> Cell:
    """The cell in which a subject counts as it stands."""
    return KINDS.cell(region_id, kind, tier, stage)


def care_cell(region_id: UUID, kind: str, tier: str, coverage: Coverage) -> Cell:
    """The cell in which the care of a subject counts; no tier counts as the level where it must be looked after."""
    return CARE.cell(region_id, kind, tier or HOME_OF_UNTIERED, coverage)
