"""What figures are held against: last period's, the target in force on the period's last day, what the sources say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from zhitong.domain.calendars.rules import period_before, period_of
from zhitong.domain.plans.models import Target, TargetTerm
from zhitong.domain.plans.rules import Comparator, Goal, TargetForm
from zhitong.domain.progress.models import Figure, Report, SourceFigure
from zhitong.domain.progress.rules import Quality


@dataclass(frozen=True, slots=True)
class AimedAt:
    """A target as it is in force for a period."""

    target_id: UUID
    goal: Goal
    deadline: date | None
    form: TargetForm


@dataclass(frozen=True, slots=True)
class SourceStand:
    """The newest figure that a source has sent."""

    id: UUID
    source: str
    value: Decimal
    as_of: datetime
    quality: Quality
    received_at: datetime


Key = tuple[UUID, UUID]
"""(report, indicator)"""


def previous_values(reports: Sequence[Report]) -> Mapping[Key, Decimal]:
    """What the same unit said of the same for the period before; one query."""
    before = {one.id: period_before(period_of(one.period)).code for one in reports}
    rows = Figure.objects.filter(
        report__task_id__in={one.task_id for one in reports}, report__region_id__in={one.region_id for one in reports},
        report__period__in=set(before.values()), value__isnull=False, report__first_submitted_at__isnull=False,
    ).values_list("report__task_id", "report__region_id", "report__part", "report__period", "indicator_id", "value")
    said: dict[tuple[UUID, UUID, str, str], dict[UUID, Decimal]] = defaultdict(dict)
    for task_id, region_id, part, period, indicator_id, value in rows:
        if value is not None:
            said[(task_id, region_id, part, period)][indicator_id] = value
    return {
        (one.id, indicator_id): value for one in reports
        for indicator_id, value in said[(one.task_id, one.region_id, one.part, before[one.id])].items()
    }


def aims(reports: Sequence[Report]) -> Mapping[Key, AimedAt]:
    """The targets of the reports' tasks in their regions, by the terms in force on each period's last day; two queries."""
    rows = list(Target.objects.filter(
        indicator__task_id__in={one.task_id for one in reports}, region_id__in={one.region_id for one in reports},
    ).select_related("indicator"))
    terms: dict[UUID, list[TargetTerm]] = defaultdict(list)
    last = max((one.period_end for one in reports), default=None)
    if last is not None:
        for term in TargetTerm.objects.filter(target__in=[row.id for row in rows], since__lte=last).order_by("since"):
            terms[term.target_id].append(term)
    placed: dict[tuple[UUID | None, UUID], list[Target]] = defaultdict(list)
    for row in rows:
        placed[(row.indicator.task_id, row.region_id)].append(row)
    return {
        (one.id, row.indicator_id): _aim(row, terms[row.id], one.period_end)
        for one in reports for row in placed[(one.task_id, one.region_id)]
    }


def _aim(row: Target, terms: Sequence[TargetTerm], on: date) -> AimedAt:
    """A target that has no term on the day is taken as it is now."""
    held = [term for term in terms if term.since <= on and (term.until is None or on < term.until)]
    one: Target | TargetTerm = held[-1] if held else row
    goal = Goal(Comparator(one.comparator), one.value, one.upper, row.indicator.measure)
    return AimedAt(row.id, goal, one.deadline, TargetForm(row.form))


def source_stands(reports: Sequence[Report]) -> Mapping[Key, SourceStand]:
    """The newest that sources say of the reports' figures; of several sources the newest stand; one query."""
    if not reports:
        return {}
    wanted = Q(region_id__in={one.region_id for one in reports}, period__in={one.period for one in reports})
    rows = SourceFigure.objects.filter(wanted, is_newest=True, indicator__task_id__in={one.task_id for one in reports})
    placed: dict[tuple[UUID | None, UUID, str], dict[UUID, SourceStand]] = defaultdict(dict)
    for row in rows.select_related("source", "indicator").order_by("as_of", "id"):
        stand = SourceStand(row.id, row.source.name, row.value, row.as_of, Quality(row.quality), row.received_at)
        placed[(row.indicator.task_id, row.region_id, row.period)][row.indicator_id] = stand
    return {
        (one.id, indicator_id): stand for one in reports
        for indicator_id, stand in placed[(one.task_id, one.region_id, one.period)].items()
    }
