"""座谈会: meetings, each matter of which becomes a case."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.words import Code, Labelled, LongText, Name, Note, OneOf, Said, Shape, labelled
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.files.rules.kinds import MOST_FILES
from zhitong.domain.intake.actions.naming import Named
from zhitong.domain.intake.actions.symposium import MOST_GUESTS, MOST_MATTERS, Held, Invited, Raised, hold
from zhitong.domain.intake.queries.symposia import SymposiumLine, held_in, symposia_seen, symposium_seen
from zhitong.domain.intake.rules.attendance import Attendance
from zhitong.domain.intake.rules.quarters import quarter_read
from zhitong.domain.problems.rules.kinds import UNDECIDED
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

router = Router()


class Meeting(Shape):
    """A meeting in a list."""

    id: UUID
    held_on: date
    name: str
    chaired_by: str
    unit: str
    region: str


class Meetings(Shape):
    """Meetings, the latest first."""

    rows: list[Meeting]


class MatterStands(Shape):
    """A matter as it stands; those that are confidential and not the caller's to see are left out."""

    number: str
    subject: str
    excerpt: str
    state: Labelled
    unit: str
    answer: str = Field(description="企业能看到的最新答复")


class GuestTold(Shape):
    """A firm that was invited."""

    subject: UUID | None
    name: str
    attendance: Labelled
    note: str


class WholeMeeting(Shape):
    """A meeting with its matters."""

    meeting: Meeting
    guests: list[GuestTold]
    came: str
    minutes: str
    matters: list[MatterStands]
    files: list[Attached]


class MatterSaid(Said):
    """A matter: a firm of the registry, or a name."""

    subject: UUID | None = None
    firm: Note = ""
    text: LongText
    category: Code = UNDECIDED


class GuestSaid(Said):
    """An invited firm: of the registry, or a name."""

    subject: UUID | None = None
    firm: Note = ""
    attendance: OneOf[Attendance] = Field(Attendance.CAME, description="邀请结果")
    note: Note = ""


class QuarterTold(Shape):
    """A region's own symposia of the quarter."""

    region: str
    held: int
    last_on: date | None
    matters: int


class QuartersTold(Shape):
    """The caller's region and those directly below it."""

    quarter: str
    rows: list[QuarterTold]


class Holding(Said):
    """登记座谈会."""

    name: Name
    held_on: date
    chaired_by: Name
    guests: list[GuestSaid] = Field([], max_length=MOST_GUESTS)
    came: Note = ""
    minutes: LongText | None = None
    matters: list[MatterSaid] = Field([], max_length=MOST_MATTERS)
    files: list[UUID] = Field([], max_length=MOST_FILES, description="附件：POST /files 返回的 id")


@reads(router, "/symposia", answer=Meetings, summary="座谈会")
def symposia(request: Request) -> Meetings:
    """本单位和辖区内各单位登记的座谈会。"""
    return Meetings(rows=[_meeting(one) for one in symposia_seen(request.viewer)])


@reads(router, "/symposia/quarter", answer=QuartersTold, summary="本级和下一级各地区一个季度是否开过座谈会")
def quarter(request: Request, quarter: Annotated[str, Query(pattern=r"^\d{4}Q[1-4]$")] = "") -> QuartersTold:
    """不填为本季度。"""
    asked = quarter_read(quarter, day_of(request.now))
    rows = held_in(request.viewer, asked)
    return QuartersTold(quarter=str(asked), rows=[
        QuarterTold(region=one.region, held=one.held, last_on=one.last_on, matters=one.matters) for one in rows
    ])


@reads(router, "/symposia/{symposium_id}", answer=WholeMeeting, summary="一次座谈会和各事项的办理情况")
def symposium(request: Request, symposium_id: UUID) -> WholeMeeting:
    """每个事项跟踪到销号。"""
    return _whole(request, symposium_id)


@writes(router, "/symposia", answer=WholeMeeting, summary="登记座谈会", status=HTTPStatus.CREATED)
def hold_one(request: Request, said: Holding) -> WholeMeeting:
    """企业提出的每个事项立案交办。"""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    matters = [Raised(Named(one.subject, one.firm), one.text, one.category) for one in said.matters]
    guests = [Invited(Named(one.subject, one.firm), one.attendance, one.note) for one in said.guests]
    found = hold(request.viewer, Held(
        campaign=campaign.code, name=said.name, held_on=said.held_on, chaired_by=said.chaired_by, came=said.came,
        minutes=said.minutes or "", matters=matters, guests=guests,
        file_ids=tuple(said.files), actor=actor_of(request), now=request.now,
    ))
    return _whole(request, found)


def _whole(request: Request, symposium_id: UUID) -> WholeMeeting:
    found = symposium_seen(request.viewer, symposium_id)
    matters = [
        MatterStands(
            number=one.number, subject=one.subject_name, excerpt=one.excerpt, state=labelled(one.state), unit=one.unit,
            answer=one.answer,
        )
        for one in found.matters if one is not None
    ]
    guests = [
        GuestTold(subject=one.subject_id, name=one.name, attendance=labelled(one.attendance), note=one.note)
        for one in found.guests
    ]
    return WholeMeeting(
        meeting=_meeting(found.head), guests=guests, came=found.came, minutes=found.minutes, matters=matters,
        files=[attached(file) for file in found.files],
    )


def _meeting(one: SymposiumLine) -> Meeting:
    return Meeting(
        id=one.id, held_on=one.held_on, name=one.name, chaired_by=one.chaired_by, unit=one.unit, region=one.region
    )
