"""Sealed complaints: a firm brings and reads its own, the receiver reads and handles what it holds; nobody else finds any.

There is no list across units, no count and no bulk; an office may only take a problem out of the pool into the channel.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.problem import Number
from zhitong.api.words import (
    Code,
    Empty,
    Labelled,
    LongText,
    Name,
    Named,
    Note,
    Said,
    Shape,
    ShortText,
    labelled,
    named,
    region_coded,
    unit_id_coded,
)
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.complaints.actions import handling
from zhitong.domain.complaints.actions.handling import Letter, Turn
from zhitong.domain.complaints.actions.sealing import Seal, seal
from zhitong.domain.complaints.actions.submitting import Charge, submit
from zhitong.domain.complaints.queries.lists import ComplaintRow, complaints_for
from zhitong.domain.complaints.queries.page import complaint_page
from zhitong.domain.complaints.rules.kinds import Act
from zhitong.domain.complaints.rules.way import MOVES, Standing
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.kit.refusals import NotFound

router = Router()
LISTING = "complaints"
Receipt = Annotated[str, Field(pattern=r"^[^\x00-\x20/]{1,40}$", description="回执号，列表里的 number")]


class ComplaintInList(Shape):
    """A complaint as its parties list it: never a word of what was said."""

    number: str
    state: Labelled
    accused: str
    complainant: str
    is_unnamed: bool
    holder: str
    due_at: datetime | None
    light: Labelled
    submitted_at: datetime


class Complaints(Shape):
    """One page of the unit's own complaints; `next` is the cursor of the page after it."""

    rows: list[ComplaintInList]
    next: str | None


class ComplaintStep(Shape):
    """One act with its words."""

    act: Labelled
    at: datetime
    unit: str
    person: str
    text: str
    to: str
    letter_number: str
    letter_on: date | None


class ComplaintChoice(Shape):
    """An act of this unit: allowed now, or the reason why not."""

    act: Labelled
    allowed: bool
    reason: str
    words: str


class Complaint(Shape):
    """One complaint as its party reads it."""

    complaint: ComplaintInList
    part: Labelled
    happened: str
    text: str
    notify_due_at: datetime
    notify_light: Labelled
    from_problem: str
    acts: list[ComplaintChoice]
    steps: list[ComplaintStep]


class Receipted(Shape):
    """A complaint taken: its receipt number and who received it."""

    number: str
    receiver: Named


class ComplaintMoved(Shape):
    """How a complaint stands after an act."""

    number: str
    state: Labelled


class Withdrawn(Shape):
    """A problem taken out of the pool; nothing is told of where it went."""

    number: str
    sealed: bool


class AskedComplaints(Shape):
    """Which of the unit's own complaints."""

    only_open: bool = Field(False, description="只要没有办完的")
    cursor: CursorText = ""
    limit: Limit = 50


class Against(Said):
    """Against whom: a unit, or somebody in words with the region he belongs to."""

    unit: Code | None = Field(None, description="被投诉单位代码，见 GET /units")
    region: Code | None = Field(None, description="没有选单位时，被投诉人员所在地区的代码")
    person: Note = Field("", description="被投诉人员的姓名、职务，最多120字")


class Bringing(Against):
    """A complaint."""

    text: LongText = Field(description="发生了什么事；不得填写国家秘密")
    happened: Note = Field("", description="什么时候、在哪里，最多200字")
    is_unnamed: bool = Field(False, description="隐名：受理机构看不到企业名称")


class AskingComplainant(Said):
    """请补充."""

    question: ShortText = Field(description="请投诉人补充什么；只能请一次")


class SupplyingComplaint(Said):
    """补充情况."""

    text: LongText


class Referring(Said):
    """移送."""

    unit: Code | None = Field(None, description="系统内接收机构的代码；与 body 二选一")
    body: Note = Field("", description="系统外接收机关的名称，最多120字")
    letter_number: Name = Field(description="移送函编号")
    letter_on: date = Field(description="移送函日期")
    note: Note = Field("", description="给接收机构的说明，投诉人看不到")


class Notifying(Said):
    """告知结果."""

    text: LongText = Field(description="告知投诉人的结果；告知后办理结束")


@reads(router, "/complaints", answer=Complaints, summary="密封的投诉举报：企业看自己的，受理机构看由其办理的，其他岗位404")
def list_complaints(request: Request, asked: Annotated[AskedComplaints, Query()]) -> Complaints:
    """One page of the unit's own."""
    key = opened(LISTING, asked.cursor)
    page = complaints_for(
        request.viewer, now=request.now, only_open=asked.only_open, after=UUID(str(key[0])) if key else None,
        limit=asked.limit,
    )
    return Complaints(rows=[_in_list(row) for row in page.rows], next=sealed(LISTING, page.next_id and (page.next_id,)))


@reads(router, "/complaints/{number}", answer=Complaint, summary="一件密封的投诉举报；不是当事单位的404")
def one_complaint(request: Request, number: Receipt) -> Complaint:
    """Everything a party may know of it."""
    page = complaint_page(request.viewer, number, now=request.now)
    return Complaint(
        complaint=_in_list(page.row), part=labelled(page.part), happened=page.happened, text=page.text,
        notify_due_at=page.standing.notify_due_at, notify_light=labelled(page.notify_light),
        from_problem=page.from_problem,
        acts=[ComplaintChoice(act=labelled(one.act), allowed=one.allowed, reason=one.reason, words=one.words)
              for one in page.acts],
        steps=[ComplaintStep(act=labelled(one.act), at=one.at, unit=one.unit, person=one.person, text=one.text, to=one.to,
                             letter_number=one.letter_number, letter_on=one.letter_on) for one in page.steps],
    )


@writes(router, "/complaints", answer=Receipted, summary="投诉举报（密封）", status=HTTPStatus.CREATED)
def bring_complaint(request: Request, said: Bringing) -> Receipted:
    """Bring a complaint of one's own."""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    charge = Charge(
        campaign=campaign.code, text=said.text, happened=said.happened, is_unnamed=said.is_unnamed, **_against(said)
    )
    taken = submit(charge, actor=actor_of(request), now=request.now)
    return Receipted(number=taken.number, receiver=named(taken.receiver))


@writes(
    router, "/problems/{number}/acts/seal", answer=Withdrawn, summary="转入密封渠道", operation_id="act_seal",
)
def seal_problem(request: Request, number: Number, said: Against) -> Withdrawn:
    """Take a problem that is a complaint out of the pool."""
    problem_id = problem_id_of(request.viewer, number)
    seal(Seal(problem_id=problem_id, actor=actor_of(request), now=request.now, **_against(said)))
    return Withdrawn(number=number, sealed=True)


def _refer(turn: Turn, said: Any) -> Standing:
    unit_id = unit_id_coded(said.unit, "unit") if said.unit else None
    letter = Letter(unit_id=unit_id, body=said.body, number=said.letter_number, on=said.letter_on, note=said.note)
    return handling.refer(turn, letter=letter)


OFFERS: tuple[tuple[Act, type[Said], Callable[[Turn, Any], Standing]], ...] = (
    (Act.ACKNOWLEDGE, Empty, lambda turn, _said: handling.acknowledge(turn)),
    (Act.ASK, AskingComplainant, lambda turn, said: handling.ask(turn, question=said.question)),
    (Act.SUPPLY, SupplyingComplaint, lambda turn, said: handling.supply(turn, text=said.text)),
    (Act.REFER, Referring, _refer),
    (Act.NOTIFY, Notifying, lambda turn, said: handling.notify(turn, text=said.text)),
)


def _open(offered: Act, asks: type[Said], do: Callable[[Turn, Any], Standing]) -> None:
    """Give an act its address."""

    def act(request: Request, number: Receipt, said: Said) -> ComplaintMoved:
        turn = Turn(number=number, viewer=request.viewer, via="api", now=request.now, request_id=request.request_id)
        standing = do(turn, said)
        return ComplaintMoved(number=standing.number, state=labelled(standing.state))

    act.__doc__ = MOVES[offered].words
    act.__annotations__ = {"request": Request, "number": Receipt, "said": asks, "return": ComplaintMoved}
    writes(
        router, f"/complaints/{{number}}/acts/{offered}", answer=ComplaintMoved, summary=f"密封件：{offered.label}",
        operation_id=f"complaint_{offered}",
    )(act)


for _offer in OFFERS:
    _open(*_offer)


def _against(said: Against) -> dict[str, Any]:
    return {
        "unit_id": unit_id_coded(said.unit, "unit") if said.unit else None,
        "region_id": region_coded(said.region).id if said.region else None, "person": said.person,
    }


def _in_list(row: ComplaintRow) -> ComplaintInList:
    return ComplaintInList(
        number=row.number, state=labelled(row.state), accused=row.accused, complainant=row.complainant,
        is_unnamed=row.is_unnamed, holder=row.holder, due_at=row.due_at, light=labelled(row.light),
        submitted_at=row.submitted_at,
    )
