"""Who approves and who accepts reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.progress.models import Duty, Report
from zhitong.domain.progress.queries.rules import rules_of
from zhitong.domain.progress.rules.way import ReportPlace, acceptor_of, approver_of


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who approves a report here, and who accepts it above (None: nobody stands above)."""

    approver_id: UUID | None
    acceptor_id: UUID | None


def deciders_of(reports: Sequence[Report]) -> Mapping[UUID, Deciders]:
    """Who decides on reports (one query, and one per campaign); the reports come with task and plan."""
    here = directory()
    rows = Duty.objects.filter(task_id__in={one.task_id for one in reports}, is_joiner=True, until__isnull=True)
    joiners = {(task_id, region_id): unit_id for task_id, region_id, unit_id in rows.values_list("task_id", "region_id", "unit_id")}
    accepting = {campaign: rules_of(campaign).accepted_by for campaign in {one.task.plan.campaign for one in reports}}
    found = {}
    for one in reports:
        region = here.regions.get(one.region_id)
        place = ReportPlace(
            one.region_id, one.unit_id, one.task.plan.region_id, one.is_joiner, joiners.get((one.task_id, one.region_id)),
        )
        above = joiners.get((one.task_id, region.parent_id)) if region and region.parent_id else None
        found[one.id] = Deciders(
            approver_of(place, here), acceptor_of(place, accepting[one.task.plan.campaign], above, here),
        )
    return found
