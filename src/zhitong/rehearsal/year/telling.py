"""What regions report in a rehearsed year: each target has a temper, each month its luck; some tell late, some never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import sin
from uuid import UUID

from django.db import connection

from zhitong.domain.plans.rules import Stage, TargetForm
from zhitong.domain.progress.queries.grounds import rows_of
from zhitong.rehearsal.chance import chance

LATE, NEVER, ACCEPTED = 0.03, 0.015, 0.8
"""How many reports come after the day, never, and were accepted by the level above."""
NOT_ADDED_UP = ("rate", "growth_rate", "standard")
STAGES = (Stage.BEGUN, Stage.BEGUN, Stage.ADVANCING, Stage.ADVANCING, Stage.NEARLY, Stage.DONE)
"""How far a qualitative target has come, every two months."""
_OWED = """
SELECT report.id, report.unit_id, report.region_id, report.is_joiner, report.period_end, report.due_at,
       task.number || region.code, figure.id, indicator.id, coalesce(indicator.code, ''), region.code, coalesce(target.form, ''),
       term.value, coalesce(indicator.kind, ''), coalesce(indicator.aggregation, ''), coalesce(indicator.direction, ''),
       coalesce(indicator.measure, '')
FROM progress_report report
JOIN plans_task task ON task.id = report.task_id
JOIN organisations_region region ON region.id = report.region_id
LEFT JOIN progress_figure figure ON figure.report_id = report.id
LEFT JOIN plans_indicator indicator ON indicator.id = figure.indicator_id
LEFT JOIN plans_target target ON target.indicator_id = figure.indicator_id AND target.region_id = report.region_id
LEFT JOIN plans_target_term term ON term.target_id = target.id AND term.since <= report.period_end
    AND (term.until IS NULL OR term.until > report.period_end)
WHERE report.approved_at IS NULL AND report.period = %(period)s
    AND (report.region_id = ANY(%(regions)s) AND (%(tasks)s::text[] IS NULL OR task.number = ANY(%(tasks)s))) = %(inside)s
ORDER BY region.position, task.position, report.id, indicator.position
"""
_FIGURES = """
UPDATE progress_figure figure SET value = told.value, stage = told.stage
FROM unnest(%s::uuid[], %s::numeric[], %s::text[]) AS told (id, value, stage) WHERE figure.id = told.id
"""
_REPORTS = """
UPDATE progress_report report SET state = told.state, submitted_at = told.at, first_submitted_at = told.at,
    approved_at = told.at, approved_by_id = report.unit_id,
    accepted_at = CASE WHEN told.state = 'accepted' THEN told.at + interval '1 day' END
FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[]) AS told (id, state, at) WHERE report.id = told.id
"""


@dataclass(frozen=True, slots=True)
class Owed:
    """A place for a figure in a report that is owed, with what the figure is to come to; a report without has one all the same."""

    report_id: UUID
    unit_id: UUID
    region_id: UUID
    is_joiner: bool
    period_end: date
    due_at: datetime
    key: str
    figure_id: UUID | None
    indicator_id: UUID | None
    code: str
    region: str
    form: str
    goal: Decimal | None
    kind: str
    aggregation: str
    direction: str
    measure: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """Whose reports go through the acts: those of some regions, of some tasks by number (None: of all)."""

    regions: tuple[UUID, ...] = ()
    tasks: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """The reports of a period that came by its day, and those that will come later."""

    in_time: tuple[UUID, ...]
    late: tuple[tuple[UUID, str, datetime], ...]
    due_at: datetime


def owed(period: str, by_hand: ByHand, *, inside: bool) -> list[Owed]:
    """What an opened period still asks of what is reported by hand, or of all else; one query."""
    tasks = None if by_hand.tasks is None else list(by_hand.tasks)
    asked = {"period": period, "regions": list(by_hand.regions), "tasks": tasks, "inside": inside}
    return [Owed(*row) for row in rows_of(_OWED, asked)]


def tell(seed: int, period: str, *, but: ByHand = ByHand()) -> Came | None:
    """Fill in an opened period's reports but those made by hand; those that come late are kept back. None where none is owed."""
    places = [one for one in owed(period, but, inside=False) if one.is_joiner]
    if not places:
        return None
    _write(seed, places)
    came: list[tuple[UUID, str, datetime]] = []
    late: list[tuple[UUID, str, datetime]] = []
    for one in {place.report_id: place for place in places}.values():
        draw = chance("year-report", seed, period, one.key)
        luck, state = draw.random(), "accepted" if draw.random() < ACCEPTED else "approved"
        if luck < LATE:
            late.append((one.report_id, state, one.due_at + timedelta(days=draw.randint(2, 9))))
        elif luck >= LATE + NEVER:
            came.append((one.report_id, state, one.due_at - timedelta(hours=draw.randint(1, 90))))
    send(came)
    return Came(tuple(one[0] for one in came), tuple(late), max(one.due_at for one in places))


def _write(seed: int, places: Sequence[Owed]) -> None:
    figures = [(one.figure_id, *said_of(seed, one)) for one in places if one.figure_id]
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [[row[0] for row in figures], [row[1] for row in figures], [row[2] for row in figures]])


def send(reports: Sequence[tuple[UUID, str, datetime]]) -> None:
    """Let reports count from their moment on."""
    if reports:
        with connection.cursor() as cursor:
            cursor.execute(_REPORTS, [list(column) for column in zip(*reports, strict=True)])


def said_of(seed: int, one: Owed) -> tuple[Decimal | None, str]:
    """What is said at a place: a value, or the stage of a qualitative target; both empty where nothing is asked."""
    if one.form == TargetForm.QUALITATIVE.value:
        return None, STAGES[(one.period_end.month - 1) // 2].value
    return _value(seed, one), ""


def _value(seed: int, one: Owed) -> Decimal | None:
    """How a target's figure has gone by the end of the period: what adds up never falls, a rate stays a rate."""
    if one.goal is None:
        return None
    draw = chance("year-target", seed, one.code, one.region)
    temper, swing, phase = draw.gauss(1.03, 0.13), draw.uniform(0, 0.12), draw.uniform(0, 6)
    luck = [temper + swing * sin(month + phase) for month in range(1, one.period_end.month + 1)]
    adds_up = one.aggregation == "sum" and one.kind not in NOT_ADDED_UP
    share = max(month / 12 * each for month, each in enumerate(luck, 1)) if adds_up else 0.9 + 0.1 * luck[-1]
    if one.direction == "down":
        share = 1 / max(share, 0.2)
    value = one.goal * Decimal(str(round(max(share, 0.0), 4)))
    if one.goal == one.goal.to_integral_value() and one.measure != "%":
        return value.to_integral_value()
    most = Decimal(100) if one.kind == "rate" and one.measure == "%" else value
    return min(value, most).quantize(Decimal("0.01"))
