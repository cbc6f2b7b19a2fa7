"""Making forecasts: a campaign's targets carried forward from what is known, new rows only where the grounds have changed.

Made by the worker, which sees every region: a method is chosen and its errors are pooled over all regions of an
indicator, so that everybody reads the same forecast and nobody sees another's figures through it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.analysis.models import Forecast
from zhitong.domain.analysis.queries.forecasting.grounds import Known, grounds_of, has_moved, known_before
from zhitong.domain.analysis.rules.forecasting.courses import Course, Family, Roads
from zhitong.domain.analysis.rules.forecasting.grounds import Ground, course_of
from zhitong.domain.analysis.rules.forecasting.reckoning import (
    Made,
    StepAhead,
    actual_of,
    expected_of,
    goal_of,
    make,
)
from zhitong.domain.analysis.rules.forecasting.testing import Chosen, Pool, choose, errors_of, joined, results_of
from zhitong.domain.analysis.rules.forecasting.timetables import lateness
from zhitong.domain.calendars.queries import calendar
from zhitong.domain.plans.rules import TargetForm
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.rows import insert_rows

_REPLACED = "DELETE FROM analysis_forecast WHERE target_id = ANY(%(targets)s) AND made_on = %(day)s"
_NO_LONGER_NEWEST = "UPDATE analysis_forecast SET is_newest = false WHERE target_id = ANY(%(targets)s) AND is_newest"
_NEWEST = """
UPDATE analysis_forecast SET is_newest = true WHERE id IN (
    SELECT DISTINCT ON (target_id) id FROM analysis_forecast WHERE target_id = ANY(%(targets)s) ORDER BY target_id, made_on DESC
)
"""


def forecast_moved(campaigns: Iterable[str], *, now: datetime) -> int:
    """Forecast anew every campaign in which something has moved; returns how many forecasts that made. For the worker."""
    return sum(forecast(campaign, now=now) for campaign in campaigns if has_moved(campaign, now))


@transaction.atomic
def forecast(campaign: str, *, now: datetime) -> int:
    """Forecast a campaign's targets from what was known at a moment; returns how many were new or otherwise than kept.

    One that rests on the same grounds in the same month is left as it is; one made again on a day replaces that day's.
    Some twenty statements; a second of reckoning for some thousand targets with several points.
    Source: 冀发〔2018〕7号 一（四）; R-H2.
    """
    day = day_of(now)
    grounds, known = grounds_of(campaign, now), known_before(campaign, day)
    stale = [one for one in grounds if _is_stale(one, known.get(one.aim.target_id), day)]
    if not stale:
        return 0
    roads = Roads(calendar())
    made = _made(grounds, stale, roads, day)
    _write([_row(ground, one, known.get(ground.aim.target_id), roads, now) for ground, one in made], day)
    return len(made)


def _is_stale(ground: Ground, known: Known | None, day: date) -> bool:
    return known is None or known.grounds != ground.digest(day)


def _made(grounds: Sequence[Ground], stale: Sequence[Ground], roads: Roads, day: date) -> list[tuple[Ground, Made]]:
    chosen = _chosen(grounds, {one.aim.indicator_id for one in stale}, roads)
    late = lateness(one.steps for one in grounds)
    return [
        (one, make(one, chosen.get((one.aim.indicator_id, one.family)), roads, late=late, today=day)) for one in stale
    ]


def _chosen(
    grounds: Sequence[Ground], wanted: set[UUID], roads: Roads
) -> dict[tuple[UUID, Family], Chosen]:
    """The method of each indicator and family, tested over all its regions."""
    courses: dict[tuple[UUID, Family], list[Course]] = defaultdict(list)
    for one in grounds:
        course = None if one.aim.form is TargetForm.MILESTONE else course_of(one, roads)
        if course is not None:
            courses[(one.aim.indicator_id, course.family)].append(course)
    pools: dict[tuple[UUID, Family], Pool] = {key: errors_of(own) for key, own in courses.items()}
    whole = {family: results_of(joined(pool for (_indicator, of), pool in pools.items() if of is family)) for family in Family}
    return {key: choose(key[1], results_of(pool), whole[key[1]]) for key, pool in pools.items() if key[0] in wanted}


def _row(ground: Ground, made: Made, known: Known | None, roads: Roads, now: datetime) -> Forecast:
    newest, last, aim, day = ground.newest, made.last, ground.aim, day_of(now)
    return Forecast(
        id=uuid7(), target_id=aim.target_id, indicator_id=aim.indicator_id, region_id=aim.region_id, made_on=day,
        made_at=now, grounds=ground.digest(day), period=newest.period if newest else "",
        period_end=newest.period_end if newest else None, actual=actual_of(ground, day),
        expected=expected_of(ground, roads, day), in_shares=ground.in_shares,
        prospect=made.prospect.value, unknown=made.unknown.value if made.unknown else "", severity=made.severity,
        deadline=ground.deadline, goal=goal_of(ground), value=last.value if last else None, low=last.low if last else None,
        high=last.high if last else None, chance=made.chance, steps=[_written(one) for one in made.steps],
        per_month=last.per_month if last else None, best_month=made.best_month, method=made.method.value if made.method else "",
        tried=made.tried.value if made.tried else "", trials=made.trials, mean_error=made.mean_error,
        said_before=_said_before(ground, known),
    )


def _written(one: StepAhead) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "on": one.on.isoformat(), "value": str(one.value), "low": str(one.low),
        "high": str(one.high), "needed": _text(one.needed), "needed_share": str(one.needed_share), "chance": _text(one.chance),
        "per_month": _text(one.per_month), "shares": [str(share) for share in one.shares],
    }


def _said_before(ground: Ground, known: Known | None) -> Mapping[str, str] | None:
    """What had been foretold for the day of the newest figure while that figure was still to come."""
    newest = ground.newest
    if newest is None or known is None:
        return None
    if known.period == newest.period:
        return known.said_before
    found = next((one for one in known.steps if one["on"] == newest.period_end.isoformat()), None)
    return found and {"made_on": known.made_on.isoformat(), **{name: found[name] for name in ("value", "low", "high")}}


def _write(rows: Sequence[Forecast], day: date) -> None:
    """Put in a day's forecasts; the newest of each target is the one made last, in whatever order they are made."""
    asked: dict[str, Any] = {"targets": [row.target_id for row in rows], "day": day}
    with connection.cursor() as cursor:
        cursor.execute(_REPLACED, asked)
        cursor.execute(_NO_LONGER_NEWEST, asked)
        for row in rows:
            row.is_newest = False
        insert_rows(rows)
        cursor.execute(_NEWEST, asked)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
