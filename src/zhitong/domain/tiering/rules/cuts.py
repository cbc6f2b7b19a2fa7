"""What is counted: enterprises by kind and diagnosis, and firms by rung, so that no page groups the rows."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.tallies.rules import Cell, Cut

DIAGNOSES = Cut(
    "tiering.diagnoses", ("kind", "diagnosis"),
    "SELECT region_id, kind, diagnosis, '', count(*) FROM tiering_diagnosis WHERE until IS NULL GROUP BY 1, 2, 3",
)
RUNGS = Cut(
    "tiering.rungs", ("ladder", "rung", "ready"),
    "SELECT region_id, campaign || '.' || ladder, rung, is_ready::text, count(*) FROM tiering_footing GROUP BY 1, 2, 3, 4",
)
CUTS = (DIAGNOSES, RUNGS)


def cell_of(region_id: UUID, kind: str, diagnosis: str) -> Cell:
    """The cell in which an open diagnosis counts."""
    return DIAGNOSES.cell(region_id, kind, diagnosis)


def ladder_word(campaign: str, ladder: str) -> str:
    """A ladder of a campaign as a value of the cut."""
    return f"{campaign}.{ladder}"


def rung_cell(region_id: UUID, campaign: str, ladder: str, rung: str, *, is_ready: bool) -> Cell:
    """The cell in which a firm on a ladder counts."""
    return RUNGS.cell(region_id, ladder_word(campaign, ladder), rung, str(is_ready).lower())
