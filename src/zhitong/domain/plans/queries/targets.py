"""The values in force on a day and the curves towards them, for many targets at once; open to everyone signed in."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.plans.models import Gate
from zhitong.domain.plans.rules import Aggregation, Comparator, CurveShape, Goal, IndicatorKind, TermSource
from zhitong.domain.plans.rules.curves import Point, Points, default_shape, floored, points_for, read, share_on


@dataclass(frozen=True, slots=True)
class TermInForce:
    """A value of a target from `since` up to, not including, `until` (None: still running)."""

    id: UUID
    target_id: UUID
    number: int
    comparator: Comparator
    value: Decimal
    upper: Decimal | None
    deadline: date | None
    is_cancelled: bool
    since: date
    until: date | None
    source: TermSource
    source_id: UUID | None
    reason: str

    def goal(self, measure: str) -> Goal:
        """The value as a goal, to be held against a figure or said in words."""
        return Goal(self.comparator, self.value, self.upper, measure)


@dataclass(frozen=True, slots=True)
class CurveInForce:
    """The expected progress of a target on a day; `id` is None where no curve was accepted and the default shape holds.

    `points` are the same object for all targets that share a default, so that whoever computes may remember by them.
    """

    id: UUID | None
    target_id: UUID
    number: int
    shape: CurveShape
    points: Points
    since: date


_TERMS = """
SELECT id, target_id, number, comparator, value, upper, deadline, is_cancelled, since, until, source, source_id, reason
FROM plans_target_term
WHERE target_id = ANY(%(targets)s) AND since <= %(day)s AND (until IS NULL OR until > %(day)s)
"""
_CURVES = """
SELECT DISTINCT ON (target_id) target_id, id, number, shape, points, since
FROM plans_curve
WHERE target_id = ANY(%(targets)s) AND state = 'accepted' AND since <= %(day)s
ORDER BY target_id, since DESC, number DESC
"""
_SPANS = """
SELECT target.id, indicator.kind, indicator.aggregation, plan.campaign,
       coalesce(plan.begins_on, term.since, plan.issued_on) AS begins_on,
       coalesce(term.deadline, target.deadline, plan.ends_on) AS deadline
FROM plans_target target
JOIN plans_indicator indicator ON indicator.id = target.indicator_id
JOIN plans_plan plan ON plan.id = indicator.plan_id
LEFT JOIN plans_target_term term ON term.target_id = target.id AND term.since <= %(day)s
    AND (term.until IS NULL OR term.until > %(day)s)
WHERE target.id = ANY(%(targets)s)
"""


def terms_on(target_ids: Collection[UUID], day: date) -> dict[UUID, TermInForce]:
    """The value in force on a day by target; one that had none yet is left out (one query)."""
    return {
        target: TermInForce(
            row, target, number, Comparator(comparator), value, upper, deadline, is_cancelled, since, until,
            TermSource(source), source_id, reason,
        )
        for row, target, number, comparator, value, upper, deadline, is_cancelled, since, until, source, source_id, reason
        in _rows(_TERMS, target_ids, day)
    }


def curves_on(target_ids: Collection[UUID], day: date) -> dict[UUID, CurveInForce]:
    """The curve that speaks for a day by target: the newest accepted one, else the default shape (two queries)."""
    return _curves(_spans(target_ids, day), target_ids, day)


def shares_on(target_ids: Collection[UUID], day: date) -> dict[UUID, Decimal]:
    """The part of the way (0 to 1) due by the end of a day by target, the campaign's gates beneath it (three queries)."""
    spans = _spans(target_ids, day)
    floors = _floors({span.campaign for span in spans})
    days, known = calendar(), dict[Points, Decimal]()
    shares = {}
    for span, curve in zip(spans, _curves(spans, target_ids, day).values(), strict=True):
        if curve.points not in known:
            known[curve.points] = share_on(curve.points, day, days)
        shares[span.target_id] = floored(known[curve.points], day, floors.get(span.campaign, ()))
    return shares


def span_of(target_id: UUID, day: date) -> tuple[date, date]:
    """From when to when a target is counted, by what is in force on a day (one query)."""
    [span] = _spans([target_id], day)
    return span.begins_on, span.deadline


@dataclass(frozen=True, slots=True)
class _Span:
    """From when to when a target is counted, and what decides its default shape."""

    target_id: UUID
    kind: IndicatorKind
    aggregation: Aggregation
    campaign: str
    begins_on: date
    deadline: date


def _spans(target_ids: Collection[UUID], day: date) -> list[_Span]:
    return [
        _Span(target, IndicatorKind(kind), Aggregation(aggregation), campaign, *_span(begins_on, deadline, day))
        for target, kind, aggregation, campaign, begins_on, deadline in _rows(_SPANS, target_ids, day)
    ]


def _span(begins_on: date | None, deadline: date | None, day: date) -> tuple[date, date]:
    """The year of the day where a plan says neither when it begins nor when it ends."""
    begin = begins_on or date(day.year, 1, 1)
    return begin, deadline or date(begin.year, 12, 31)


def _curves(spans: Iterable[_Span], target_ids: Collection[UUID], day: date) -> dict[UUID, CurveInForce]:
    accepted = {
        target: CurveInForce(row, target, number, CurveShape(shape), read(json.loads(points)), since)
        for target, row, number, shape, points, since in _rows(_CURVES, target_ids, day)
    }
    days, known = calendar(), dict[tuple[CurveShape, date, date], Points]()
    curves = {}
    for span in spans:
        shape = default_shape(span.kind, span.aggregation)
        key = shape, span.begins_on, span.deadline
        if key not in known:
            known[key] = points_for(*key, days)
        curves[span.target_id] = accepted.get(span.target_id) or CurveInForce(
            None, span.target_id, 0, shape, known[key], span.begins_on
        )
    return curves


def _floors(campaigns: Collection[str]) -> dict[str, list[Point]]:
    """The days of each campaign on which a part of every task must be done: (day, share from 0 to 1)."""
    floors: dict[str, list[Point]] = {}
    rows = Gate.objects.filter(campaign__in=campaigns, share__isnull=False).order_by("on")
    for campaign, on, share in rows.values_list("campaign", "on", "share"):
        floors.setdefault(campaign, []).append((on, Decimal(share or 0) / 100))
    return floors


def _rows(statement: str, target_ids: Collection[UUID], day: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"targets": list(target_ids), "day": day})
        return list(cursor.fetchall())
