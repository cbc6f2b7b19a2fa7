"""What stands beside the lights of a region: how its newest reports stand, what they say, and what the gates found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.progress.models import Duty, GateReading, Report
from zhitong.domain.progress.queries.watching.seeing import may_watch, watched_among
from zhitong.domain.progress.queries.watching.targets import EVERY_DAY
from zhitong.domain.progress.rules import GateResult, ReportState


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The newest report that a unit owes of a task in a region, with its words."""

    id: UUID
    task_id: UUID
    campaign: str
    task_number: str
    task_title: str
    region_id: UUID
    unit_id: UUID
    part: str
    period: str
    state: ReportState
    due_at: datetime
    first_submitted_at: datetime | None
    progress_words: str
    trouble_words: str
    next_words: str
    return_reason: str

    def is_late(self, now: datetime) -> bool:
        """Whether it is owed and its day has passed."""
        return self.state in OWING and self.due_at < now


@dataclass(frozen=True, slots=True)
class GateCounts:
    """What a gate found in a region: how many targets with which result."""

    code: str
    name: str
    on: date
    results: Mapping[GateResult, int]


OWING = (ReportState.OWED, ReportState.WAITING_BELOW, ReportState.RETURNED)
_NAMES = (
    "id", "task_id", "task__plan__campaign", "task__number", "task__title", "region_id", "unit_id", "part", "period",
    "state", "due_at", "first_submitted_at", "progress_words", "trouble_words", "next_words", "return_reason",
)


def newest_reports_in(
    viewer: Viewer, region_ids: Iterable[UUID], *, task_ids: Sequence[UUID] | None = None, by: date | None = None,
) -> list[ReportLine]:
    """The newest report of every task, region, unit and part up to a day, in the order of the paper (one query).

    Regions that the viewer may not watch give nothing.
    """
    seen = watched_among(viewer, region_ids)
    return _newest({"region_id__in": seen}, task_ids, by) if seen else []


def newest_reports_of(viewer: Viewer, unit_id: UUID, region_id: UUID) -> list[ReportLine]:
    """What a unit of a region has reported or owes, the newest of each task (one query)."""
    return _newest({"unit_id": unit_id}, None, None) if may_watch(viewer, region_id) else []


def tasks_reported_by(viewer: Viewer, unit_id: UUID) -> list[UUID]:
    """The tasks that a unit reports, by the standing order of reporting (one query)."""
    return list(Duty.objects.filter(unit_id=unit_id, until__isnull=True).order_by("task_id").values_list("task_id", flat=True))


def _newest(asked: Mapping[str, Any], task_ids: Sequence[UUID] | None, by: date | None) -> list[ReportLine]:
    found = Report.objects.filter(period_end__lte=by or EVERY_DAY, **asked)
    if task_ids is not None:
        found = found.filter(task_id__in=task_ids)
    key = ("task__plan__campaign", "task__position", "task_id", "region_id", "unit_id", "part")
    rows = found.order_by(*key, "-period_end", "-id").distinct(*key).values(*_NAMES)
    return [_report(row) for row in rows]


def _report(row: Mapping[str, Any]) -> ReportLine:
    plain = {name: row[name] for name in _NAMES if "__" not in name and name != "state"}
    return ReportLine(
        campaign=row["task__plan__campaign"], task_number=row["task__number"], task_title=row["task__title"],
        state=ReportState(row["state"]), **plain,
    )


def gates_in(viewer: Viewer, region_id: UUID, campaign: str = "") -> list[GateCounts]:
    """The gates that have been read in a region, by day (one query; a region has at most its targets × gates)."""
    if not may_watch(viewer, region_id):
        return []
    found = GateReading.objects.filter(region_id=region_id)
    if campaign:
        found = found.filter(gate__campaign=campaign)
    gates: dict[tuple[date, str, str], dict[GateResult, int]] = {}
    rows = found.values_list("gate__on", "gate__code", "gate__name", "result").annotate(Count("id"))
    for on, code, name, result, number in rows.order_by("gate__on", "gate__code", "result"):
        gates.setdefault((on, code, name), {})[GateResult(result)] = number
    return [GateCounts(code, name, on, results) for (on, code, name), results in gates.items()]
