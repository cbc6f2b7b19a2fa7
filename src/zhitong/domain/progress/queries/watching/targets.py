"""Targets with how they stand: the newest judgement up to a day, the one before it, and another light set beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Target
from zhitong.domain.plans.rules import (
    Aggregation,
    Comparator,
    Goal,
    IndicatorClass,
    IndicatorKind,
    Light,
    Stage,
    TargetForm,
    TaskKind,
    full_name,
    goal_in_words,
)
from zhitong.domain.progress.models import Standing
from zhitong.domain.progress.queries.watching.seeing import may_watch, watched_among

EVERY_DAY = date.max
"""Up to no day in particular: the newest there is."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A target at a period's end. Shares are parts of the way (1 = the target); `stage` is a qualitative target's word."""

    period: str
    period_end: date
    actual: Decimal | None
    expected: Decimal | None
    share: Decimal | None
    expected_share: Decimal | None
    light: Light
    words: str
    stage: Stage | None
    is_mended: bool
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class Overridden:
    """The light that the level above set beside the computed one."""

    light: Light
    reason: str
    by_unit_id: UUID


@dataclass(frozen=True, slots=True)
class WatchedTarget:
    """A target in a region with how it stands; `judged` is None while nothing has been computed for it."""

    id: UUID
    indicator_id: UUID
    region_id: UUID
    plan_id: UUID
    campaign: str
    task_id: UUID
    task_number: str
    task_title: str
    task_kind: TaskKind
    code: str
    name: str
    kind: IndicatorKind
    aggregation: Aggregation
    form: TargetForm
    measure: str
    goal: str
    value: Decimal
    comparator: Comparator
    deadline: date | None
    judged: Judged | None
    before: Judged | None
    override: Overridden | None

    @property
    def light(self) -> Light | None:
        """The computed light; None while there is none."""
        return self.judged.light if self.judged else None


_JUDGED = ("period", "period_end", "actual", "expected", "share", "expected_share", "light", "words", "is_mended", "is_accepted")
_NOW, _BEFORE = (", ".join(f"{alias}.{name} AS {alias}_{name}" for name in _JUDGED) for alias in ("newest", "earlier"))
_ONE = """
LEFT JOIN LATERAL (
    SELECT standing.* FROM progress_standing standing
    WHERE standing.target_id = target.id AND standing.period_end <= %(by)s
    ORDER BY standing.period_end DESC, standing.id DESC LIMIT 1 OFFSET {back}
) {name} ON true
"""
_TARGETS = f"""
SELECT target.id, target.indicator_id, target.region_id, target.comparator, target.value, target.upper, target.deadline,
       target.form, indicator.code, indicator.name, indicator.scope, indicator.kind, indicator.aggregation,
       indicator.measure, plan.id AS plan_id, plan.campaign, task.id AS task_id, task.number, task.title,
       task.kind AS task_kind, figure.stage, override.light AS override_light, override.reason AS override_reason,
       override.by_unit_id, {_NOW}, {_BEFORE}
FROM plans_target target
JOIN plans_indicator indicator ON indicator.id = target.indicator_id
JOIN plans_plan plan ON plan.id = indicator.plan_id
JOIN plans_task task ON task.id = indicator.task_id
{_ONE.format(back=0, name="newest")}
{_ONE.format(back=1, name="earlier")}
LEFT JOIN progress_figure figure ON figure.id = newest.figure_id
LEFT JOIN progress_override override
       ON override.target_id = target.id AND override.period = newest.period AND override.released_at IS NULL
WHERE target.region_id = ANY(%(regions)s) AND NOT target.is_cancelled
  AND (indicator.reading_class = ANY(%(reached)s) OR newest.id IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM plans_plan later WHERE later.campaign = plan.campaign AND later.version > plan.version)
  {{narrowed}}
ORDER BY plan.campaign DESC, indicator.position, target.region_id
"""
_REACHED = [IndicatorClass.TARGET.value, IndicatorClass.COVERAGE.value]


def targets_in(
    viewer: Viewer, region_ids: Iterable[UUID], *, plan_id: UUID | None = None, task_ids: Sequence[UUID] | None = None,
    by: date | None = None,
) -> list[WatchedTarget]:
    """The targets of the tasks of plans in force in some regions, in the order of the paper, as they stood on a day (one query).

    Regions that the viewer may not watch give nothing. Input, periods and the like have no light and are left out.
    """
    seen = watched_among(viewer, region_ids)
    narrowed = " AND plan.id = %(plan)s" if plan_id else ""
    narrowed += " AND task.id = ANY(%(tasks)s)" if task_ids is not None else ""
    parameters = {
        "regions": seen, "by": by or EVERY_DAY, "reached": _REACHED, "plan": plan_id, "tasks": list(task_ids or ()),
    }
    return [_target(row) for row in rows_as_dicts(_TARGETS.format(narrowed=narrowed), parameters)] if seen else []


def series_of(viewer: Viewer, target_id: UUID, region_id: UUID) -> list[Judged]:
    """How a target stood at the end of each period, oldest first (one query)."""
    if not may_watch(viewer, region_id):
        return []
    found = Standing.objects.filter(target_id=target_id, region_id=region_id).order_by("period_end", "id")
    return [_judged(row, "") for row in found.values(*_JUDGED)]


def periods_in(viewer: Viewer, region_id: UUID) -> list[date]:
    """The days up to which a region's targets have been judged, the newest first (one query)."""
    if not may_watch(viewer, region_id):
        return []
    found = Standing.objects.filter(region_id=region_id).order_by("-period_end").values_list("period_end", flat=True)
    return list(found.distinct())


def regions_with_targets(viewer: Viewer, plan_id: UUID) -> list[RegionEntry]:
    """The regions that have targets of a plan and that the viewer may watch, highest first (one query)."""
    here = directory()
    found = Target.objects.filter(indicator__plan_id=plan_id, is_cancelled=False).values_list("region_id", flat=True)
    seen = [here.regions[one] for one in watched_among(viewer, found.distinct())]
    return sorted(seen, key=lambda one: (len(here.path(one.id)), one.position, one.code))


def rows_as_dicts(statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a statement by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _target(row: Mapping[str, Any]) -> WatchedTarget:
    comparator = Comparator(row["comparator"])
    override = row["override_light"]
    return WatchedTarget(
        id=row["id"], indicator_id=row["indicator_id"], region_id=row["region_id"], plan_id=row["plan_id"],
        campaign=row["campaign"], task_id=row["task_id"], task_number=row["number"], task_title=row["title"],
        task_kind=TaskKind(row["task_kind"]), code=row["code"],
        name=full_name(row["name"], row["scope"]), kind=IndicatorKind(row["kind"]),
        aggregation=Aggregation(row["aggregation"]), form=TargetForm(row["form"]), measure=row["measure"],
        goal=goal_in_words(Goal(comparator, row["value"], row["upper"], row["measure"])), value=row["value"],
        comparator=comparator, deadline=row["deadline"],
        judged=_judged(row, "newest_") if row["newest_period"] else None,
        before=_judged(row, "earlier_") if row["earlier_period"] else None,
        override=Overridden(Light(override), row["override_reason"], row["by_unit_id"]) if override else None,
    )


def _judged(row: Mapping[str, Any], of: str) -> Judged:
    stage = row.get("stage") if of == "newest_" else ""
    return Judged(
        period=row[f"{of}period"], period_end=row[f"{of}period_end"], actual=row[f"{of}actual"],
        expected=row[f"{of}expected"], share=row[f"{of}share"], expected_share=row[f"{of}expected_share"],
        light=Light(row[f"{of}light"]), words=row[f"{of}words"], stage=Stage(stage) if stage else None,
        is_mended=row[f"{of}is_mended"], is_accepted=row[f"{of}is_accepted"],
    )
