"""Freezing gates: what a day of the calendar found for every target, read once from what had been told by its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.plans.models import Gate, LightStandard
from zhitong.domain.plans.rules import LightRule
from zhitong.domain.progress.models import GateReading
from zhitong.domain.progress.queries.grounds import aims_of, held_on, light_rules, rows_of
from zhitong.domain.progress.queries.past import told_by
from zhitong.domain.progress.rules.gates import GATES, GateRead, is_over, read_gate
from zhitong.domain.progress.rules.standing_facts import StandingFact
from zhitong.domain.progress.rules.standings import Aim
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.rows import insert_rows

_CLOCK = Actor(None, None, None, "work")
_HUNDRED = Decimal(100)
_TARGETS = """
SELECT target.id FROM plans_target target
JOIN plans_indicator indicator ON indicator.id = target.indicator_id
    AND indicator.task_id IS NOT NULL AND indicator.reading_class IN ('target', 'coverage')
    AND indicator.kind NOT IN ('deadline', 'frequency')
JOIN plans_plan plan ON plan.id = indicator.plan_id AND plan.campaign = %(campaign)s
WHERE plan.version = (SELECT max(newest.version) FROM plans_plan newest WHERE newest.campaign = plan.campaign)
ORDER BY target.id
"""


def freeze_gates(now: datetime) -> int:
    """Freeze every gate whose day is over and that was not frozen yet; returns how many readings that made.

    For the worker. Late or early it reads the same: what had been told by the end of the gate's day.
    """
    today = day_of(now)
    asked = {row.campaign: set(row.gates) for row in LightStandard.objects.all()}
    gates = Gate.objects.filter(campaign__in=asked, on__lt=today).exclude(id__in=GateReading.objects.values("gate_id"))
    return sum(freeze(gate.id, now=now) for gate in gates.order_by("on", "code") if gate.code in asked[gate.campaign])


@transaction.atomic
def freeze(gate_id: UUID, *, now: datetime) -> int:
    """Read a gate for every target of its campaign; returns how many readings, 0 where it was frozen or is still ahead.

    A target without a value on the day has no reading. Source: 冀发〔2018〕7号 一（四）.
    """
    gate = Gate.objects.select_for_update(no_key=True).get(id=gate_id)
    if not is_over(gate.on, day_of(now)) or GateReading.objects.filter(gate=gate).exists():
        return 0
    readings = readings_of(gate.campaign, gate.on, gate.share)
    rows = [_row(gate, aim, term_id, read, now) for aim, term_id, read in readings]
    insert_rows(rows)
    post(_cells(gate, ((aim, read) for aim, _term, read in readings)))
    results = Counter(read.result.value for _aim, _term, read in readings)
    if readings:
        body = {"campaign": gate.campaign, "code": gate.code, "on": gate.on, **results}
        record(StandingFact.GATE_FROZEN.value, thing_kind="gate", thing_id=gate.id, actor=_CLOCK, at=now, body=body)
    return len(rows)


def readings_of(campaign: str, on: date, share: Decimal | None) -> list[tuple[Aim, UUID, GateRead]]:
    """What a day finds for every target of a campaign: (target, term in force, reading), as of the end of that day."""
    aims = aims_of([row[0] for row in rows_of(_TARGETS, {"campaign": campaign})])
    held, told = held_on(aims, on), told_by(aims, on, end_of(on))
    rule: Mapping[str, LightRule] = light_rules({campaign})
    floor = None if share is None else share / _HUNDRED
    return [
        (aim, held[aim.target_id].term_id, read_gate(
            aim, told.get(aim.target_id), held[aim.target_id], rule[campaign], floor=floor, on=on
        ))
        for aim in aims if aim.target_id in held
    ]


def end_of(day: date) -> datetime:
    """The moment when a day is over in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def _row(gate: Gate, aim: Aim, term_id: UUID, read: GateRead, now: datetime) -> GateReading:
    return GateReading(
        gate=gate, target_id=aim.target_id, indicator_id=aim.indicator_id, region_id=aim.region_id, term_id=term_id,
        period=read.period, actual=read.actual, needed=read.needed, share=read.share, needed_share=read.needed_share,
        result=read.result.value, words=read.words, frozen_at=now,
    )


def _cells(gate: Gate, readings: Iterable[tuple[Aim, GateRead]]) -> dict[Cell, int]:
    return dict(Counter(GATES.cell(aim.region_id, gate.id, aim.rank, read.result) for aim, read in readings))
