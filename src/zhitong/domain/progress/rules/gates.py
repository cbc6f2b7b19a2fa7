"""What a day of the campaign's calendar finds for a target: read on that day from what had been told by then. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from zhitong.domain.calendars.rules import period_of
from zhitong.domain.plans.rules import Asked, LightRule
from zhitong.domain.plans.rules.lights import expected_figure, figure_words, is_met, percent_words, share_of
from zhitong.domain.progress.rules.reports import GateResult
from zhitong.domain.progress.rules.standings import Aim, InForce, Told, asked_of, came_of
from zhitong.domain.tallies.rules import Cut

GATES = Cut(
    "progress.gates", ("gate", "rank", "result"),
    "SELECT reading.region_id, reading.gate_id::text, region.rank, reading.result, count(*)"
    " FROM progress_gate_reading reading JOIN organisations_region region ON region.id = reading.region_id"
    " GROUP BY 1, 2, 3, 4",
)
"""What the gates have found, by gate, rank of the region and result."""


@dataclass(frozen=True, slots=True)
class GateRead:
    """What a gate found: figure and need in the unit of the target, shares as parts of the way."""

    period: str
    actual: Decimal | None
    needed: Decimal | None
    share: Decimal | None
    needed_share: Decimal
    result: GateResult
    words: str


def read_gate(
    aim: Aim, told: Told | None, held: InForce, rule: LightRule, *, floor: Decimal | None, on: date
) -> GateRead:
    """Hold what was last told of a target against what a gate needs: its share or the curve's, whichever is more.

    `floor` is the gate's share (0 to 1; None: the curve alone), `told` None where nothing had been told by then.
    """
    blank = Told(aim.target_id, "", on, None)
    asked = asked_of(aim, told or blank, held)
    asked = replace(asked, expected_share=max(asked.expected_share, floor or Decimal(0)))
    came = came_of(aim, told or blank, rule)
    needed = expected_figure(asked)
    period = told.period if told else ""
    if came.is_missing:
        words = f"到{_day(on)}没有可用的数据，{_need(asked, needed)}：{GateResult.MISSING.label}"
        return GateRead(period, None, needed, None, asked.expected_share, GateResult.MISSING, words)
    share = came.share if came.actual is None else share_of(asked, came.actual)
    assert share is not None, "what is not missing has a share"
    is_reached = share >= asked.expected_share or (came.actual is not None and is_met(asked, came.actual))
    result = GateResult.REACHED if is_reached else GateResult.SHORT
    if asked.expected_share <= 0:
        result = GateResult.NOT_ASKED
    has = came.said or figure_words(came.actual, asked.goal.unit)
    told_by = period_of(period).words if period else "节点"
    words = f"按{told_by}的报告，实际{has}（目标的{percent_words(share)}），{_need(asked, needed)}：{result.label}"
    return GateRead(period, came.actual, needed, share, asked.expected_share, result, words)


def _need(asked: Asked, needed: Decimal | None) -> str:
    if asked.expected_share <= 0:
        return "这一天还没有进度要求"
    figure = f"，即{figure_words(needed, asked.goal.unit)}" if needed is not None else ""
    return f"应完成{percent_words(asked.expected_share)}{figure}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def is_over(on: date, today: date) -> bool:
    """Whether the day of a gate has passed, so that it can be read."""
    return on < today

