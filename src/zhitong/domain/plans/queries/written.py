"""The plan in force as it would be written: what a later version of it takes over of the same tasks and indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from zhitong.domain.plans.models import Indicator, Plan, Target, Task
from zhitong.domain.plans.package import (
    AspirationRecord,
    Clause,
    FormulaRecord,
    IndicatorRecord,
    PlanRecord,
    TaskRecord,
)
from zhitong.domain.plans.rules import (
    Aggregation,
    Comparator,
    Direction,
    Frequency,
    IndicatorClass,
    IndicatorKind,
    TargetForm,
    TaskKind,
)
from zhitong.kit.source import Row

_ROW = Row("", 0)


def written_in_force(campaign: str) -> PlanRecord | None:
    """The newest version of a campaign's plan with its tasks and own targets (four queries); None where there is none.

    Units, links, curves, gates and timetable are left out: they stay with their rows.
    """
    plan = Plan.objects.filter(campaign=campaign).select_related("region").order_by("-version").first()
    if plan is None:
        return None
    tasks = Task.objects.filter(plan=plan).select_related("parent__plan").order_by("position")
    return PlanRecord(
        campaign=plan.campaign, region=plan.region.code, version=plan.version, document=plan.document, title=plan.title,
        number=plan.number, issuers=tuple(plan.issuers), issued_on=plan.issued_on, begins_on=plan.begins_on,
        ends_on=plan.ends_on, tasks=tuple(_task(row) for row in tasks), indicators=_indicators(plan), gates=(),
        numbers=frozenset(row.number for row in tasks), row=_ROW,
    )


def _task(row: Task) -> TaskRecord:
    parent = f"{row.parent.plan.campaign}#{row.parent.number}" if row.parent else ""
    clause = Clause(row.document, row.clause_start, row.clause_end)
    kind = TaskKind(row.kind)
    return TaskRecord(row.number, row.title, kind, row.section, row.content, parent, row.is_damaged, clause, (), _ROW)


def _indicators(plan: Plan) -> tuple[IndicatorRecord, ...]:
    rows = Indicator.objects.filter(plan=plan).select_related("task", "upper__plan").order_by("position")
    targets = Target.objects.filter(indicator__in=rows, region_id=plan.region_id).select_related("of_indicator")
    by_indicator: Mapping[UUID, Target] = defaultdict(Target, {row.indicator_id: row for row in targets})
    return tuple(_indicator(row, by_indicator[row.id]) for row in rows)


def _indicator(row: Indicator, target: Target) -> IndicatorRecord:
    upper = f"{row.upper.plan.campaign}#{row.upper.code}" if row.upper else ""
    return IndicatorRecord(
        code=row.code, task=row.task.number if row.task else "", section=row.section, name=row.name,
        klass=IndicatorClass(row.reading_class), kind=IndicatorKind(row.kind), unit=row.measure, scope=row.scope,
        direction=Direction(row.direction), aggregation=Aggregation(row.aggregation), weight=row.weight,
        frequency=Frequency(row.frequency), comparator=Comparator(target.comparator or Comparator.EQUAL.value),
        value=target.value, upper=target.upper, deadline=target.deadline, per=row.per, modality=row.modality,
        is_approximate=row.is_approximate, is_implied=row.is_implied, is_damaged=row.is_damaged, text=row.text,
        clause=Clause(row.document, row.clause_start, row.clause_end), aspiration=_aspiration(target), restated_by=(),
        part_of=(), form=TargetForm(target.form), formula=_formula(target), base=target.base, base_words=target.base_words,
        curve=None, upper_reading=upper, row=_ROW,
    )


def _aspiration(target: Target) -> AspirationRecord | None:
    if target.aspiration_value is None:
        return None
    clause = Clause(target.document, target.aspiration_start or 0, target.aspiration_end or 0)
    return AspirationRecord(target.aspiration_code, target.aspiration_value, target.aspiration_text, clause)


def _formula(target: Target) -> FormulaRecord | None:
    if target.factor is None or target.of_indicator is None:
        return None
    return FormulaRecord(target.factor, target.of_indicator.code)
