"""岗位交接: who leaves a post and who comes, the sheet of what was open on the day, both signatures."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Code, Labelled, Name, Note, OneOf, Said, Shape, labelled, unit_id_coded
from zhitong.domain.organisations.queries import Holder, holders_in, officials_only
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.problems.actions.handing import hand_over, register_signature, sign_hand_over
from zhitong.domain.problems.queries.handing import OpenThen, Sheet, sheet_for, sheets_for
from zhitong.domain.problems.rules.handing import Side
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

router = Router()


class HandOverLine(Shape):
    """A change of a post; `open` is how many problems the unit had then, `cares` how many of the served changed names."""

    id: UUID
    unit: str
    title: str
    from_name: str
    to_name: str
    made_at: datetime
    open: int
    cares: int
    from_signed_at: datetime | None
    from_on_paper: bool
    to_signed_at: datetime | None
    to_on_paper: bool


class HandOvers(Shape):
    """The newest first, up to 100."""

    rows: list[HandOverLine]


class OpenThenTold(Shape):
    """A problem that was open in the unit on the day, and how it stands now."""

    number: str
    subject: str
    state: Labelled
    due_at: datetime | None


class HandOverTold(Shape):
    """A sheet; of its problems those that the viewer may see."""

    sheet: HandOverLine
    note: str
    problems: list[OpenThenTold]


class HandingPostOver(Said):
    """岗位交接."""

    unit: Code = Field(description="单位代码，须在本级")
    leaving: Name = Field(description="移交人姓名")
    title: Note = Field("", max_length=80, description="岗位名称；移交人在这个单位只任一个岗位的可以不填")
    name: Name = Field(description="接收人姓名")
    login: Code = Field(description="接收人登录名；已有账号的填原登录名")
    password: str | None = Field(None, max_length=128, description="新建账号的初始密码；已有账号的不填")
    phone: Note = Field("", max_length=30, description="接收人电话：移交人担任分包责任人、联络员的，改为接收人和这个电话")
    note: Note = Field("", description="交接说明")


class SigningHandOver(Said):
    """签字."""

    on_paper: OneOf[Side] | None = Field(None, description="登记谁在打印的交接单上签了字；不填为本人签字")


@reads(router, "/hand-overs", answer=HandOvers, summary="岗位交接单：本人的、本单位的和本办办理的")
def sheets(request: Request) -> HandOvers:
    """What concerns the viewer."""
    officials_only(request.viewer)
    return HandOvers(rows=[_line(one) for one in sheets_for(request.viewer)])


@reads(router, "/hand-overs/{sheet_id}", answer=HandOverTold, summary="一张交接单和当日在办的问题")
def one_sheet(request: Request, sheet_id: UUID) -> HandOverTold:
    """The sheet as both sign it."""
    officials_only(request.viewer)
    return _told(*sheet_for(request.viewer, sheet_id))


@writes(router, "/hand-overs", answer=HandOverTold, summary="岗位交接：接收人从今天起任职", status=HTTPStatus.CREATED)
def hand_post_over(request: Request, said: HandingPostOver) -> HandOverTold:
    """The successor may act at once; the unit's work stays where it is."""
    require(request.viewer, Permission.ADMINISTER)
    sheet_id = hand_over(
        tenure_id=_held(request, said).tenure_id, login=said.login, name=said.name, password=said.password, phone=said.phone,
        note=said.note, actor=actor_of(request), now=request.now,
    )
    return _told(*sheet_for(request.viewer, sheet_id))


@writes(router, "/hand-overs/{sheet_id}/sign", answer=HandOverTold, summary="在交接单上签字，或者登记纸面签字")
def sign(request: Request, sheet_id: UUID, said: SigningHandOver) -> HandOverTold:
    """Each for himself; on paper the office that drew up the sheet registers it."""
    actor, now = actor_of(request), request.now
    if said.on_paper is None:
        sign_hand_over(sheet_id=sheet_id, actor=actor, now=now)
    else:
        register_signature(sheet_id=sheet_id, side=said.on_paper, actor=actor, now=now)
    return _told(*sheet_for(request.viewer, sheet_id))


def _held(request: Request, said: HandingPostOver) -> Holder:
    unit_id = unit_id_coded(said.unit, "unit")
    found = [
        one for one in holders_in(request.viewer.region_id, day_of(request.now))
        if one.unit_id == unit_id and one.name == said.leaving and said.title in ("", one.title)
    ]
    if len(found) != 1:
        trouble = "移交人在这个单位任几个岗位，请写明岗位名称。" if found else "本级这个单位没有这个人任职，请核对单位、姓名和岗位。"
        raise BadInput(trouble, {"title" if found else "leaving": trouble})
    return found[0]


def _told(sheet: Sheet, open_then: list[OpenThen]) -> HandOverTold:
    rows = [
        OpenThenTold(number=one.number, subject=one.subject_name, state=labelled(one.state), due_at=one.stage_due_at)
        for one in open_then
    ]
    return HandOverTold(sheet=_line(sheet), note=sheet.note, problems=rows)


def _line(one: Sheet) -> HandOverLine:
    return HandOverLine(
        id=one.id, unit=one.unit, title=one.title, from_name=one.from_name, to_name=one.to_name, made_at=one.made_at,
        open=one.count, cares=one.cares, from_signed_at=one.from_signed_at, from_on_paper=one.from_on_paper,
        to_signed_at=one.to_signed_at, to_on_paper=one.to_on_paper,
    )
