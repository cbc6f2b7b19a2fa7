"""Forecasts: whether targets will be reached by their gates and days, with interval, chance and method."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field as Asked

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import (
    Code,
    Labelled,
    Named,
    OneOf,
    Shape,
    Words,
    labelled,
    line_id_coded,
    maybe_labelled,
    named,
    region_coded,
    unit_id_coded,
)
from zhitong.domain.analysis.queries.forecasting import kept
from zhitong.domain.analysis.queries.forecasting.kept import ForecastFilters
from zhitong.domain.analysis.queries.forecasting.rows import ForecastRow, StepSaid
from zhitong.domain.analysis.rules.forecasting.methods import SENTENCES
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.rules import TaskKind
from zhitong.domain.progress.queries.watching import may_watch
from zhitong.kit import clock
from zhitong.kit.paging import Sort

router = Router()
WORST = Sort("severity", descending=True)


class AheadTold(Shape):
    """A day ahead: the gate's code, `next` for the next period's end, `deadline` for the target's own day; figures in base
    units, in parts of the way where `in_shares`; `chance` (0 to 1) is that of reaching `needed`."""

    code: str
    name: str
    on: date
    value: str
    low: str
    high: str
    needed: str | None
    needed_share: str
    chance: str | None
    per_month: str | None


class MethodTold(Shape):
    """How it was carried forward: the method and its sentence, on what it was tried, how often, its mean error in goals."""

    method: Labelled
    sentence: str
    tried_on: Labelled | None
    trials: int
    mean_error: str | None


class BeforeTold(Shape):
    """What had been foretold for the newest figure while it was to come, and whether that came to lie in the interval."""

    made_on: date
    value: str
    low: str
    high: str
    held: bool | None


class ForecastTold(Shape):
    """A target's forecast; the 80 % interval runs from `low` to `high`."""

    target_id: UUID
    campaign: str
    task: str
    code: str
    name: str
    region: Named
    goal: str
    measure: str
    deadline: date
    made_on: date
    period: str
    actual: str | None
    expected: str | None
    in_shares: bool
    prospect: Labelled
    unknown: Labelled | None
    chance: str | None
    value: str | None
    low: str | None
    high: str | None
    per_month: str | None
    best_month: str | None
    ahead: list[AheadTold]
    made_by: MethodTold | None
    said_before: BeforeTold | None


class Forecasts(Shape):
    """One page of forecasts, the most worrying first."""

    rows: list[ForecastTold]
    next: str | None


class ForecastWhole(Shape):
    """One target's forecast with the regions directly below by risk, and all that was foretold earlier."""

    forecast: ForecastTold
    below: list[ForecastTold]
    earlier: list[ForecastTold]


class ForecastsWanted(Shape):
    """Which forecasts."""

    region: Code | None = Asked(None, description="地区代码，须在本辖区内；不填为本辖区")
    own: bool = Asked(False, description="只看该地区本级，不含下级")
    campaign: Code | None = Asked(None, description="活动代码")
    prospect: list[OneOf[Prospect]] = Asked([], description="结论，可多选")
    kind: OneOf[TaskKind] | None = Asked(None, description="任务类别")
    line: Code | None = Asked(None, description="牵头单位所管的条线")
    lead: Code | None = Asked(None, description="牵头单位代码")
    words: Words = Asked("", description="在指标和任务中查找")
    until: date | None = Asked(None, description="截至哪一天作的预测；不填为最近一次")
    limit: Limit = 50
    cursor: CursorText = ""


@reads(router, "/analysis/forecasts", answer=Forecasts, summary="完成预测：全辖区逐项，最让人担心的在前")
def forecasts(request: Request, asked: Annotated[ForecastsWanted, Query()]) -> Forecasts:
    """Every forecast of the territory, narrowed as asked."""
    here = directory()
    if not may_watch(request.viewer):
        return Forecasts(rows=[], next=None)
    filters = ForecastFilters(
        region_id=region_coded(asked.region, here).id if asked.region else None, own_only=asked.own,
        campaign=asked.campaign or "", prospects=tuple(asked.prospect), kind=asked.kind,
        line_id=line_id_coded(asked.line, here) if asked.line else None,
        lead_id=unit_id_coded(asked.lead, "lead") if asked.lead else None, words=asked.words, at=_end_of(asked.until),
    )
    found = kept.forecasts_for(request.viewer, filters, WORST, opened("forecasts", asked.cursor), asked.limit + 1)
    page, more = found[: asked.limit], len(found) > asked.limit
    last = (page[-1].severity, page[-1].id) if more else None
    return Forecasts(rows=[_told(one, here) for one in page], next=sealed("forecasts", last))


@reads(router, "/analysis/forecasts/{target_id}", answer=ForecastWhole, summary="一项目标的完成预测：各时间、下级各地、历次预测")
def forecast(request: Request, target_id: UUID, until: date | None = None) -> ForecastWhole:
    """One target's forecast, as of today or of a day in the past."""
    here, at = directory(), _end_of(until)
    found = kept.forecast_of(request.viewer, target_id, at=at)
    children = [one.id for one in here.children(found.region_id)]
    below = kept.forecasts_over(request.viewer, found.indicator_id, children, at=at)
    return ForecastWhole(
        forecast=_told(found, here), below=[_told(one, here) for one in below],
        earlier=[_told(one, here) for one in kept.made_earlier(request.viewer, target_id)],
    )


def _end_of(day: date | None) -> datetime | None:
    """The end of a day that has passed; None for today and later, which is the present."""
    if day is None or day >= clock.today():
        return None
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI) + timedelta(days=1)


def _told(one: ForecastRow, here: Directory) -> ForecastTold:
    return ForecastTold(
        target_id=one.id, campaign=one.campaign, task=one.task_number, code=one.code, name=one.name,
        region=named(here.regions[one.region_id]), goal=one.goal_words, measure=one.measure, deadline=one.deadline,
        made_on=one.made_on, period=one.period, actual=_text(one.actual), expected=_text(one.expected), in_shares=one.in_shares,
        prospect=labelled(one.prospect), unknown=maybe_labelled(one.unknown), chance=_text(one.chance), value=_text(one.value),
        low=_text(one.low), high=_text(one.high), per_month=_text(one.per_month), best_month=_text(one.best_month),
        ahead=[_ahead(step) for step in one.steps], made_by=_method(one), said_before=_before(one),
    )


def _ahead(step: StepSaid) -> AheadTold:
    return AheadTold(
        code=step.code, name=step.name, on=step.on, value=str(step.value), low=str(step.low), high=str(step.high),
        needed=_text(step.needed), needed_share=str(step.needed_share), chance=_text(step.chance), per_month=_text(step.per_month),
    )


def _method(one: ForecastRow) -> MethodTold | None:
    if one.method is None:
        return None
    return MethodTold(
        method=labelled(one.method), sentence=SENTENCES[one.method], tried_on=maybe_labelled(one.tried), trials=one.trials,
        mean_error=_text(one.mean_error),
    )


def _before(one: ForecastRow) -> BeforeTold | None:
    before = one.said_before
    if before is None:
        return None
    return BeforeTold(
        made_on=before.made_on, value=str(before.value), low=str(before.low), high=str(before.high),
        held=None if one.actual is None else before.holds(one.actual),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
