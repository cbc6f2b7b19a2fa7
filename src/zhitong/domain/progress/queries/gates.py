"""What the gates have found, as may be seen: which are frozen, counts by region, the readings of a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Gate
from zhitong.domain.progress.models import GateReading
from zhitong.domain.progress.queries.standings import may_see_standings, regions_seen
from zhitong.domain.progress.rules import GateResult
from zhitong.domain.progress.rules.gates import GATES
from zhitong.domain.tallies.queries import counts


@dataclass(frozen=True, slots=True)
class FrozenGate:
    """A gate that was read: its day, and the share of every task that is needed by then (0 to 1)."""

    id: UUID
    code: str
    name: str
    on: date
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What a gate found for one target."""

    target_id: UUID
    indicator_id: UUID
    code: str
    name: str
    measure: str
    task_id: UUID | None
    task_number: str
    campaign: str
    period: str
    actual: Decimal | None
    needed: Decimal | None
    share: Decimal | None
    needed_share: Decimal | None
    result: GateResult
    words: str
    frozen_at: datetime


def gates_read(viewer: Viewer, campaign: str) -> list[FrozenGate]:
    """The gates of a campaign that were read in a region the viewer sees, by day (one query)."""
    rows = Gate.objects.filter(campaign=campaign, id__in=GateReading.objects.values("gate_id")).order_by("on", "code")
    return [FrozenGate(row.id, row.code, row.name, row.on, _part(row.share)) for row in rows]


def gate_counts(
    viewer: Viewer, region_ids: Sequence[UUID]
) -> dict[UUID, dict[UUID, dict[GateResult, int]]]:
    """How many of a region's own targets each gate found how, by region and gate (one statement whatever the number)."""
    here = directory()
    seen = regions_seen(viewer, region_ids)
    children = {one: {below.id for below in here.children(one)} for one in seen}
    nodes = sorted({*seen, *(below for each in children.values() for below in each)})
    at: dict[UUID, dict[tuple[UUID, GateResult], int]] = {}
    for (node, gate, result), number in counts(GATES, nodes, by=("gate", "result")).items():
        at.setdefault(node, {})[(UUID(str(gate)), GateResult(str(result)))] = number
    found: dict[UUID, dict[UUID, dict[GateResult, int]]] = {}
    for region_id in seen:
        for (gate_id, found_so), number in at.get(region_id, {}).items():
            own = number - sum(at.get(below, {}).get((gate_id, found_so), 0) for below in children[region_id])
            if own:
                found.setdefault(region_id, {}).setdefault(gate_id, {})[found_so] = own
    return found


def gate_readings(viewer: Viewer, gate_id: UUID, region_id: UUID) -> list[ReadingView]:
    """What a gate found for the targets of a region, in the order of the plan (one query)."""
    if not may_see_standings(viewer, region_id):
        return []
    rows = GateReading.objects.filter(gate_id=gate_id, region_id=region_id).select_related("indicator__task__plan")
    return [_view(row) for row in rows.order_by("indicator__task__position", "indicator__position", "id")]


def _view(row: GateReading) -> ReadingView:
    one, task = row.indicator, row.indicator.task
    return ReadingView(
        row.target_id, one.id, one.code, one.name, one.measure, one.task_id, task.number if task else "",
        task.plan.campaign if task else "", row.period, row.actual, row.needed, row.share, row.needed_share,
        GateResult(row.result), row.words, row.frozen_at,
    )


def _part(share: Decimal | None) -> Decimal | None:
    return None if share is None else share / 100
