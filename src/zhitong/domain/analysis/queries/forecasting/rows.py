"""A forecast as it is shown, made from a kept row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhitong.domain.analysis.rules.forecasting.grounds import DEADLINE, NEXT
from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect, Unknown
from zhitong.domain.analysis.rules.forecasting.testing import Tried
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.plans.rules import Comparator, Goal, TargetForm, full_name, goal_in_words


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A day ahead as it was foretold: figures in the target's unit, chance of reaching `needed` from 0 to 1; `shares` are value,
    low and high as parts of the way."""

    code: str
    name: str
    on: date
    value: Decimal
    low: Decimal
    high: Decimal
    needed: Decimal | None
    needed_share: Decimal
    chance: Decimal | None
    per_month: Decimal | None
    shares: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What had been foretold for the newest figure while it was still to come."""

    made_on: date
    value: Decimal
    low: Decimal
    high: Decimal

    def holds(self, came: Decimal) -> bool:
        """Whether what came lies in the interval."""
        return self.low <= came <= self.high


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A target's forecast. Figures are in base units of `measure`, in parts of the way where `in_shares`; `id` is the target's."""

    id: UUID
    indicator_id: UUID
    region_id: UUID
    region: str
    region_code: str
    campaign: str
    task_number: str
    task_title: str
    code: str
    name: str
    measure: str
    form: TargetForm
    goal_words: str
    deadline: date
    made_on: date
    period: str
    actual: Decimal | None
    expected: Decimal | None
    in_shares: bool
    prospect: Prospect
    unknown: Unknown | None
    severity: Decimal
    least_chance: Decimal
    position: int
    goal: Decimal
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    chance: Decimal | None
    steps: tuple[StepSaid, ...]
    per_month: Decimal | None
    best_month: Decimal | None
    method: Method | None
    tried: Tried | None
    trials: int
    mean_error: Decimal | None
    said_before: SaidBefore | None

    @property
    def gate(self) -> StepSaid | None:
        """The next gate ahead; None where none lies before the deadline."""
        return next((one for one in self.steps if one.code not in (NEXT, DEADLINE)), None)

    @property
    def next(self) -> StepSaid | None:
        """The end of the next period."""
        return next((one for one in self.steps if one.code == NEXT), None)


_KEPT = (
    "id", "indicator_id", "region_id", "campaign", "task_number", "task_title", "code", "measure", "deadline", "made_on", "period",
    "actual", "expected", "in_shares", "severity", "least_chance", "position", "goal", "value", "low", "high", "chance", "per_month",
    "best_month", "trials", "mean_error",
)


def row_of(row: Mapping[str, Any], region: RegionEntry) -> ForecastRow:
    """A kept forecast with the names of what it is about."""
    goal = Goal(Comparator(row["comparator"]), row["goal_value"], row["upper"], row["measure"])
    return ForecastRow(
        region=region.name, region_code=region.code, name=full_name(row["name"], row["scope"]), form=TargetForm(row["form"]),
        goal_words=goal_in_words(goal), prospect=Prospect(row["prospect"]),
        unknown=Unknown(row["unknown"]) if row["unknown"] else None, method=Method(row["method"]) if row["method"] else None,
        tried=Tried(row["tried"]) if row["tried"] else None, steps=tuple(_step(one) for one in json.loads(row["steps"])),
        said_before=_said(json.loads(row["said_before"])) if row["said_before"] else None,
        **{name: row[name] for name in _KEPT},
    )


def _step(kept: Mapping[str, Any]) -> StepSaid:
    value, low, high = (Decimal(one) for one in kept["shares"])
    return StepSaid(
        kept["code"], kept["name"], date.fromisoformat(kept["on"]), Decimal(kept["value"]), Decimal(kept["low"]),
        Decimal(kept["high"]), _maybe(kept["needed"]), Decimal(kept["needed_share"]), _maybe(kept["chance"]),
        _maybe(kept["per_month"]), (value, low, high),
    )


def _said(kept: Mapping[str, str] | None) -> SaidBefore | None:
    return None if kept is None else SaidBefore(
        date.fromisoformat(kept["made_on"]), Decimal(kept["value"]), Decimal(kept["low"]), Decimal(kept["high"]),
    )


def _maybe(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
