"""Progress: the plan with its lights, a task over its regions, and the rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
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
    named,
    region_coded,
    unit_id_coded,
    unit_named,
)
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.queries import plans_seen, task_seen
from zhitong.domain.plans.rules import Light, TaskKind
from zhitong.domain.progress.queries import watching
from zhitong.domain.progress.queries.watching import Judged, LightCounts, ProgressFilters, ProgressRow, WatchedTarget
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound

router = Router()
WORST = Sort("severity", descending=True)


class Stood(Shape):
    """A target at a period's end; shares are parts of the way, 1 being the target; figures in base units."""

    period: str
    period_end: date
    actual: str | None
    expected: str | None
    share: str | None
    expected_share: str | None
    stage: Labelled | None
    light: Labelled
    words: str
    mended: bool
    accepted: bool


class SetFromAbove(Shape):
    """Another light, set by the level above beside the computed one."""

    light: Labelled
    reason: str
    by: Named | None


class StandingTarget(Shape):
    """A target of a region with how it stands and stood the period before."""

    id: UUID
    campaign: str
    task: str
    code: str
    name: str
    region: Named
    goal: str
    value: str
    measure: str
    deadline: date | None
    now: Stood | None
    before: Stood | None
    set_from_above: SetFromAbove | None


class TaskInTree(Shape):
    """A task of a plan with its targets in the region asked for."""

    id: UUID
    number: str
    title: str
    kind: Labelled
    targets: list[StandingTarget]


class CountOfLight(Shape):
    """How many targets stand under a light."""

    light: Labelled
    targets: int


class Tree(Shape):
    """A plan with lights in one region; tasks without targets there are left out."""

    campaign: str
    region: Named
    lights: list[CountOfLight]
    tasks: list[TaskInTree]


class ProgressTold(Shape):
    """The newest report of a task in a region, in words."""

    unit: Named | None
    period: str
    state: Labelled
    progress: str
    trouble: str
    next_steps: str


class TaskProgress(Shape):
    """A task's targets in a region and in those directly below it, and what its newest reports say."""

    task_id: UUID
    number: str
    title: str
    region: Named
    targets: list[StandingTarget]
    below: list[StandingTarget]
    reports: list[ProgressTold]


class ProgressInList(Shape):
    """A target of a territory with its newest light."""

    id: UUID
    campaign: str
    task: str
    code: str
    name: str
    region: Named
    goal: str
    period: str
    actual: str | None
    expected: str | None
    share: str | None
    expected_share: str | None
    light: Labelled
    set_from_above: Labelled | None
    words: str


class ProgressRows(Shape):
    """One page of targets, the worst first."""

    rows: list[ProgressInList]
    next: str | None


class RowsWanted(Shape):
    """Which targets."""

    region: Code | None = Asked(None, description="地区代码，须在本辖区内；不填为本辖区")
    own: bool = Asked(False, description="只看该地区本级，不含下级")
    campaign: Code | None = Asked(None, description="活动代码")
    light: list[OneOf[Light]] = Asked([], description="灯，可多选")
    kind: OneOf[TaskKind] | None = Asked(None, description="任务类别")
    line: Code | None = Asked(None, description="牵头单位所管的条线")
    lead: Code | None = Asked(None, description="牵头单位代码")
    overridden: bool = Asked(False, description="只看上级另定了灯的")
    words: Words = Asked("", description="在指标和任务中查找")
    limit: Limit = 50
    cursor: CursorText = ""


@reads(router, "/progress", answer=ProgressRows, summary="目标进度：全辖区逐条，最差的在前")
def rows(request: Request, asked: Annotated[RowsWanted, Query()]) -> ProgressRows:
    """Every target of the territory that has a light."""
    here = directory()
    if not watching.may_watch(request.viewer):
        return ProgressRows(rows=[], next=None)
    filters = ProgressFilters(
        region_id=region_coded(asked.region, here).id if asked.region else None, own_only=asked.own,
        campaign=asked.campaign or "", lights=tuple(asked.light), kind=asked.kind,
        line_id=line_id_coded(asked.line, here) if asked.line else None,
        lead_id=unit_id_coded(asked.lead, "lead") if asked.lead else None, is_overridden=asked.overridden, words=asked.words,
    )
    found = watching.rows_for(request.viewer, filters, WORST, opened("progress", asked.cursor), asked.limit + 1)
    page, more = found[: asked.limit], len(found) > asked.limit
    last = (page[-1].severity, page[-1].id) if more else None
    return ProgressRows(rows=[_row(one, here) for one in page], next=sealed("progress", last))


@reads(router, "/plans/{plan_id}/progress", answer=Tree, summary="工作方案的进度：任务、目标和灯")
def tree(request: Request, plan_id: UUID, region: Code | None = None, until: date | None = None) -> Tree:
    """A plan's targets in a region as they stood on a day; without a region the viewer's own."""
    plan = next((one for one in plans_seen(request.viewer) if one.id == plan_id), None)
    here = directory()
    place = watching.watched_region(request.viewer, _asked(request, region, here))
    if plan is None:
        raise NotFound
    found = watching.targets_in(request.viewer, [place.id], plan_id=plan_id, by=until)
    tasks: dict[UUID, TaskInTree] = {}
    for one in found:
        task = tasks.setdefault(one.task_id, TaskInTree(
            id=one.task_id, number=one.task_number, title=one.task_title, kind=labelled(one.task_kind), targets=[],
        ))
        task.targets.append(target_told(one, here))
    return Tree(campaign=plan.campaign, region=named(place), lights=lights_of(found), tasks=list(tasks.values()))


@reads(router, "/tasks/{task_id}/progress", answer=TaskProgress, summary="一项任务的进度：本地区、下级各地和最近的报告")
def task_progress(
    request: Request, task_id: UUID, region: Code | None = None, until: date | None = None
) -> TaskProgress:
    """A task in a region and in those directly below; without a region the viewer's own."""
    task, here = task_seen(request.viewer, task_id), directory()
    place = watching.watched_region(request.viewer, _asked(request, region, here))
    if task is None:
        raise NotFound
    below = [one.id for one in here.children(place.id)]
    found = watching.targets_in(request.viewer, [place.id, *below], task_ids=[task_id], by=until)
    reports = watching.newest_reports_in(request.viewer, [place.id], task_ids=[task_id], by=until)
    return TaskProgress(
        task_id=task.id, number=task.number, title=task.title, region=named(place),
        targets=[target_told(one, here) for one in found if one.region_id == place.id],
        below=[target_told(one, here) for one in found if one.region_id != place.id],
        reports=[
            ProgressTold(
                unit=unit_named(one.unit_id, here), period=one.period, state=labelled(one.state), progress=one.progress_words,
                trouble=one.trouble_words, next_steps=one.next_words,
            )
            for one in reports
        ],
    )


def _asked(request: Request, code: str | None, here: Directory) -> UUID:
    return region_coded(code, here).id if code else request.viewer.region_id


def target_told(one: WatchedTarget, here: Directory) -> StandingTarget:
    override = one.override
    return StandingTarget(
        id=one.id, campaign=one.campaign, task=one.task_number, code=one.code, name=one.name,
        region=named(here.regions[one.region_id]), goal=one.goal, value=str(one.value), measure=one.measure,
        deadline=one.deadline, now=_stood(one.judged), before=_stood(one.before),
        set_from_above=SetFromAbove(
            light=labelled(override.light), reason=override.reason, by=unit_named(override.by_unit_id, here),
        ) if override else None,
    )


def _stood(one: Judged | None) -> Stood | None:
    return None if one is None else Stood(
        period=one.period, period_end=one.period_end, actual=figure_text(one.actual), expected=figure_text(one.expected),
        share=figure_text(one.share), expected_share=figure_text(one.expected_share), stage=labelled(one.stage) if one.stage else None,
        light=labelled(one.light), words=one.words, mended=one.is_mended, accepted=one.is_accepted,
    )


def _row(one: ProgressRow, here: Directory) -> ProgressInList:
    return ProgressInList(
        id=one.id, campaign=one.campaign, task=one.task_number, code=one.code, name=one.name,
        region=named(here.regions[one.region_id]), goal=one.goal, period=one.period, actual=figure_text(one.actual),
        expected=figure_text(one.expected), share=figure_text(one.share), expected_share=figure_text(one.expected_share),
        light=labelled(one.light), set_from_above=labelled(one.override) if one.override else None, words=one.words,
    )


def lights_of(found: Iterable[WatchedTarget]) -> list[CountOfLight]:
    lights = [one.judged.light for one in found if one.judged]
    return lights_told(LightCounts({light: lights.count(light) for light in Light if light in lights}))


def lights_told(counts: LightCounts) -> list[CountOfLight]:
    return [CountOfLight(light=labelled(light), targets=counts.of(light)) for light in Light if counts.of(light)]


def figure_text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def share_told(value: Decimal) -> str:
    return str(round(value, 4))
