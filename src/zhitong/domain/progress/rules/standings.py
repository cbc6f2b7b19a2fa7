"""What is counted of standings, and a standing as it is reckoned before it is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhitong.domain.plans.rules import (
    Asked,
    Came,
    Direction,
    Goal,
    Judged,
    Light,
    LightRule,
    Stage,
    TargetForm,
    light_of,
)
from zhitong.domain.plans.rules.lights import percent_words
from zhitong.domain.plans.rules.targets import CurveShape
from zhitong.domain.plans.rules.timetable import Weighed
from zhitong.domain.tallies.rules import Cell, Cut

LIGHTS = Cut(
    "progress.lights", ("task", "rank", "light"),
    "SELECT standing.region_id, indicator.task_id::text, region.rank, standing.light, count(*)"
    " FROM progress_standing standing JOIN plans_indicator indicator ON indicator.id = standing.indicator_id"
    " JOIN organisations_region region ON region.id = standing.region_id"
    " WHERE standing.is_newest GROUP BY 1, 2, 3, 4",
)
"""The newest standing of every target, by task, rank of the region and light. A region's own are its count less those of
its children: boards read both in one statement and group nothing."""

_FINE = Decimal("0.000001")
_MOST_SHARE, _MOST_FIGURE = Decimal(999_999), Decimal(10) ** 17


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as it is looked at: what it measures, where, and how it is told whether it is reached."""

    target_id: UUID
    indicator_id: UUID
    region_id: UUID
    task_id: UUID
    campaign: str
    rank: str
    form: TargetForm
    direction: Direction
    measure: str
    base: Decimal | None
    factor: Decimal | None


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a target for a period: a figure or a stage of a report that counts, or nothing yet.

    `of_value` is the figure that a formula rests on, `weighed` how far the timetable was by the day.
    """

    target_id: UUID
    period: str
    period_end: date
    due_at: datetime | None
    is_counted: bool = False
    is_accepted: bool = False
    figure_id: UUID | None = None
    value: Decimal | None = None
    stage: str = ""
    of_value: Decimal | None = None
    weighed: Weighed | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """What held for a target on a day: the term's goal, the curve (None: the default shape) and the share due by then."""

    term_id: UUID
    curve_id: UUID | None
    goal: Goal
    shape: CurveShape
    expected_share: Decimal
    deadline: date


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A standing before it is kept."""

    aim: Aim
    told: Told
    held: InForce
    actual: Decimal | None
    judged: Judged
    expected_share: Decimal = field(default=Decimal(0))

    @property
    def key(self) -> tuple[UUID, str]:
        """Which standing it is."""
        return self.aim.target_id, self.told.period

    def columns(self) -> tuple[Any, ...]:
        """What is kept of it, in the order of the columns of a standing."""
        judged, told = self.judged, self.told
        return (
            self.aim.target_id, self.aim.indicator_id, self.aim.region_id, told.period, told.period_end, told.figure_id,
            self.held.term_id, self.held.curve_id, self.actual, _kept(judged.expected, _MOST_FIGURE),
            _kept(judged.share, _MOST_SHARE), _kept(self.expected_share, _MOST_SHARE), judged.light.value, judged.words,
            judged.is_mended, told.is_accepted,
        )


def reckon(
    aim: Aim, told: Told, held: InForce, rule: LightRule, *, on: date, now: datetime, was_red: bool = False
) -> Reckoned:
    """Hold what was told against what held, on a day: the standing and its light."""
    is_due = told.is_counted or told.due_at is None or told.due_at <= now
    came = came_of(aim, told, rule) if is_due else Came()
    asked = asked_of(aim, told, held)
    judged = light_of(asked, came, rule, on=on, is_due=is_due, was_red=was_red)
    return Reckoned(aim, told, held, came.actual, judged, asked.expected_share)


def asked_of(aim: Aim, told: Told, held: InForce) -> Asked:
    """What was asked: a formula's goal follows the figure it rests on, milestones by default ask for those due."""
    goal, share = held.goal, held.expected_share
    if aim.form is TargetForm.FORMULA and aim.factor is not None and told.of_value is not None:
        goal = Goal(goal.comparator, aim.factor * told.of_value, None, goal.unit)
    if aim.form is TargetForm.MILESTONE and held.curve_id is None and told.weighed and told.weighed.share_due is not None:
        share = told.weighed.share_due
    return Asked(goal, aim.direction, aim.form, held.shape, share, held.deadline, aim.base)


def came_of(aim: Aim, told: Told, rule: LightRule) -> Came:
    """What is known of a target by its form. Nothing is made up: an empty figure is missing."""
    match aim.form:
        case TargetForm.MILESTONE:
            return _of_milestones(told)
        case TargetForm.QUALITATIVE:
            if not (told.is_counted and told.stage):
                return Came()
            stage = Stage(told.stage)
            return Came(share=rule.stages[stage], said=f"“{stage.label}”（计{percent_words(rule.stages[stage])}）")
        case TargetForm.FORMULA if told.is_counted and told.of_value is None:
            return Came(why_missing="所依据的指标没有数据，无法推算")
    if not told.is_counted:
        return Came()
    return Came(told.value, why_missing="" if told.value is not None else "报告里没有这个数")


def _of_milestones(told: Told) -> Came:
    share = told.weighed.share_done if told.weighed else None
    if share is None:
        return Came(why_missing="没有设定时间节点")
    return Came(share=share, said=f"完成节点{percent_words(share)}")


def newest_of(periods: Iterable[tuple[date, str]]) -> str | None:
    """The period of a target that is its newest."""
    return max(periods, default=(None, None))[1]


def cell_of(aim: Aim, light: str) -> Cell:
    """Where a target's newest standing counts."""
    return LIGHTS.cell(aim.region_id, aim.task_id, aim.rank, light)


def is_red(lights: Mapping[date, str], before: date) -> bool:
    """Whether a target was red when it was last known before a period's end; what was missing is passed over."""
    known = [day for day, light in lights.items() if day < before and light != Light.NONE.value]
    return bool(known) and lights[max(known)] == Light.RED.value


def _kept(value: Decimal | None, most: Decimal) -> Decimal | None:
    if value is None:
        return None
    return max(-most, min(most, value)).quantize(_FINE)
