"""What the acts on reports share: finding them locked, writing what changed, and moving the counts with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from zhitong.domain.progress.models import Report
from zhitong.domain.progress.rules import ReportState
from zhitong.domain.progress.rules.counting import Counted, mark_of
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell, postings
from zhitong.kit.refusals import NotFound, Refused
from zhitong.kit.rows import update_rows


class NotNow(Refused):
    """The report does not stand so that this could be done with it."""


class Locked(Refused):
    """The period takes nothing any more but corrections."""


class Changed(Refused):
    """Somebody else has written in the report meanwhile."""


class NotYoursToDo(Refused):
    """The unit sees the report, but the act is another's."""


class Step(Protocol):
    """An act on one report, in the version that was looked at."""

    @property
    def report_id(self) -> UUID: ...

    @property
    def version(self) -> int | None: ...


def found_locked(steps: Sequence[Step]) -> dict[UUID, Report]:
    """The reports of the steps, locked, with task, plan and region.

    Raises NotFound: one is not there for this viewer. Raises Changed: one is no longer in the version looked at.
    """
    wanted = {one.report_id for one in steps}
    rows = Report.objects.select_for_update(of=("self",)).select_related("task__plan", "region").order_by("id")
    found = {row.id: row for row in rows.filter(id__in=wanted)}
    if len(found) < len(wanted):
        raise NotFound
    for one in steps:
        if one.version is not None and one.version != found[one.report_id].version:
            raise Changed(f"“{found[one.report_id].task.title}”刚刚有人改过，没有办理。请刷新后核对再办。")
    return found


def cells_of(row: Report) -> list[Cell]:
    """The counts a report stands in."""
    mark = mark_of(ReportState(row.state), row.first_submitted_at, row.due_at)
    return Counted(row.region_id, row.unit_id, row.line_id, row.period, mark, row.returned_at is not None).cells()


def counts_of(rows: Iterable[Report]) -> dict[UUID, list[Cell]]:
    """The counts reports stand in before an act."""
    return {row.id: cells_of(row) for row in rows}


def write(rows: Sequence[Report], before: Mapping[UUID, list[Cell]], fields: Sequence[str]) -> None:
    """Keep changed reports, each a version further, and move their counts."""
    for row in rows:
        row.version += 1
    update_rows(rows, [*fields, "version"])
    post(postings([(before[row.id], cells_of(row)) for row in rows]))
