"""Counting the reports: owed, on time, late, returned, by region, line and unit, from tallies kept by the acts (R-E4).

Reporting rate = sent ÷ owed; timeliness = sent on time ÷ owed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.progress.rules.reports import COUNTS, Mark, ReportState
from zhitong.domain.tallies.rules import Cell, Cut

MARK = """
CASE WHEN report.state IN ('submitted', 'approved', 'accepted') THEN
         CASE WHEN report.first_submitted_at > report.due_at THEN 'late' ELSE 'on_time' END
     WHEN report.state = 'returned' THEN 'returned'
     WHEN report.state = 'waiting_below' THEN 'waiting'
     ELSE 'missing' END
"""
"""The SQL twin of `mark_of`."""

REPORTS = Cut(
    "progress.reports", ("period", "mark", "line"),
    f"SELECT report.region_id, report.period, {MARK}, coalesce(report.line_id::text, ''), 1 FROM progress_report report",
)
BY_UNIT = Cut(
    "progress.by_unit", ("unit", "period", "mark"),
    f"SELECT report.region_id, report.unit_id::text, report.period, {MARK}, 1 FROM progress_report report",
)
EVER_RETURNED = Cut(
    "progress.returned", ("period", "unit", "line"),
    """SELECT report.region_id, report.period, report.unit_id::text, coalesce(report.line_id::text, ''), 1
       FROM progress_report report WHERE report.returned_at IS NOT NULL""",
)
CUTS = (REPORTS, BY_UNIT, EVER_RETURNED)
SENT = (Mark.ON_TIME, Mark.LATE)


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a report is counted."""

    region_id: UUID
    unit_id: UUID
    line_id: UUID | None
    period: str
    mark: Mark
    was_returned: bool

    def cells(self) -> list[Cell]:
        """The cells it stands in."""
        line = str(self.line_id) if self.line_id else ""
        cells = [
            REPORTS.cell(self.region_id, self.period, self.mark, line),
            BY_UNIT.cell(self.region_id, self.unit_id, self.period, self.mark),
        ]
        return [*cells, EVER_RETURNED.cell(self.region_id, self.period, self.unit_id, line)] if self.was_returned else cells


def mark_of(state: ReportState, first_sent_at: datetime | None, due_at: datetime) -> Mark:
    """How a report counts."""
    if state is ReportState.SUBMITTED or state in COUNTS:
        return Mark.LATE if first_sent_at is not None and first_sent_at > due_at else Mark.ON_TIME
    if state is ReportState.RETURNED:
        return Mark.RETURNED
    return Mark.WAITING if state is ReportState.WAITING_BELOW else Mark.MISSING


@dataclass(frozen=True, slots=True)
class Reporting:
    """How many reports are owed and how they stand; `returned` counts those given back at any time."""

    by_mark: Mapping[Mark, int]
    returned: int = 0

    def count(self, *marks: Mark) -> int:
        """Reports with these marks together."""
        return sum(self.by_mark.get(one, 0) for one in marks)

    @property
    def owed(self) -> int:
        """All that were written down when their period opened."""
        return sum(self.by_mark.values())

    @property
    def sent(self) -> int:
        """What was sent, on time or late."""
        return self.count(*SENT)

    @property
    def rate(self) -> Decimal | None:
        """Sent ÷ owed, 0 to 1; None where nothing was owed."""
        return Decimal(self.sent) / self.owed if self.owed else None

    @property
    def timeliness(self) -> Decimal | None:
        """Sent on time ÷ owed, 0 to 1; None where nothing was owed."""
        return Decimal(self.count(Mark.ON_TIME)) / self.owed if self.owed else None
