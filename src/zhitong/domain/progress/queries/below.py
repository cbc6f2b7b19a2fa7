"""What a report adds up from: the reports of the regions directly below and the parts of joint units; who is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.rules import Aggregation
from zhitong.domain.progress.models import Figure, Report
from zhitong.domain.progress.rules import COUNTS, ReportState


@dataclass(frozen=True, slots=True)
class BelowReport:
    """A report that this one waits for: of a region below, or of a unit that has a part."""

    report_id: UUID
    name: str
    state: ReportState
    is_part: bool
    values: Mapping[UUID, Decimal | None]

    @property
    def is_in(self) -> bool:
        """Whether what it says counts."""
        return self.state in COUNTS


@dataclass(slots=True)
class Below:
    """All that a report adds up from, in the order of the regions, then the parts."""

    reports: list[BelowReport] = field(default_factory=list)

    def missing(self) -> list[str]:
        """By name who is not in."""
        return [one.name for one in self.reports if not one.is_in]

    def sum_of(self, indicator_id: UUID) -> tuple[Decimal | None, int]:
        """What the parts that are in come to (None: none is), and how many have not said theirs.

        Where joint units tell an indicator they make up the whole: the regions below tell the same once more.
        """
        all_told = [one for one in self.reports if indicator_id in one.values]
        told = [one for one in all_told if one.is_part] or all_told
        values = [value for one in told if one.is_in and (value := one.values[indicator_id]) is not None]
        return (sum(values, Decimal(0)) if values else None), len(told) - len(values)


def below_of(reports: Sequence[Report]) -> dict[UUID, Below]:
    """What each of these reports adds up from (three queries whatever the number); only joiners' add up."""
    joiners = [one for one in reports if one.is_joiner]
    here = directory()
    found = {one.id: Below() for one in reports}
    if not joiners:
        return found
    rows = _candidates(joiners)
    summed = _summed([row.id for row in rows] + [one.id for one in joiners])
    by_place: dict[tuple[UUID, UUID, str], list[Report]] = defaultdict(list)
    for row in rows:
        by_place[(row.task_id, row.region_id, row.period)].append(row)
    for one in joiners:
        own = summed.get(one.id, {}).keys()
        for region in here.children(one.region_id) if one.region_id in here.regions else ():
            for row in by_place[(one.task_id, region.id, one.period)]:
                if row.is_joiner and own & summed.get(row.id, {}).keys():
                    found[one.id].reports.append(_below(row, region.name, summed, is_part=False))
        for row in by_place[(one.task_id, one.region_id, one.period)]:
            if not row.is_joiner:
                found[one.id].reports.append(_below(row, here.name_of(row.unit_id), summed, is_part=True))
    return found


def _candidates(joiners: Sequence[Report]) -> list[Report]:
    """The reports of the same tasks and periods in the same regions and those directly below."""
    here = directory()
    regions = {one.region_id for one in joiners}
    regions |= {below.id for region_id in regions if region_id in here.regions for below in here.children(region_id)}
    rows = Report.objects.filter(
        task_id__in={one.task_id for one in joiners}, period__in={one.period for one in joiners}, region_id__in=regions,
    )
    return list(rows.order_by("region__position", "id"))


def _summed(report_ids: Sequence[UUID]) -> Mapping[UUID, dict[UUID, Decimal | None]]:
    values: dict[UUID, dict[UUID, Decimal | None]] = defaultdict(dict)
    rows = Figure.objects.filter(report_id__in=set(report_ids), indicator__aggregation=Aggregation.SUM.value)
    for report_id, indicator_id, value in rows.values_list("report_id", "indicator_id", "value"):
        values[report_id][indicator_id] = value
    return values


def _below(row: Report, name: str, values: Mapping[UUID, Mapping[UUID, Decimal | None]], *, is_part: bool) -> BelowReport:
    return BelowReport(row.id, name, ReportState(row.state), is_part, values.get(row.id, {}))
