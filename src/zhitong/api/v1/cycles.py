"""推进调度: the meetings that come round, prepared, called, held, published and filed."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import AwareDatetime, Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.inspections import campaign_code
from zhitong.api.v1.meeting_decisions import MeetingDecisionInList, decision_listed
from zhitong.api.words import (
    Code,
    Empty,
    Labelled,
    LongNote,
    Note,
    OneOf,
    Said,
    Shape,
    ShortText,
    Words,
    labelled,
    unit_id_coded,
)
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.rhythm.actions.opening import Setting, open_cycle
from zhitong.domain.rhythm.actions.preparing import (
    MOST_ITEMS,
    Place,
    add_item,
    arrange,
    ask_for_item,
    call,
    change_setting,
    drop,
    gather,
)
from zhitong.domain.rhythm.actions.recording import (
    LONGEST_DECISION,
    LONGEST_MINUTES,
    MOST_DECISIONS,
    WORKDAYS_MOST,
    Decided,
    Meeting,
    file_away,
    publish,
    record_meeting,
)
from zhitong.domain.rhythm.queries.cycles import CycleRow, Filters, cycle_seen, cycles_for
from zhitong.domain.rhythm.rules.kinds import CycleKind, CycleSide, CycleState

router = Router()


class MeetingInList(Shape):
    """A meeting as a list shows it."""

    id: UUID
    title: str
    kind: Labelled
    period: str
    state: Labelled
    office: str
    meets_at: datetime
    place: str
    decisions: int
    open: int = Field(description="没有落实的决定事项")


class MeetingsTold(Shape):
    """One page, what lies ahead first and then the newest."""

    rows: list[MeetingInList]
    next: str | None


class AgendaItemTold(Shape):
    """An item of the agenda; of `problem`, `target`, `finding`, `decision` at most one is set."""

    id: UUID
    position: int
    source: Labelled
    state: Labelled
    title: str
    words: str
    unit: str
    by_unit: str
    problem: str
    target: UUID | None
    finding: UUID | None
    decision: UUID | None


class SnapshotTold(Shape):
    """A figure of the snapshot and what it was last time."""

    figure: Labelled
    value: int
    before: int | None


class MeetingTold(Shape):
    """A meeting opened, and what the caller may do now."""

    meeting: MeetingInList
    chair: str
    demands: str
    called: list[str]
    called_at: datetime | None
    cut_off_at: datetime = Field(description="议题和统计快照的截止时间，召开后不变")
    agenda: list[AgendaItemTold]
    figures: list[SnapshotTold]
    held_on: date | None
    attended: str
    minutes: str
    published_at: datetime | None
    filed_at: datetime | None
    reason: str
    decisions: list[MeetingDecisionInList]
    acts: list[Labelled]


class MeetingsWanted(Shape):
    """Which meetings."""

    side: OneOf[CycleSide] | None = Field(None, description="哪一边")
    kind: OneOf[CycleKind] | None = Field(None, description="类型")
    state: OneOf[CycleState] | None = Field(None, description="状态")
    words: Words = Field("", description="在名称中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class SettingSaid(Said):
    """会议安排."""

    meets_at: AwareDatetime
    place: Note = ""
    chair: Note = ""
    demands: LongNote = ""
    called: list[Code] = Field(default_factory=list, max_length=200, description="参加单位的代码")


class OpeningSaid(SettingSaid):
    """筹备会议."""

    kind: OneOf[CycleKind] = Field(CycleKind.MONTHLY_MEETING, description="类型")
    period: Code = Field(description="哪一期：2018-09、2018Q3、2018H1、2018")


class MeetingItemSaid(Said):
    """本办增加的议题."""

    title: ShortText
    words: LongNote = ""
    unit: Code | None = Field(None, description="汇报单位的代码")


class MeetingItemAskedSaid(Said):
    """提请列入的议题."""

    title: ShortText
    words: LongNote


class MeetingItemPlaceSaid(Said):
    """一项议题."""

    id: UUID
    on: bool = Field(True, description="是否列入")


class ArrangementSaid(Said):
    """议程的次序和取舍."""

    items: list[MeetingItemPlaceSaid] = Field(max_length=MOST_ITEMS, description="按次序")


class DecisionSaid(Said):
    """一项决定事项."""

    what: str = Field(max_length=LONGEST_DECISION)
    unit: Code = Field(description="责任单位的代码")
    joint: list[Code] = Field(default_factory=list, max_length=50, description="配合单位的代码")
    workdays: int = Field(ge=1, le=WORKDAYS_MOST, description="印发后几个工作日")


class MeetingSaid(Said):
    """会议情况."""

    held_on: date
    attended: LongNote = ""
    minutes: str = Field(max_length=LONGEST_MINUTES)
    decisions: list[DecisionSaid] = Field(default_factory=list, max_length=MOST_DECISIONS)


class DroppingSaid(Said):
    """取消的原因."""

    reason: Note


@reads(router, "/meetings", answer=MeetingsTold, summary="推进调度会议")
def meetings(request: Request, wanted: Annotated[MeetingsWanted, Query()]) -> MeetingsTold:
    """What the caller may see, what lies ahead first."""
    officials_only(request.viewer)
    key = opened("meetings", wanted.cursor)
    after = (datetime.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None
    filters = Filters(side=wanted.side, kind=wanted.kind, state=wanted.state, words=wanted.words)
    rows = cycles_for(request.viewer, filters, after=after, limit=wanted.limit + 1)
    shown, more = rows[: wanted.limit], len(rows) > wanted.limit
    last = (shown[-1].meets_at.isoformat(), str(shown[-1].id)) if more else None
    return MeetingsTold(rows=[_listed(one) for one in shown], next=sealed("meetings", last))


@reads(router, "/meetings/{meeting_id}", answer=MeetingTold, summary="一次会议")
def meeting(request: Request, meeting_id: UUID) -> MeetingTold:
    """For its office, who is called, and the offices above; who is called sees of the agenda what is his."""
    return _told(request, meeting_id)


@writes(router, "/meetings", answer=MeetingTold, summary="筹备会议，自动汇集议题和数字", status=HTTPStatus.CREATED)
def opening(request: Request, said: OpeningSaid) -> MeetingTold:
    """每类每期一次."""
    return _told(request, open_cycle(
        request.viewer, campaign_code(), said.kind, said.period, _setting(said), actor=actor_of(request), now=request.now
    ))


@writes(router, "/meetings/{meeting_id}/change", answer=MeetingTold, summary="修改会议安排")
def change(request: Request, meeting_id: UUID, said: SettingSaid) -> MeetingTold:
    """已经通知的单位会再收到一次."""
    change_setting(request.viewer, meeting_id, _setting(said), actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/gathering", answer=MeetingTold, summary="重新汇集议题和数字")
def gathering(request: Request, meeting_id: UUID, said: Empty) -> MeetingTold:
    """手工增加的、已经取舍的不变."""
    gather(request.viewer, meeting_id, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/agenda", answer=MeetingTold, summary="增加议题", status=HTTPStatus.CREATED)
def adding(request: Request, meeting_id: UUID, said: MeetingItemSaid) -> MeetingTold:
    """加在议程最后."""
    unit_id = unit_id_coded(said.unit, "unit") if said.unit else None
    add_item(request.viewer, meeting_id, said.title, said.words, unit_id, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/asking", answer=MeetingTold, summary="提请列入议题", status=HTTPStatus.CREATED)
def asking(request: Request, meeting_id: UUID, said: MeetingItemAskedSaid) -> MeetingTold:
    """由召集单位确定是否列入."""
    ask_for_item(request.viewer, meeting_id, said.title, said.words, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/arrangement", answer=MeetingTold, summary="确定议程的次序和取舍")
def arrangement(request: Request, meeting_id: UUID, said: ArrangementSaid) -> MeetingTold:
    """没有写到的议题排在后面，取舍不变."""
    places = {one.id: Place(position, one.on) for position, one in enumerate(said.items, start=1)}
    arrange(request.viewer, meeting_id, places, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/calling", answer=MeetingTold, summary="发会议通知")
def calling(request: Request, meeting_id: UUID, said: Empty) -> MeetingTold:
    """参加单位随即收到."""
    call(request.viewer, meeting_id, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/record", answer=MeetingTold, summary="登记会议情况和决定事项")
def record(request: Request, meeting_id: UUID, said: MeetingSaid) -> MeetingTold:
    """印发之前可以重新登记，以最后一次为准."""
    decisions = tuple(
        Decided(one.what, unit_id_coded(one.unit, "unit"), one.workdays, tuple(unit_id_coded(each, "joint") for each in one.joint))
        for one in said.decisions
    )
    held = Meeting(held_on=said.held_on, attended=said.attended, minutes=said.minutes, decisions=decisions)
    record_meeting(request.viewer, meeting_id, held, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/publication", answer=MeetingTold, summary="印发会议纪要")
def publication(request: Request, meeting_id: UUID, said: Empty) -> MeetingTold:
    """纪要从此不变，决定事项的期限从现在起算."""
    publish(request.viewer, meeting_id, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/filing", answer=MeetingTold, summary="会议归档")
def filing(request: Request, meeting_id: UUID, said: Empty) -> MeetingTold:
    """没有落实的继续跟踪，列入下次议题."""
    file_away(request.viewer, meeting_id, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


@writes(router, "/meetings/{meeting_id}/dropping", answer=MeetingTold, summary="取消会议")
def dropping(request: Request, meeting_id: UUID, said: DroppingSaid) -> MeetingTold:
    """写明原因."""
    drop(request.viewer, meeting_id, said.reason, actor=actor_of(request), now=request.now)
    return _told(request, meeting_id)


def _setting(said: SettingSaid) -> Setting:
    return Setting(
        meets_at=said.meets_at, place=said.place, chair=said.chair, demands=said.demands,
        called=tuple(unit_id_coded(one, "called") for one in said.called),
    )


def _told(request: Request, meeting_id: UUID) -> MeetingTold:
    officials_only(request.viewer)
    found = cycle_seen(request.viewer, meeting_id, now=request.now)
    return MeetingTold(
        meeting=_listed(found.row), chair=found.chair, demands=found.demands, called=list(found.called), called_at=found.called_at,
        cut_off_at=found.cut_off_at, held_on=found.held_on, attended=found.attended, minutes=found.minutes,
        published_at=found.published_at, filed_at=found.filed_at, reason=found.reason,
        agenda=[
            AgendaItemTold(
                id=one.id, position=one.position, source=labelled(one.source), state=labelled(one.state), title=one.title,
                words=one.words, unit=one.unit, by_unit=one.by_unit, problem=one.problem_number, target=one.target_id,
                finding=one.finding_id, decision=one.decision_id,
            ) for one in found.agenda
        ],
        figures=[SnapshotTold(figure=labelled(one.figure), value=one.value, before=one.before) for one in found.figures],
        decisions=[decision_listed(one) for one in found.decisions], acts=[labelled(one) for one in found.acts],
    )


def _listed(one: CycleRow) -> MeetingInList:
    return MeetingInList(
        id=one.id, title=one.title, kind=labelled(one.kind), period=one.period, state=labelled(one.state), office=one.office,
        meets_at=one.meets_at, place=one.place, decisions=one.decisions, open=one.open,
    )
