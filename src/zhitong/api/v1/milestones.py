"""时间表: the milestones of a task in a region, what slips and why, and what their keepers do."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, cut
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.words import (
    Code,
    Labelled,
    Named,
    Note,
    OneOf,
    Said,
    Shape,
    ShortText,
    labelled,
    named,
    region_coded,
    unit_id_coded,
    unit_named,
)
from zhitong.domain.files.rules.kinds import MOST_FILES
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.actions.advancing import begin_milestone, complete_milestone, postpone_milestone
from zhitong.domain.plans.actions.handing_down import hand_down
from zhitong.domain.plans.actions.scheduling import (
    MOST_OF_A_TASK,
    NewMilestone,
    change_milestone,
    drop_milestone,
    plan_milestone,
)
from zhitong.domain.plans.queries.timetables import MilestoneView, milestone_seen, milestones_in
from zhitong.domain.plans.rules.timetable import MOST_LAG, MilestoneState
from zhitong.kit.clock import day_of

router = Router()


class WaitTold(Shape):
    """A milestone that another waits for."""

    id: UUID
    name: str
    lag_days: int
    is_over: bool


class MilestoneTold(Shape):
    """A milestone, its promise and the earliest day it can now be done."""

    id: UUID
    task: UUID
    task_number: str
    task_title: str
    region: Named
    name: str
    unit: Named | None = Field(description="空为本地区的牵头单位")
    begin_on: date | None
    due_on: date
    first_due_on: date = Field(description="最初承诺的完成日，不随顺延改变")
    begun_on: date | None
    done_on: date | None
    dropped_reason: str
    needs_evidence: bool
    weight: str
    postponed: int
    state: Labelled
    standing: str
    earliest_on: date | None = Field(description="现在看最早能完成的日子；已完成或取消的为空")
    slipped_days: int
    causes: list[str]
    waits: list[WaitTold]


class MilestonesTold(Shape):
    """One page of a region's milestones, by task and day."""

    rows: list[MilestoneTold]
    next: str | None


class PutOffTold(Shape):
    """One postponement."""

    from_on: date
    to_on: date
    reason: str
    unit: str
    at: datetime


class MilestoneInFull(Shape):
    """A milestone with its postponements and its evidence."""

    milestone: MilestoneTold
    done_words: str
    postponements: list[PutOffTold]
    files: list[Attached]


class HandedDownTold(Shape):
    """How far a timetable was handed down."""

    regions: int
    milestones: int
    left: list[str] = Field(description="已有自己的时间表、没有改动的地区")


class MilestonesWanted(Shape):
    """Which milestones."""

    region: Code | None = Field(None, description="地区代码，不填为本地区")
    task: UUID | None = None
    state: OneOf[MilestoneState] | None = Field(None, description="状态")
    cursor: CursorText = ""
    limit: Limit = 50


class WaitSaid(Said):
    """What is waited for."""

    milestone: UUID
    lag_days: int = Field(0, ge=0, le=MOST_LAG)


class MilestoneSaid(Said):
    """A milestone as it is to be."""

    name: ShortText
    due_on: date
    begin_on: date | None = None
    unit: Code | None = Field(None, description="责任单位代码，不填为本地区的牵头单位")
    needs_evidence: bool = False
    weight: Decimal = Field(Decimal(1), gt=0, le=1000, max_digits=8, decimal_places=2)
    waits: list[WaitSaid] = Field([], max_length=MOST_OF_A_TASK)


class MilestonePlanning(MilestoneSaid):
    """列入时间表."""

    task: UUID
    region: Code


class MilestoneBeginning(Said):
    """登记开始."""

    begun_on: date


class MilestoneCompleting(Said):
    """登记完成."""

    done_on: date
    words: Note = ""
    files: list[UUID] = Field([], max_length=MOST_FILES, description="佐证：POST /files 返回的 id")


class Postponing(Said):
    """顺延."""

    to_on: date
    reason: Note = ""


class Dropping(Said):
    """取消节点."""

    reason: Note = ""


class HandingDown(Said):
    """下发时间表."""

    task: UUID
    region: Code = Field(description="从哪个地区往下发")


@reads(router, "/milestones", answer=MilestonesTold, summary="一个地区的时间表")
def milestones(request: Request, wanted: Annotated[MilestonesWanted, Query()]) -> MilestonesTold:
    """The milestones of a region that the caller may see."""
    here = directory()
    region_id = region_coded(wanted.region, here).id if wanted.region else request.viewer.region_id
    rows = [
        one for one in milestones_in(request.viewer, region_id, today=day_of(request.now))
        if (wanted.task is None or one.task_id == wanted.task) and (wanted.state is None or one.state is wanted.state)
    ]
    shown, following = cut(f"milestones.{region_id}", rows, wanted.cursor, wanted.limit)
    return MilestonesTold(rows=[told(one, here) for one in shown], next=following)


@reads(router, "/milestones/{milestone_id}", answer=MilestoneInFull, summary="一个节点：顺延记录和佐证")
def milestone(request: Request, milestone_id: UUID) -> MilestoneInFull:
    """For officials of its region, of those below and of those above."""
    return _whole(request, milestone_id)


@writes(router, "/milestones", answer=MilestoneInFull, summary="列入时间表", status=HTTPStatus.CREATED)
def plan(request: Request, said: MilestonePlanning) -> MilestoneInFull:
    """牵头单位或本级活动办公室."""
    made = plan_milestone(
        request.viewer, said.task, region_coded(said.region).id, _new(said), actor=actor_of(request), now=request.now
    )
    return _whole(request, made)


@writes(router, "/timetables/hand-down", answer=HandedDownTold, summary="下发时间表：一次给所有下级地区")
def down(request: Request, said: HandingDown) -> HandedDownTold:
    """已有时间表的地区不动."""
    done = hand_down(request.viewer, said.task, region_coded(said.region).id, actor=actor_of(request), now=request.now)
    return HandedDownTold(regions=done.regions, milestones=done.milestones, left=list(done.left))


@writes(router, "/milestones/{milestone_id}", answer=MilestoneInFull, summary="修改节点（完成日只能提前）")
def change(request: Request, milestone_id: UUID, said: MilestoneSaid) -> MilestoneInFull:
    """推后用顺延."""
    change_milestone(request.viewer, milestone_id, _new(said), actor=actor_of(request), now=request.now)
    return _whole(request, milestone_id)


@writes(router, "/milestones/{milestone_id}/beginning", answer=MilestoneInFull, summary="登记开始")
def begin(request: Request, milestone_id: UUID, said: MilestoneBeginning) -> MilestoneInFull:
    """前置节点完成后."""
    begin_milestone(request.viewer, milestone_id, begun_on=said.begun_on, actor=actor_of(request), now=request.now)
    return _whole(request, milestone_id)


@writes(router, "/milestones/{milestone_id}/completion", answer=MilestoneInFull, summary="登记完成，附佐证")
def complete(request: Request, milestone_id: UUID, said: MilestoneCompleting) -> MilestoneInFull:
    """日期不能晚于今天."""
    complete_milestone(
        request.viewer, milestone_id, done_on=said.done_on, words=said.words, file_ids=said.files, actor=actor_of(request),
        now=request.now,
    )
    return _whole(request, milestone_id)


@writes(router, "/milestones/{milestone_id}/postponement", answer=MilestoneInFull, summary="顺延，写明理由")
def postpone(request: Request, milestone_id: UUID, said: Postponing) -> MilestoneInFull:
    """承诺日已过的由上级定."""
    postpone_milestone(
        request.viewer, milestone_id, to_on=said.to_on, reason=said.reason, actor=actor_of(request), now=request.now
    )
    return _whole(request, milestone_id)


@writes(router, "/milestones/{milestone_id}/dropping", answer=MilestoneInFull, summary="取消节点，写明理由")
def drop(request: Request, milestone_id: UUID, said: Dropping) -> MilestoneInFull:
    """节点仍可查看."""
    drop_milestone(request.viewer, milestone_id, reason=said.reason, actor=actor_of(request), now=request.now)
    return _whole(request, milestone_id)


def _new(said: MilestoneSaid) -> NewMilestone:
    return NewMilestone(
        name=said.name, due_on=said.due_on, begin_on=said.begin_on, needs_evidence=said.needs_evidence, weight=said.weight,
        unit_id=unit_id_coded(said.unit, "unit") if said.unit else None,
        waits=[(one.milestone, one.lag_days) for one in said.waits],
    )


def _whole(request: Request, milestone_id: UUID) -> MilestoneInFull:
    found = milestone_seen(request.viewer, milestone_id, today=day_of(request.now))
    return MilestoneInFull(
        milestone=told(found.view, directory()), done_words=found.view.done_words,
        postponements=[
            PutOffTold(from_on=one.from_on, to_on=one.to_on, reason=one.reason, unit=one.unit, at=one.at) for one in found.put_off
        ],
        files=[attached(one) for one in found.files],
    )


def told(one: MilestoneView, here: Directory) -> MilestoneTold:
    """A milestone as the API tells it."""
    outlook = one.outlook
    return MilestoneTold(
        id=one.id, task=one.task_id, task_number=one.task_number, task_title=one.task_title,
        region=named(here.regions[one.region_id]), name=one.name, unit=unit_named(one.unit_id, here), begin_on=one.begin_on,
        due_on=one.due_on, first_due_on=one.first_due_on, begun_on=one.begun_on, done_on=one.done_on,
        dropped_reason=one.dropped_reason, needs_evidence=one.needs_evidence, weight=str(one.weight), postponed=one.postponed,
        state=labelled(one.state), standing=one.standing, earliest_on=outlook.earliest_on if outlook else None,
        slipped_days=outlook.slipped_days if outlook else 0, causes=list(outlook.causes) if outlook else [],
        waits=[WaitTold(id=wait.id, name=wait.name, lag_days=wait.lag_days, is_over=wait.is_over) for wait in one.waits],
    )
