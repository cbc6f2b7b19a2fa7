"""批示: the ledger of leaders' instructions, registering one, its items, their reports and the leader's answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.problem import Attached, Number, attached
from zhitong.api.words import (
    Code,
    Labelled,
    LongNote,
    LongText,
    Name,
    Note,
    OneOf,
    Said,
    Shape,
    ShortText,
    Words,
    labelled,
    maybe_labelled,
    unit_id_coded,
)
from zhitong.domain.files.queries import FileView
from zhitong.domain.files.rules.kinds import MOST_FILES
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.supervision.actions import instructing
from zhitong.domain.supervision.actions.instructing import ITEMS_MOST, NewItem, Registering
from zhitong.domain.supervision.queries.instructions import (
    InstructionFilters,
    InstructionOrder,
    InstructionRow,
    ItemView,
    instruction_of_item,
    instruction_page,
    instructions_for,
)
from zhitong.domain.supervision.rules.kinds import InstructionKind, LedgerState
from zhitong.kit.refusals import NotFound

router = Router()


class ItemTold(Shape):
    """What one unit has to do, and how it ended."""

    id: UUID
    unit: str
    demand: str
    state: Labelled
    due_at: datetime
    light: Labelled
    report: str
    reported_at: datetime | None
    presented_on: date | None
    answer_kind: Labelled | None
    answer_words: str
    answered_on: date | None


class InstructionTold(Shape):
    """An instruction; `words_hidden` where they speak of a problem that the viewer may not see."""

    id: UUID
    kind: Labelled
    leader: str
    leader_title: str
    words: str
    words_hidden: bool
    instructed_on: date
    registered_at: datetime
    by_unit: str
    paper_title: str
    paper_number: str
    problems: list[str]
    state: Labelled
    items: list[ItemTold]
    files: list[Attached]


class Instructions(Shape):
    """One page of the ledger; `next` is the cursor of the page after it."""

    rows: list[InstructionTold]
    next: str | None


class InstructionsAsked(Shape):
    """Which instructions: filters, an order, a page."""

    state: OneOf[LedgerState] | None = Field(None, description="落实情况")
    kind: OneOf[InstructionKind] | None = Field(None, description="批示或圈阅")
    late: bool = Field(False, description="只看有超期事项的")
    words: Words = Field("", description="在领导姓名、职务和文件中查找")
    order: OneOf[InstructionOrder] = Field(InstructionOrder.REGISTERED, description="排序")
    cursor: CursorText = ""
    limit: Limit = 50


class ItemSaid(Said):
    """One item."""

    unit: Code = Field(description="承办单位代码，须在本级及以下")
    demand: ShortText = Field(description="办理事项")
    due_on: date = Field(description="完成期限")

    def item(self) -> NewItem:
        """The item as the act wants it.

        Raises BadInput: there is no such unit.
        """
        return NewItem(unit_id=unit_id_coded(self.unit, "items"), demand=self.demand, due_on=self.due_on)


class RegisteringSaid(Said):
    """登记批示."""

    kind: OneOf[InstructionKind] = Field(InstructionKind.WORDS, description="批示或圈阅")
    words: LongNote = Field("", description="批示原文，逐字登记；圈阅不填")
    leader: Name = Field(description="批示领导姓名")
    leader_title: Name = Field(description="批示时的职务")
    instructed_on: date = Field(description="批示日期")
    problems: list[Number] = Field([], max_length=50, description="批示在哪些问题上，问题编号")
    paper_title: Note = Field("", description="批示在哪份文件上", max_length=200)
    paper_number: Note = Field("", description="文号", max_length=60)
    items: list[ItemSaid] = Field([], max_length=ITEMS_MOST, description="分解的事项")
    files: list[UUID] = Field([], max_length=MOST_FILES, description="批示原件的照片：POST /files 返回的 id")


class AssigningSaid(Said):
    """分解事项."""

    items: list[ItemSaid] = Field(min_length=1, max_length=ITEMS_MOST)


class ReportingSaid(Said):
    """报办理情况."""

    text: LongText = Field(description="办理情况")


class EndingSaid(Said):
    """登记领导对专报的答复."""

    presented_on: date = Field(description="专报呈报日期")
    answer_kind: OneOf[InstructionKind] = Field(description="批示或圈阅")
    answer_words: LongNote = Field("", description="答复原文；圈阅不填")
    answered_on: date = Field(description="答复日期")


@reads(router, "/instructions", answer=Instructions, summary="领导批示台账")
def list_instructions(request: Request, asked: Annotated[InstructionsAsked, Query()]) -> Instructions:
    """One page of the ledger."""
    officials_only(request.viewer)
    filters = InstructionFilters(state=asked.state, kind=asked.kind, is_late=asked.late, words=asked.words)
    listing = f"instructions.{asked.order}"
    key = opened(listing, asked.cursor)
    after = (key[0] or None, key[1]) if key else None
    found = instructions_for(
        request.viewer, filters, now=request.now, order=asked.order, after=after, limit=asked.limit + 1
    )
    last = found[asked.limit - 1] if len(found) > asked.limit else None
    place = (last.instructed_on if asked.order is InstructionOrder.INSTRUCTED else "", last.id) if last else None
    return Instructions(rows=[_told(row) for row in found[: asked.limit]], next=sealed(listing, place))


@reads(router, "/instructions/{instruction_id}", answer=InstructionTold, summary="一条领导批示")
def one(request: Request, instruction_id: UUID) -> InstructionTold:
    """One instruction."""
    return _one(request, instruction_id)


@writes(router, "/instructions", answer=InstructionTold, summary="登记领导批示", status=HTTPStatus.CREATED)
def register(request: Request, said: RegisteringSaid) -> InstructionTold:
    """Register an instruction with its items."""
    numbers = list(dict.fromkeys(said.problems))
    ids = {head.standing.number: id_ for id_, head in heads_for(request.viewer, numbers=numbers).items()}
    if len(ids) < len(numbers):
        raise NotFound
    paper = instructing.register(Registering(
        kind=said.kind, words=said.words, leader=said.leader, leader_title=said.leader_title,
        instructed_on=said.instructed_on, problem_ids=tuple(ids[number] for number in numbers),
        paper_title=said.paper_title, paper_number=said.paper_number, items=tuple(one.item() for one in said.items),
        file_ids=tuple(said.files), actor=actor_of(request), now=request.now,
    ))
    return _one(request, paper)


@writes(router, "/instructions/{instruction_id}/items", answer=InstructionTold, summary="分解批示事项")
def assign(request: Request, instruction_id: UUID, said: AssigningSaid) -> InstructionTold:
    """Give more of an instruction to units."""
    items = tuple(one.item() for one in said.items)
    instructing.assign(instruction_id=instruction_id, items=items, actor=actor_of(request), now=request.now)
    return _one(request, instruction_id)


@writes(router, "/instruction-items/{item_id}/report", answer=InstructionTold, summary="承办单位报办理情况")
def report(request: Request, item_id: UUID, said: ReportingSaid) -> InstructionTold:
    """Report on an item."""
    paper = instruction_of_item(request.viewer, item_id)
    instructing.report(item_id=item_id, text=said.text, actor=actor_of(request), now=request.now)
    return _one(request, paper)


@writes(router, "/instruction-items/{item_id}/end", answer=InstructionTold, summary="登记领导对专报的答复，事项办结")
def end(request: Request, item_id: UUID, said: EndingSaid) -> InstructionTold:
    """Register the leader's answer."""
    paper = instruction_of_item(request.viewer, item_id)
    instructing.end(
        item_id=item_id, presented_on=said.presented_on, answer_kind=said.answer_kind, answer_words=said.answer_words,
        answered_on=said.answered_on, actor=actor_of(request), now=request.now,
    )
    return _one(request, paper)


def _one(request: Request, instruction_id: UUID) -> InstructionTold:
    officials_only(request.viewer)
    page = instruction_page(request.viewer, instruction_id, now=request.now)
    return _told(page.row, page.files)


def _told(row: InstructionRow, files: Sequence[FileView] = ()) -> InstructionTold:
    """An instruction; its files are told where one is asked for, not in a list."""
    return InstructionTold(
        id=row.id, kind=labelled(row.kind), leader=row.leader, leader_title=row.leader_title, words=row.words,
        words_hidden=row.are_words_hidden, instructed_on=row.instructed_on, registered_at=row.registered_at,
        by_unit=row.by_unit, paper_title=row.paper_title, paper_number=row.paper_number,
        problems=[head.standing.number for head in row.cases], state=labelled(row.state),
        items=[_item(item) for item in row.items], files=[attached(file) for file in files],
    )


def _item(item: ItemView) -> ItemTold:
    return ItemTold(
        id=item.id, unit=item.unit, demand=item.demand, state=labelled(item.state), due_at=item.due_at,
        light=labelled(item.light), report=item.report, reported_at=item.reported_at, presented_on=item.presented_on,
        answer_kind=maybe_labelled(item.answer_kind), answer_words=item.answer_words, answered_on=item.answered_on,
    )
