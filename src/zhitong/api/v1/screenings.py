"""问题大排查: the drives and their ledgers, the plan of a line, its approval; lists come in as rows of one call."""

from __future__ import annotations

import csv
from datetime import date, datetime
from http import HTTPStatus
from io import StringIO
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Empty, Labelled, LongText, Name, Note, Said, Shape, labelled
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.intake.actions.importing import take_sheet, undo_sheet
from zhitong.domain.intake.actions.laying_out import lay_out
from zhitong.domain.intake.actions.screening import Plan, approve, open_screening, plan_item
from zhitong.domain.intake.queries.screenings import ScreeningView, item_seen, items_of, screening_seen, screenings_seen
from zhitong.domain.intake.queries.sheets import sheet_seen
from zhitong.domain.intake.rules.sheets import COLUMNS_OF, MOST_ROWS, Column, SheetKind
from zhitong.kit.refusals import NotFound

router = Router()


class Drive(Shape):
    """A drive."""

    id: UUID
    name: str
    unit: str
    items: int
    lacking: int
    approved_by: str
    approved_on: date | None
    frozen_at: datetime | None


class Drives(Shape):
    """Drives, newest first."""

    rows: list[Drive]


class LedgerLine(Shape):
    """A line; without a number where the case is confidential and not the caller's to see."""

    id: UUID
    position: int
    number: str
    subject: str
    state: Labelled | None
    measure: str
    answerable: str
    due_on: date | None


class Ledger(Shape):
    """One page of a ledger; `next` is the line after which the next begins."""

    rows: list[LedgerLine]
    next: UUID | None


class Opening(Said):
    """开展排查."""

    name: Name = Field(description="排查名称")


class Found(Said):
    """A row of a list."""

    firm: Note = ""
    code: Note = ""
    text: LongText = Field(description="问题内容")
    category: Note = ""
    region: Note = ""
    measure: Note = ""
    answerable: Note = ""
    due_on: date | None = None


class FoundList(Said):
    """A list; it is laid out and judged, nothing of it is a problem before it is taken."""

    rows: list[Found] = Field(min_length=1, max_length=MOST_ROWS)


class RowTrouble(Shape):
    """What is wrong in a column of a row; rows are counted from 1."""

    row: int
    column: str
    sentence: str


class LaidOut(Shape):
    """A list that waits: how many rows are good, and everything that is wrong."""

    id: UUID
    state: Labelled
    good: int
    troubles: list[RowTrouble]


class Taking(Said):
    """导入."""

    only_good: bool = Field(False, description="有不合格的行时，只导入合格的")


class Taken(Shape):
    """What became of a list."""

    new: int
    left_out: int


class Undone(Shape):
    """How many problems were taken back."""

    withdrawn: int


class Planning(Said):
    """整改方案; `reason` is needed once it is frozen."""

    measure: Note = ""
    answerable: Note = ""
    due_on: date | None = None
    reason: Note = ""


class Approving(Said):
    """登记审定."""

    approved_by: Name
    approved_on: date


@reads(router, "/screenings", answer=Drives, summary="问题大排查")
def screenings(request: Request) -> Drives:
    """本单位和辖区内各单位的排查。"""
    return Drives(rows=[_drive(one) for one in screenings_seen(request.viewer)])


@writes(router, "/screenings", answer=Drive, summary="开展排查", status=HTTPStatus.CREATED)
def open_one(request: Request, said: Opening) -> Drive:
    """由牵头单位建立。"""
    found = open_screening(request.viewer, said.name, campaign=_campaign(), actor=actor_of(request), now=request.now)
    return _drive(screening_seen(request.viewer, found))


@reads(router, "/screenings/{screening_id}/items", answer=Ledger, summary="排查台账")
def items(request: Request, screening_id: UUID, after: UUID | None = None) -> Ledger:
    """逐行跟踪到销号。"""
    limit = 200
    found = items_of(request.viewer, screening_id, after=after, limit=limit + 1)
    rows = [
        LedgerLine(
            id=one.id, position=one.position, number=one.problem.number if one.problem else "",
            subject=one.problem.subject_name if one.problem else "",
            state=labelled(one.problem.state) if one.problem else None, measure=one.measure, answerable=one.answerable,
            due_on=one.due_on,
        )
        for one in found[:limit]
    ]
    return Ledger(rows=rows, next=rows[-1].id if len(found) > limit else None)


@writes(router, "/screenings/{screening_id}/lists", answer=LaidOut, summary="上传问题清单", status=HTTPStatus.CREATED)
def send_list(request: Request, screening_id: UUID, said: FoundList) -> LaidOut:
    """先检查，逐行逐列列出问题；导入另行办理。"""
    sheet_id = lay_out(
        request.viewer, SheetKind.SCREENING, "接口上传.csv", _as_csv(said), campaign=_campaign(), now=request.now,
        screening_id=screening_id,
    )
    return _laid_out(request, sheet_id)


@writes(router, "/lists/{list_id}/take", answer=Taken, summary="导入清单")
def take(request: Request, list_id: UUID, said: Taking) -> Taken:
    """一次全部导入，或者都不导入。"""
    done = take_sheet(request.viewer, list_id, only_good=said.only_good, actor=actor_of(request), now=request.now)
    return Taken(new=done.new, left_out=done.left_out)


@writes(router, "/lists/{list_id}/undo", answer=Undone, summary="撤销导入")
def undo(request: Request, list_id: UUID, said: Empty) -> Undone:
    """已有办理的行会逐行列出，不能撤销。"""
    return Undone(withdrawn=undo_sheet(request.viewer, list_id, actor=actor_of(request), now=request.now))


@writes(router, "/screenings/items/{item_id}/plan", answer=Drive, summary="填报或变更整改方案")
def plan(request: Request, item_id: UUID, said: Planning) -> Drive:
    """方案固化后须写明变更理由。"""
    wanted = Plan(said.measure, said.answerable, said.due_on)
    plan_item(request.viewer, item_id, wanted, actor=actor_of(request), now=request.now, reason=said.reason)
    return _drive(item_seen(request.viewer, item_id)[0])


@writes(router, "/screenings/{screening_id}/approve", answer=Drive, summary="登记分管领导审定")
def approve_one(request: Request, screening_id: UUID, said: Approving) -> Drive:
    """登记后方案固化。"""
    approve(request.viewer, screening_id, said.approved_by, said.approved_on, actor=actor_of(request), now=request.now)
    return _drive(screening_seen(request.viewer, screening_id))


def _campaign() -> str:
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return campaign.code


def _as_csv(said: FoundList) -> bytes:
    """The rows as the list they would have been on paper, so that one way in judges both."""
    columns = COLUMNS_OF[SheetKind.SCREENING]
    into = StringIO(newline="")
    sheet = csv.writer(into)
    sheet.writerow([column.label for column in columns])
    for row in said.rows:
        given = {
            Column.FIRM: row.firm, Column.CODE: row.code, Column.TEXT: row.text, Column.CATEGORY: row.category,
            Column.REGION: row.region, Column.MEASURE: row.measure, Column.ANSWERABLE: row.answerable,
            Column.DUE: row.due_on.isoformat() if row.due_on else "",
        }
        sheet.writerow([given[column] for column in columns])
    return into.getvalue().encode()


def _laid_out(request: Request, sheet_id: UUID) -> LaidOut:
    found = sheet_seen(request.viewer, sheet_id)
    troubles = [
        RowTrouble(row=row.line - 1, column=column, sentence=sentence) for row in found.bad for column, sentence in row.troubles
    ]
    return LaidOut(id=found.id, state=labelled(found.state), good=found.good, troubles=troubles)


def _drive(one: ScreeningView) -> Drive:
    return Drive(
        id=one.id, name=one.name, unit=one.unit, items=one.items, lacking=one.lacking, approved_by=one.approved_by,
        approved_on=one.approved_on, frozen_at=one.frozen_at,
    )
