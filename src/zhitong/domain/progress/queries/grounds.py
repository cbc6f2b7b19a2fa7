"""What standings are reckoned from: targets, what was told of them, what held on a day; few statements for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.plans.models import LightStandard
from zhitong.domain.plans.queries.steps import steps_at
from zhitong.domain.plans.queries.targets import curves_on, shares_on, terms_on
from zhitong.domain.plans.rules import USUAL, Direction, Light, LightRule, Stage, TargetForm
from zhitong.domain.plans.rules.timetable import weighed_by
from zhitong.domain.progress.rules.standings import Aim, InForce, Told

_FITS = """CASE WHEN report.period LIKE '%%Q%%' THEN 'quarter' WHEN report.period LIKE '%%H%%' THEN 'half_year'
    WHEN length(report.period) = 4 THEN 'year' WHEN length(report.period) = 8 THEN 'ten_days' ELSE 'month'
    END = indicator.frequency"""
"""Whether a report is for the length of period in which an indicator is told."""
ASKED = f"(figure.id IS NOT NULL OR target.form = 'milestone' AND {_FITS})"
"""Whether a report asks for a target: it has a place for the figure; milestones have none and are asked by frequency."""
COUNTED = "report.state IN ('approved', 'accepted')"
"""The states of a report whose figures count."""

_AIMS = """
SELECT target.id, target.indicator_id, target.region_id, indicator.task_id, plan.campaign, region.rank, target.form,
       indicator.direction, indicator.measure, target.base, target.factor
FROM plans_target target
JOIN plans_indicator indicator ON indicator.id = target.indicator_id AND indicator.task_id IS NOT NULL
JOIN plans_plan plan ON plan.id = indicator.plan_id
JOIN organisations_region region ON region.id = target.region_id
WHERE target.id = ANY(%(targets)s)
"""
_TOLD = f"""
SELECT DISTINCT ON (target.id, report.period_end, report.period)
       target.id, report.period, report.period_end, report.due_at, {COUNTED}, report.state = 'accepted',
       CASE WHEN {COUNTED} THEN figure.id END, CASE WHEN {COUNTED} THEN figure.value END,
       CASE WHEN {COUNTED} THEN coalesce(figure.stage, '') ELSE '' END
FROM plans_target target
JOIN plans_indicator indicator ON indicator.id = target.indicator_id
JOIN progress_report report ON report.task_id = indicator.task_id AND report.region_id = target.region_id
    AND report.is_joiner AND report.period_end >= %(since)s
LEFT JOIN progress_figure figure ON figure.report_id = report.id AND figure.indicator_id = target.indicator_id
WHERE target.id = ANY(%(targets)s) AND {ASKED}
ORDER BY target.id, report.period_end, report.period, {COUNTED} DESC, report.id DESC
"""
_OTHERS = f"""
SELECT target.id, report.period, figure.value
FROM plans_target target
JOIN plans_indicator other ON other.id = target.of_indicator_id
JOIN progress_report report ON report.task_id = other.task_id AND report.region_id = target.region_id
    AND report.is_joiner AND report.period_end >= %(since)s AND {COUNTED}
JOIN progress_figure figure ON figure.report_id = report.id AND figure.indicator_id = other.id
WHERE target.id = ANY(%(targets)s) AND target.form = 'formula' AND figure.value IS NOT NULL
"""


def aims_of(target_ids: Collection[UUID]) -> list[Aim]:
    """The targets of tasks among these (one query)."""
    return [
        Aim(target, indicator, region, task, campaign, rank, TargetForm(form), Direction(direction), *counted)
        for target, indicator, region, task, campaign, rank, form, direction, *counted
        in rows_of(_AIMS, {"targets": list(target_ids)})
    ]


def told_of(aims: Collection[Aim], since: date) -> dict[UUID, list[Told]]:
    """What was told of targets for every period opened that ends on a day or later, by target in order (two to four
    queries). The joiner's report counts once it was approved; a period whose report is not there yet is among them."""
    target_ids = [aim.target_id for aim in aims]
    found: dict[UUID, list[Told]] = defaultdict(list)
    for row in rows_of(_TOLD, {"targets": target_ids, "since": since}):
        found[row[0]].append(Told(*row))
    return _with_milestones(aims, _with_others(aims, found, since))


def _with_others(aims: Collection[Aim], found: dict[UUID, list[Told]], since: date) -> dict[UUID, list[Told]]:
    """With the figures that formulas rest on."""
    formulas = [aim.target_id for aim in aims if aim.form is TargetForm.FORMULA]
    if not formulas:
        return found
    others = {(row[0], row[1]): row[2] for row in rows_of(_OTHERS, {"targets": formulas, "since": since})}
    for target_id in formulas:
        found[target_id] = [replace(one, of_value=others.get((target_id, one.period))) for one in found[target_id]]
    return found


def _with_milestones(aims: Collection[Aim], found: dict[UUID, list[Told]]) -> dict[UUID, list[Told]]:
    """With how far the timetable was by each period's end."""
    by_milestones = [aim for aim in aims if aim.form is TargetForm.MILESTONE]
    steps = steps_at((aim.task_id, aim.region_id) for aim in by_milestones)
    for aim in by_milestones:
        own = steps.get((aim.task_id, aim.region_id), ())
        found[aim.target_id] = [replace(one, weighed=weighed_by(own, one.period_end)) for one in found[aim.target_id]]
    return found


def held_on(aims: Collection[Aim], day: date) -> dict[UUID, InForce]:
    """What held for targets on a day (six queries); one without a value then, or cancelled by then, is left out."""
    target_ids = [aim.target_id for aim in aims]
    terms, curves, shares = terms_on(target_ids, day), curves_on(target_ids, day), shares_on(target_ids, day)
    found = {}
    for aim in aims:
        term, curve = terms.get(aim.target_id), curves[aim.target_id]
        if term is not None and not term.is_cancelled:
            found[aim.target_id] = InForce(
                term.id, curve.id, term.goal(aim.measure), curve.shape, shares[aim.target_id],
                term.deadline or curve.points[-1][0],
            )
    return found


def light_rules(campaigns: Collection[str]) -> dict[str, LightRule]:
    """The rule of the lights of campaigns (one query); the usual one where a campaign has none."""
    found = dict.fromkeys(campaigns, USUAL)
    for row in LightStandard.objects.filter(campaign__in=campaigns):
        found[row.campaign] = LightRule(
            row.green_from, row.amber_from, Light(row.overdue), Light(row.mended),
            {stage: Decimal(row.stages[str(stage)]) for stage in Stage}, tuple(row.gates), row.source,
        )
    return found


def rows_of(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Every row that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
