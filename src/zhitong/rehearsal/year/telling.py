"""What regions report in a rehearsed year: each target has a temper, each month its luck; some tell late, some never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import sin
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.progress.queries.grounds import rows_of
from zhitong.rehearsal.chance import chance

LATE, NEVER, ACCEPTED = 0.03, 0.015, 0.8
"""How many reports come after the day, never, and were accepted by the level above."""
_OWED = """
SELECT report.id, report.period_end, report.due_at, task.number || region.code, figure.id, indicator.code, region.code,
       term.value, indicator.kind, indicator.aggregation, indicator.direction, indicator.measure
FROM progress_report report
JOIN plans_task task ON task.id = report.task_id
JOIN organisations_region region ON region.id = report.region_id
LEFT JOIN progress_figure figure ON figure.report_id = report.id
LEFT JOIN plans_indicator indicator ON indicator.id = figure.indicator_id
LEFT JOIN plans_target target ON target.indicator_id = figure.indicator_id AND target.region_id = report.region_id
LEFT JOIN plans_target_term term ON term.target_id = target.id AND term.since <= report.period_end
    AND (term.until IS NULL OR term.until > report.period_end)
WHERE report.is_joiner AND report.approved_at IS NULL AND report.period = %(period)s
ORDER BY region.position, task.position, indicator.position, report.id
"""
_FIGURES = """
UPDATE progress_figure figure SET value = told.value FROM unnest(%s::uuid[], %s::numeric[]) AS told (id, value)
WHERE figure.id = told.id
"""
_REPORTS = """
UPDATE progress_report report SET state = told.state, submitted_at = told.at, first_submitted_at = told.at,
    approved_at = told.at, approved_by_id = report.unit_id,
    accepted_at = CASE WHEN told.state = 'accepted' THEN told.at + interval '1 day' END
FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[]) AS told (id, state, at) WHERE report.id = told.id
"""


@dataclass(frozen=True, slots=True)
class Came:
    """The reports of a period that came by its day, and those that will come later."""

    in_time: tuple[UUID, ...]
    late: tuple[tuple[UUID, str, datetime], ...]
    due_at: datetime


def tell(seed: int, period: str) -> Came | None:
    """Fill in the reports of an opened period; those that come late are kept back. None where nothing is owed."""
    rows = rows_of(_OWED, {"period": period})
    if not rows:
        return None
    figures = [(row[4], value) for row in rows if row[4] and (value := _value(seed, *row[5:])(row[1])) is not None]
    reports = {row[0]: (row[2], chance("year-report", seed, period, row[3])) for row in rows}
    came: list[tuple[UUID, str, datetime]] = []
    late: list[tuple[UUID, str, datetime]] = []
    for report_id, (due_at, draw) in reports.items():
        luck, state = draw.random(), "accepted" if draw.random() < ACCEPTED else "approved"
        if luck < LATE:
            late.append((report_id, state, due_at + timedelta(days=draw.randint(2, 9))))
        elif luck >= LATE + NEVER:
            came.append((report_id, state, due_at - timedelta(hours=draw.randint(1, 90))))
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [list(column) for column in zip(*figures, strict=True)])
    send(came)
    return Came(tuple(one[0] for one in came), tuple(late), max(row[2] for row in rows))


def send(reports: list[tuple[UUID, str, datetime]]) -> None:
    """Let reports count from their moment on."""
    if reports:
        with connection.cursor() as cursor:
            cursor.execute(_REPORTS, [list(column) for column in zip(*reports, strict=True)])


def _value(seed: int, code: str, region: str, goal: Decimal, kind: str, aggregation: str, direction: str, measure: str) -> Any:
    """How a target's figure goes over the year: a function of the day."""
    draw = chance("year-target", seed, code, region)
    temper, swing, phase = draw.gauss(1.03, 0.13), draw.uniform(0, 0.12), draw.uniform(0, 6)

    def at(day: date) -> Decimal | None:
        if goal is None:
            return None
        luck = [temper + swing * sin(month + phase) for month in range(1, day.month + 1)]
        adds_up = aggregation == "sum" and kind not in ("rate", "growth_rate", "standard")
        share = max(month / 12 * one for month, one in enumerate(luck, 1)) if adds_up else 0.9 + 0.1 * luck[-1]
        if direction == "down":
            share = 1 / max(share, 0.2)
        value = goal * Decimal(str(round(max(share, 0.0), 4)))
        return value.to_integral_value() if goal == goal.to_integral_value() and measure != "%" else value.quantize(Decimal("0.01"))

    return at
