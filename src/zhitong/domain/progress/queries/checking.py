"""What is odd about the figures of reports, held against last period, target, sources and the parts below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhitong.domain.plans.rules import IndicatorKind
from zhitong.domain.progress.models import Figure, Report
from zhitong.domain.progress.queries.below import Below, below_of
from zhitong.domain.progress.queries.held import AimedAt, aims, previous_values
from zhitong.domain.progress.queries.rules import rules_of
from zhitong.domain.progress.rules.checks import AskedFigure


@dataclass(frozen=True, slots=True)
class Ground:
    """What the figures of some reports are held against."""

    below: Mapping[UUID, Below]
    previous: Mapping[tuple[UUID, UUID], Decimal]
    aims: Mapping[tuple[UUID, UUID], AimedAt]
    tolerance: Mapping[UUID, Decimal]

    def asked(self, row: Figure) -> AskedFigure:
        """A figure with all that it is held against."""
        key = (row.report_id, row.indicator_id)
        total, missing = self.below[row.report_id].sum_of(row.indicator_id)
        aim = self.aims.get(key)
        return AskedFigure(
            name=row.indicator.full_name, measure=row.indicator.measure, kind=IndicatorKind(row.indicator.kind), value=row.value,
            stage=row.stage, note=row.note, previous=self.previous.get(key), target=aim.goal.value if aim else None,
            below=total, missing=missing, tolerance=self.tolerance[row.report_id],
        )


def ground_of(reports: Sequence[Report]) -> Ground:
    """What the reports' figures are held against (seven queries and one per campaign); the reports come with task and plan."""
    tolerance = {campaign: rules_of(campaign).tolerance for campaign in {one.task.plan.campaign for one in reports}}
    return Ground(
        below_of(reports), previous_values(reports), aims(reports),
        {one.id: tolerance[one.task.plan.campaign] for one in reports},
    )


def figures_by_report(report_ids: Sequence[UUID]) -> dict[UUID, list[Figure]]:
    """The figures of reports in the order of the plan, with their indicators; one query."""
    found: dict[UUID, list[Figure]] = {one: [] for one in report_ids}
    rows = Figure.objects.filter(report_id__in=report_ids).select_related("indicator").order_by("indicator__position", "id")
    for row in rows:
        found[row.report_id].append(row)
    return found
