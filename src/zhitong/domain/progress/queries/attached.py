"""The files beside a report: its evidence, seen through the report."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from zhitong.domain.calendars.rules import period_of
from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Milestone
from zhitong.domain.progress.models import Report
from zhitong.domain.progress.queries.reach import reach
from zhitong.kit.refusals import NotFound

FILES_OF = "progress_report"


def evidence_of(report_ids: Collection[UUID]) -> dict[UUID, list[FileView]]:
    """The evidence of reports, in one query."""
    return files_of(FILES_OF, report_ids)


def must_see_files_of(viewer: Viewer, report_id: UUID) -> None:
    """Refuse the evidence of a report to whoever may not see it.

    Raises NotFound.
    """
    if not Report.objects.filter(reach(viewer), id=report_id).exists():
        raise NotFound


def milestones_to_prove(reports: Collection[Report]) -> dict[UUID, list[str]]:
    """By report the milestones of its task and region that were done in its period and want a proof; one query."""
    if not reports:
        return {}
    wanted = Q(task_id__in={one.task_id for one in reports}, region_id__in={one.region_id for one in reports})
    rows = list(
        Milestone.objects.filter(wanted, needs_evidence=True, done_on__isnull=False)
        .order_by("position").values_list("task_id", "region_id", "done_on", "name")
    )
    found: dict[UUID, list[str]] = {}
    for one in reports:
        period = period_of(one.period)
        found[one.id] = [
            name for task_id, region_id, done_on, name in rows
            if done_on and (task_id, region_id) == (one.task_id, one.region_id) and period.first <= done_on <= period.last
        ]
    return found
