"""Targets of some kinds of task as they stood at a cut-off: by the reports that counted then, against what held then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.bulletins.queries.ledgers.territory import Territory
from zhitong.domain.files.queries import FileView
from zhitong.domain.plans.rules import Goal, Light, TargetForm, TaskKind, full_name
from zhitong.domain.progress.queries.attached import evidence_of
from zhitong.domain.progress.queries.grounds import aims_of, held_on, light_rules
from zhitong.domain.progress.queries.past import courses_by, told_by
from zhitong.domain.progress.rules.standings import Aim, InForce, Reckoned, Told, reckon

_TARGETS = """
SELECT target.id, task.kind, task.number, task.title, indicator.name, indicator.scope, indicator.measure, target.region_id,
       (SELECT string_agg(unit.name, '、' ORDER BY lead.position) FROM plans_task_unit lead
        JOIN organisations_unit unit ON unit.id = lead.unit_id WHERE lead.task_id = task.id AND lead.role = 'lead')
FROM plans_target target
JOIN plans_indicator indicator ON indicator.id = target.indicator_id AND indicator.reading_class IN ('target', 'coverage')
    AND indicator.kind NOT IN ('deadline', 'frequency')
JOIN plans_plan plan ON plan.id = indicator.plan_id
JOIN plans_task task ON task.id = indicator.task_id AND task.kind = ANY(%(kinds)s)
WHERE target.region_id = ANY(%(regions)s)
  AND NOT EXISTS (SELECT 1 FROM plans_plan later WHERE later.campaign = plan.campaign AND later.version > plan.version
                  AND (later.issued_on IS NULL OR later.issued_on <= %(today)s))
ORDER BY plan.campaign DESC, task.position, indicator.position, target.id
"""
_REPORTS = "SELECT id, report_id FROM progress_figure WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class AimThen:
    """A target as it stood. `reckoned` is None where nothing counted by then, `has_photo` whether a photo proved it."""

    kind: TaskKind
    task_number: str
    task: str
    name: str
    region_id: UUID
    leads: str
    goal: Goal
    reckoned: Reckoned | None
    has_photo: bool

    @property
    def light(self) -> Light:
        """The computed light; 未报 where nothing counted."""
        return self.reckoned.judged.light if self.reckoned else Light.NONE


def aims_then(territory: Territory, regions: Sequence[UUID], kinds: Collection[TaskKind]) -> list[AimThen]:
    """The targets of these kinds of task in regions, in the order of the paper; some ten statements and six for each period.

    One cancelled by then, or without a value then, is left out.
    """
    rows = _read(territory, regions, kinds)
    aims = {aim.target_id: aim for aim in aims_of([row[0] for row in rows])}
    today, held = territory.today, held_on(aims.values(), territory.today)
    reckoned = _reckoned(territory, list(aims.values()), today)
    photos = _photographed(territory, [one.told.figure_id for one in reckoned.values() if one.told.figure_id])
    found = []
    for target_id, kind, number, title, name, scope, _measure, region_id, leads in rows:
        if target_id in held:
            stood = reckoned.get(target_id)
            has_photo = stood is not None and stood.told.figure_id in photos
            found.append(AimThen(
                TaskKind(kind), number, title, full_name(name, scope), region_id, leads or "", held[target_id].goal, stood, has_photo,
            ))
    return found


def _read(territory: Territory, regions: Sequence[UUID], kinds: Collection[TaskKind]) -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {
        "regions": list(regions), "kinds": [one.value for one in kinds], "today": territory.today,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TARGETS, asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _reckoned(territory: Territory, aims: Sequence[Aim], today: date) -> dict[UUID, Reckoned]:
    """The newest judgement of every target that had told something by the cut-off."""
    told: dict[UUID, Sequence[Told]] = dict(courses_by(aims, today, territory.at))
    steps = [aim for aim in aims if aim.form is TargetForm.MILESTONE]
    told |= {target_id: [one] for target_id, one in told_by(steps, today, territory.at).items()}
    ends = {one.period_end for each in told.values() for one in each}
    held = {end: held_on([aim for aim in aims if aim.target_id in told], end) for end in ends}
    rules = light_rules({aim.campaign for aim in aims})
    found: dict[UUID, Reckoned] = {}
    for aim in aims:
        was_red = False
        for one in told.get(aim.target_id, ()):
            in_force: Mapping[UUID, InForce] = held[one.period_end]
            if aim.target_id in in_force:
                stood = reckon(
                    aim, one, in_force[aim.target_id], rules[aim.campaign], on=one.period_end, now=territory.at, was_red=was_red
                )
                found[aim.target_id], was_red = stood, stood.judged.light is Light.RED
    return found


def _photographed(territory: Territory, figure_ids: Sequence[UUID]) -> set[UUID]:
    """The figures whose report had a photo beside it by the cut-off; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_REPORTS, [list(figure_ids)])
        reports: dict[UUID, UUID] = dict(cursor.fetchall())
    evidence = evidence_of(set(reports.values())) if reports else {}
    return {figure for figure, report in reports.items() if any(_is_proof(territory, file) for file in evidence[report])}


def _is_proof(territory: Territory, file: FileView) -> bool:
    return file.is_photo and (file.attached_at or file.uploaded_at) <= territory.at
