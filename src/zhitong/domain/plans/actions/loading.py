"""Loading plans from a package: what is written becomes rows, and loading the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from zhitong.domain.organisations.models import Region
from zhitong.domain.plans.actions.naming import units_by_name
from zhitong.domain.plans.actions.timetabling import load_timetable
from zhitong.domain.plans.actions.valuing import load_values
from zhitong.domain.plans.models import Gate, Indicator, IndicatorLink, Plan, Target, Task, TaskUnit
from zhitong.domain.plans.package import Clause, IndicatorRecord, PlanRecord, TaskRecord
from zhitong.domain.plans.queries.amended import content_amended, units_amended
from zhitong.domain.plans.rules import Relation
from zhitong.kit.keeping import Key, Loaded, keep
from zhitong.kit.refusals import Refused


class UnknownInPlan(Refused):
    """The plan names a region, unit or parent task that is not kept."""


class StillUsed(Refused):
    """Something no longer written was divided, amended or reported on."""


@transaction.atomic
def load(plans: Sequence[PlanRecord], *, now: datetime) -> Loaded:
    """Write plans and gates; a plan that another one carries out comes before it. Returns what has changed.

    The values of the plan begin on the day it was issued, else on the campaign's first day. What was divided or amended
    since stays as it is.
    Raises UnknownInPlan: a region, unit or parent task is not kept. Raises StillUsed: an indicator that is no longer
    written was divided, amended or reported on. Nothing is loaded then.
    """
    return sum((_load(plan, now) + _load_days(plan) for plan in plans), Loaded())


@transaction.atomic
def publish_version(record: PlanRecord, *, units: Mapping[str, UUID], now: datetime) -> Loaded:
    """Let a plan that was read from a paper be the version in force: tasks with the same number and indicators with the
    same code stay the same rows, with all that was reported on them; gates and timetable stay as they are.

    `units` are units by the name the record gives them; other names are looked up as in `load`.
    Raises UnknownInPlan, StillUsed: see `load`. Source: R-C6, R-C7.
    """
    Plan.objects.filter(campaign=record.campaign, version=record.version - 1).update(version=record.version)
    return _load(record, now, units)


def _load(record: PlanRecord, now: datetime, units: Mapping[str, UUID] | None = None) -> Loaded:
    region = Region.objects.filter(code=record.region).first()
    if region is None:
        raise UnknownInPlan(f"方案“{record.title}”的区划 {record.region} 不存在，请先载入区划。")
    plans, counted = keep(
        Plan.objects.filter(campaign=record.campaign, version=record.version), ("campaign", "version"),
        {(record.campaign, record.version): {
            "region_id": region.id, "document": record.document, "title": record.title, "number": record.number,
            "issuers": list(record.issuers), "issued_on": record.issued_on, "begins_on": record.begins_on,
            "ends_on": record.ends_on,
        }},
    )
    plan_id = plans[(record.campaign, record.version)]
    rewritten = content_amended(plan_id)
    tasks, of_tasks = keep(
        Task.objects.filter(plan_id=plan_id), ("plan_id", "number"),
        {
            (plan_id, task.number): {**_task(place, task), **rewritten.get(task.number, {})}
            for place, task in enumerate(record.tasks, 1)
        },
        sweep=False,
    )
    of_units = _load_units(record, region.id, {number: row for (_, number), row in tasks.items()}, units or {})
    of_indicators = _load_indicators(record, plan_id, region.id, tasks, now)
    return counted + of_tasks + of_units + of_indicators + _sweep(plan_id, record)


def _load_days(record: PlanRecord) -> Loaded:
    """Write the printed timetable and the gates of the campaign."""
    region = Region.objects.get(code=record.region)
    tasks = Task.objects.filter(plan__campaign=record.campaign, plan__version=record.version)
    of_timetable = load_timetable(record, region.id, dict(tasks.values_list("number", "id")))
    return of_timetable + _load_gates(record)


def _sweep(plan_id: UUID, record: PlanRecord) -> Loaded:
    """Take away indicators and then tasks that are no longer written, when all else has found its new place."""
    indicators = Indicator.objects.filter(plan_id=plan_id).exclude(code__in=[one.code for one in record.indicators])
    tasks = Task.objects.filter(plan_id=plan_id).exclude(number__in=[task.number for task in record.tasks])
    removed = indicators.count() + tasks.count()
    try:
        Target.objects.filter(indicator__in=indicators).delete()
        indicators.delete()
        tasks.delete()
    except ProtectedError as used:
        raise StillUsed(
            f"方案“{record.title}”里去掉的指标或任务已经分解、调整或有报送，不能去掉；请改用“调整”取消它。"
        ) from used
    return Loaded(removed=removed)


def _task(place: int, task: TaskRecord) -> dict[str, Any]:
    return {
        "position": place, "kind": task.kind.value, "section": task.section, "title": task.title,
        "content": task.content, "parent_id": _parent_id(task), "is_damaged": task.is_damaged, **_cited(task.clause),
    }


def _parent_id(task: TaskRecord) -> UUID | None:
    if not task.parent:
        return None
    campaign, _, number = task.parent.partition("#")
    above = Task.objects.filter(plan__campaign=campaign, number=number).order_by("-plan__version").first()
    if above is None:
        raise UnknownInPlan(f"任务“{task.title}”的上级任务 {task.parent} 还没有载入，请先载入上级方案。")
    return above.id


def _load_units(
    record: PlanRecord, region_id: UUID, tasks: Mapping[str, UUID], units: Mapping[str, UUID]
) -> Loaded:
    named = [unit for task in record.tasks for unit in task.units]
    known = {**units_by_name({unit.name for unit in named} - units.keys(), region_id), **units}
    missing = sorted({unit.name for unit in named if not unit.is_collective} - set(known))
    if missing:
        raise UnknownInPlan(f"方案“{record.title}”里的单位没有找到：{'、'.join(missing)}。请先在 units.yaml 里写上。")
    amended = units_amended(tasks.values())
    wanted = {
        (tasks[task.number], place): {
            "unit_id": known.get(unit.name), "role": unit.role.value, "part": unit.part,
            "indicator_codes": list(unit.indicators),
            "as_printed": unit.as_printed, "is_collective": unit.is_collective, "is_open": unit.is_open,
        }
        for task in record.tasks if tasks[task.number] not in amended
        for place, unit in enumerate(task.units, 1)
    }
    kept = TaskUnit.objects.filter(task_id__in=tasks.values()).exclude(task_id__in=amended)
    _, counted = keep(kept, ("task_id", "position"), wanted)
    return counted


def _load_indicators(
    record: PlanRecord, plan_id: UUID, region_id: UUID, tasks: Mapping[Key, UUID], now: datetime
) -> Loaded:
    uppers = _uppers(record)
    indicators, counted = keep(
        Indicator.objects.filter(plan_id=plan_id), ("plan_id", "code"),
        {
            (plan_id, one.code): _indicator(place, one, tasks.get((plan_id, one.task)), uppers.get(one.upper_reading))
            for place, one in enumerate(record.indicators, 1)
        },
        sweep=False,
    )
    ids = {code: row for (_, code), row in indicators.items()}
    of_targets = load_values(record, plan_id, region_id, ids, now)
    _, of_links = keep(
        IndicatorLink.objects.filter(indicator_id__in=ids.values()), ("indicator_id", "relation", "other_id"),
        {link: {} for one in record.indicators for link in _links(one, ids)},
    )
    return counted + of_targets + of_links


def _uppers(record: PlanRecord) -> dict[str, UUID]:
    """The readings one level up by `campaign#code`, in the newest version of their plan."""
    wanted = {one.upper_reading for one in record.indicators if one.upper_reading}
    campaigns = {word.partition("#")[0] for word in wanted}
    rows = Indicator.objects.filter(plan__campaign__in=campaigns).order_by("plan__version")
    found = {f"{campaign}#{code}": row for row, campaign, code in rows.values_list("id", "plan__campaign", "code")}
    if missing := sorted(wanted - found.keys()):
        raise UnknownInPlan(f"方案“{record.title}”所落实的上级指标没有找到：{'、'.join(missing)}。请先载入上级方案。")
    return found


def _indicator(place: int, one: IndicatorRecord, task_id: UUID | None, upper_id: UUID | None) -> dict[str, Any]:
    return {
        "task_id": task_id, "upper_id": upper_id, "position": place, "section": one.section, "name": one.name,
        "reading_class": one.klass.value, "kind": one.kind.value, "measure": one.unit, "scope": one.scope,
        "direction": one.direction.value, "aggregation": one.aggregation.value, "weight": one.weight,
        "frequency": one.frequency.value, "per": one.per, "modality": one.modality,
        "is_approximate": one.is_approximate, "is_implied": one.is_implied, "is_damaged": one.is_damaged,
        "text": one.text, **_cited(one.clause),
    }


def _links(one: IndicatorRecord, ids: Mapping[str, UUID]) -> Iterable[tuple[UUID, str, UUID]]:
    for relation, codes in ((Relation.RESTATED_BY, one.restated_by), (Relation.PART_OF, one.part_of)):
        for code in codes:
            yield ids[one.code], str(relation), ids[code]


def _load_gates(record: PlanRecord) -> Loaded:
    wanted = {
        (record.campaign, gate.code): {
            "name": gate.name, "on": gate.on, "printed": gate.printed, "share": gate.share, **_cited(gate.clause),
        }
        for gate in record.gates
    }
    return keep(Gate.objects.filter(campaign=record.campaign), ("campaign", "code"), wanted)[1]


def _cited(clause: Clause) -> dict[str, Any]:
    return {"document": clause.document, "clause_start": clause.start, "clause_end": clause.end}
