"""例会安排: which kinds of meetings the caller's office keeps."""

from __future__ import annotations

from datetime import date, time

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Code, Labelled, Note, OneOf, OnTheClock, Said, Shape, labelled, unit_id_coded
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.rhythm.actions.keeping import MOST_AHEAD, Keeping, keep
from zhitong.domain.rhythm.queries.habits import HabitView, habits_for
from zhitong.domain.rhythm.rules.kinds import CycleKind
from zhitong.kit.clock import day_of

router = Router()

class HabitTold(Shape):
    """A kind with how it is kept; without a day it is not."""

    kind: Labelled
    every: Labelled
    is_kept: bool
    day: int | None
    at: OnTheClock | None
    ahead_days: int | None
    place: str
    chair: str
    called: list[str]
    next_on: date | None


class HabitsTold(Shape):
    """Every kind there is; none for who keeps no meetings."""

    rows: list[HabitTold]


class HabitSaid(Said):
    """例会安排."""

    kind: OneOf[CycleKind]
    is_kept: bool = Field(True, description="否：不再定期召开")
    day: int = Field(5, ge=1, le=400, description="从每期第一天数起第几天")
    at: OnTheClock = time(9)
    ahead_days: int = Field(7, ge=1, le=MOST_AHEAD, description="提前几天开始筹备")
    place: Note = ""
    chair: Note = ""
    called: list[Code] = Field(default_factory=list, max_length=200, description="参加单位的代码")


@reads(router, "/meeting-habits", answer=HabitsTold, summary="例会安排")
def habits(request: Request) -> HabitsTold:
    """Of the caller's office."""
    return _told(request)


@writes(router, "/meeting-habits", answer=HabitsTold, summary="修改例会安排")
def keeping(request: Request, said: HabitSaid) -> HabitsTold:
    """到筹备的日子自动建好会议、汇集议题."""
    wanted = Keeping(
        day=said.day, at=said.at.replace(tzinfo=None), ahead_days=said.ahead_days, place=said.place, chair=said.chair,
        called=tuple(unit_id_coded(one, "called") for one in said.called),
    )
    keep(request.viewer, said.kind, wanted if said.is_kept else None, actor=actor_of(request), now=request.now)
    return _told(request)


def _told(request: Request) -> HabitsTold:
    viewer = request.viewer
    officials_only(viewer)
    if not viewer.may(Permission.SUPERVISE):
        return HabitsTold(rows=[])
    return HabitsTold(rows=[_habit(one) for one in habits_for(viewer, today=day_of(request.now))])


def _habit(one: HabitView) -> HabitTold:
    here = directory()
    return HabitTold(
        kind=labelled(one.kind), every=labelled(one.every), is_kept=one.is_kept, day=one.day, at=one.at, ahead_days=one.ahead_days,
        place=one.place, chair=one.chair, called=[here.name_of(each) for each in one.called], next_on=one.next_on,
    )
