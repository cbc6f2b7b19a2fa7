"""What forecasts are made from, read for a whole campaign as it was known at a moment: some fifteen statements for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from zhitong.domain.analysis.models import Forecast
from zhitong.domain.analysis.rules.forecasting.grounds import Gate, Ground
from zhitong.domain.analysis.rules.forecasting.timetables import known_by
from zhitong.domain.plans.models import Gate as GateRow
from zhitong.domain.plans.models import LightStandard, MilestoneLink
from zhitong.domain.plans.queries.steps import Place, steps_at
from zhitong.domain.plans.queries.targets import curves_on, terms_on
from zhitong.domain.plans.rules import TargetForm
from zhitong.domain.plans.rules.timetable import Step, Wait
from zhitong.domain.progress.models import Standing
from zhitong.domain.progress.queries.grounds import aims_of, rows_of
from zhitong.domain.progress.queries.past import courses_by
from zhitong.domain.progress.rules.standings import Aim
from zhitong.kit.clock import day_of

_TARGETS = """
SELECT target.id FROM plans_target target
JOIN plans_indicator indicator ON indicator.id = target.indicator_id
    AND indicator.task_id IS NOT NULL AND indicator.reading_class IN ('target', 'coverage')
    AND indicator.kind NOT IN ('deadline', 'frequency')
JOIN plans_plan plan ON plan.id = indicator.plan_id AND plan.campaign = %(campaign)s
WHERE NOT target.is_cancelled
  AND plan.version = (SELECT max(newest.version) FROM plans_plan newest WHERE newest.campaign = plan.campaign)
ORDER BY target.id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What was forecast last of a target: its grounds, and the days ahead as they were foretold."""

    made_on: date
    grounds: str
    period: str
    steps: Sequence[Mapping[str, str]]
    said_before: Mapping[str, str] | None


def grounds_of(campaign: str, moment: datetime) -> list[Ground]:
    """Every target of a campaign's newest plan with what was asked and told of it at a moment; without a value then, left out."""
    day = day_of(moment)
    aims = aims_of([row[0] for row in rows_of(_TARGETS, {"campaign": campaign})])
    ids = [aim.target_id for aim in aims]
    terms, curves, told = terms_on(ids, day), curves_on(ids, day), courses_by(aims, day, moment)
    gates, (steps, waits) = _gates(campaign, day), _timetables(aims, day)
    found = []
    for aim in aims:
        term, curve = terms.get(aim.target_id), curves[aim.target_id]
        if term is None or term.is_cancelled:
            continue
        place = (aim.task_id, aim.region_id)
        found.append(Ground(
            aim, term.goal(aim.measure), curve.shape, curve.points, term.deadline or curve.points[-1][0],
            tuple(one for one in told.get(aim.target_id, ()) if one.value is not None or one.stage), gates,
            *((tuple(steps.get(place, ())), tuple(waits.get(place, ()))) if aim.form is TargetForm.MILESTONE else ((), ())),
        ))
    return found


def _gates(campaign: str, day: date) -> tuple[Gate, ...]:
    """The gates ahead at which a campaign reads its targets, by day (two queries)."""
    read = LightStandard.objects.filter(campaign=campaign).values_list("gates", flat=True).first() or []
    rows = GateRow.objects.filter(campaign=campaign, code__in=read, on__gte=day).order_by("on", "code")
    return tuple(Gate(row.code, row.name, row.on, None if row.share is None else Decimal(row.share) / 100) for row in rows)


def _timetables(aims: Collection[Aim], day: date) -> tuple[dict[Place, list[Step]], dict[Place, list[Wait]]]:
    """The timetables that targets are reached by, as they stood on a day, with what waits for what (two queries)."""
    places = {(aim.task_id, aim.region_id) for aim in aims if aim.form is TargetForm.MILESTONE}
    steps = {place: known_by(found, day) for place, found in steps_at(places).items()}
    at = {one.id: place for place, found in steps.items() for one in found}
    waits: dict[Place, list[Wait]] = defaultdict(list)
    for link in MilestoneLink.objects.filter(after_id__in=at):
        waits[at[link.after_id]].append(Wait(link.before_id, link.after_id, link.lag_days))
    return steps, waits


def known_before(campaign: str, day: date) -> dict[UUID, Known]:
    """What was forecast last of each target of a campaign before or on a day (one query)."""
    rows = Forecast.objects.filter(indicator__plan__campaign=campaign, made_on__lte=day).order_by("target_id", "-made_on")
    return {
        row.target_id: Known(row.made_on, row.grounds, row.period, row.steps, row.said_before)
        for row in rows.distinct("target_id")
    }


def has_moved(campaign: str, now: datetime) -> bool:
    """Whether anything was reported, decided or put off since a campaign was last forecast, or a month has begun (two queries)."""
    made = Forecast.objects.filter(indicator__plan__campaign=campaign).aggregate(at=Max("made_at"))["at"]
    if made is None or (day_of(made).year, day_of(made).month) != (day_of(now).year, day_of(now).month):
        return True
    return Standing.objects.filter(indicator__plan__campaign=campaign, computed_at__gt=made).exists()

