"""What had been told by a moment: later reports and corrections are looked away from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.plans.queries.steps import steps_at
from zhitong.domain.plans.rules import TargetForm
from zhitong.domain.plans.rules.timetable import weighed_by
from zhitong.domain.progress.queries.grounds import rows_of
from zhitong.domain.progress.rules.standings import Aim, Told

COUNTED_THEN = (
    "(report.approved_at <= %(moment)s AND report.state IN ('approved', 'accepted') OR withdrawn.figure_id IS NOT NULL)"
)
"""A report counted at a moment when it was approved by then, or had been approved then and was given back only later."""
_VALUE_THEN = """
LEFT JOIN LATERAL (
    SELECT true AS is_later, correction.before FROM progress_correction correction
    WHERE correction.figure_id = figure.id AND correction.is_allowed AND correction.decided_at > %(moment)s
    ORDER BY correction.decided_at LIMIT 1
) AS corrected ON true
LEFT JOIN LATERAL (
    SELECT kept.figure_id, kept.value, kept.stage FROM progress_withdrawn kept
    WHERE kept.figure_id = figure.id AND kept.counted_from <= %(moment)s AND kept.counted_until > %(moment)s
    ORDER BY kept.counted_from DESC LIMIT 1
) AS withdrawn ON true
"""
_THEN = """CASE WHEN withdrawn.figure_id IS NOT NULL THEN withdrawn.value WHEN corrected.is_later THEN corrected.before
    ELSE figure.value END"""
_STAGE = "coalesce(withdrawn.stage, figure.stage)"
_TOLD = f"""
SELECT DISTINCT ON (target.id{{each}}) target.id, report.period, report.period_end, figure.id, {_THEN}, {_STAGE}
FROM plans_target target
JOIN plans_indicator indicator ON indicator.id = target.{{of}}
JOIN progress_report report ON report.task_id = indicator.task_id AND report.region_id = target.region_id
    AND report.is_joiner AND report.period_end <= %(on)s
JOIN progress_figure figure ON figure.report_id = report.id AND figure.indicator_id = indicator.id
{_VALUE_THEN}
WHERE target.id = ANY(%(targets)s) AND {COUNTED_THEN} AND ({_THEN} IS NOT NULL OR {_STAGE} <> '')
ORDER BY target.id, report.period_end DESC, report.period DESC, report.id DESC
"""
_OWN, _OTHER = (_TOLD.format(of=of, each="") for of in ("indicator_id", "of_indicator_id"))
_EACH, _EACH_OTHER = (
    _TOLD.format(of=of, each=", report.period_end, report.period") for of in ("indicator_id", "of_indicator_id")
)


def told_by(aims: Collection[Aim], on: date, moment: datetime) -> dict[UUID, Told]:
    """What was last told of targets by a moment, of periods over by a day; who told nothing is left out (two to four
    queries). What milestones say by then stands for itself."""
    asked = {"targets": [aim.target_id for aim in aims], "on": on, "moment": moment}
    found = {
        target: Told(target, period, end, None, True, False, figure, value, stage)
        for target, period, end, figure, value, stage in rows_of(_OWN, asked)
    }
    return found | _of_formulas(aims, found, asked) | _of_milestones(aims, found, on)


def courses_by(aims: Collection[Aim], on: date, moment: datetime) -> dict[UUID, list[Told]]:
    """All that had been told of targets by a moment, of periods over by a day, by target the oldest first (one or two
    queries). Who told nothing is left out, and so are milestones, which stand for themselves."""
    asked = {"targets": [aim.target_id for aim in aims], "on": on, "moment": moment}
    formulas = [aim.target_id for aim in aims if aim.form is TargetForm.FORMULA]
    others: dict[tuple[UUID, str], Decimal] = {}
    if formulas:
        others = {(row[0], row[1]): row[4] for row in rows_of(_EACH_OTHER, {**asked, "targets": formulas})}
    found: dict[UUID, list[Told]] = defaultdict(list)
    for target, period, end, figure, value, stage in reversed(rows_of(_EACH, asked)):
        basis = others.get((target, period))
        found[target].append(Told(target, period, end, None, True, False, figure, value, stage, of_value=basis))
    return found


def _of_formulas(aims: Collection[Aim], found: dict[UUID, Told], asked: dict[str, object]) -> dict[UUID, Told]:
    formulas = [aim.target_id for aim in aims if aim.form is TargetForm.FORMULA and aim.target_id in found]
    if not formulas:
        return {}
    others: dict[UUID, Decimal] = {row[0]: row[4] for row in rows_of(_OTHER, {**asked, "targets": formulas})}
    return {target_id: replace(found[target_id], of_value=others.get(target_id)) for target_id in formulas}


def _of_milestones(aims: Collection[Aim], found: dict[UUID, Told], on: date) -> dict[UUID, Told]:
    by_milestones = [aim for aim in aims if aim.form is TargetForm.MILESTONE]
    steps = steps_at((aim.task_id, aim.region_id) for aim in by_milestones)
    return {
        aim.target_id: replace(
            found.get(aim.target_id, Told(aim.target_id, "", on, None, True)),
            weighed=weighed_by(steps.get((aim.task_id, aim.region_id), ()), on),
        )
        for aim in by_milestones
    }
