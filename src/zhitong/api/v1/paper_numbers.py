"""发文登记: every number of an office's series and what became of it; reserving one, entering it as not used."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Labelled, OneOf, Said, Shape, ShortText, Words, labelled
from zhitong.domain.bulletins.actions.editions import numbering
from zhitong.domain.bulletins.queries.editions.listing import NumberFilters, NumberRow, numbers_for
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import NumberState

router = Router()


class NumberTold(Shape):
    """A number of the register."""

    id: UUID
    number: str
    kind: Labelled
    year: int
    serial: int
    state: Labelled
    edition: UUID | None
    title: str
    signed_by: str
    signed_on: date | None
    reason: str


class PaperRegister(Shape):
    """One page of the register; `next` is the cursor of the page after it."""

    rows: list[NumberTold]
    next: str | None


class RegisterAsked(Shape):
    """Which numbers: filters and a page."""

    kind: OneOf[PaperKind] | None = Field(None, description="种类")
    state: OneOf[NumberState] | None = Field(None, description="状态")
    year: int | None = Field(None, ge=2000, le=2099, description="年度")
    words: Words = Field("", description="在文号、标题和原因中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class ReservingSaid(Said):
    """预留文号."""

    kind: OneOf[PaperKind] = Field(description="种类")
    reason: ShortText = Field(description="预留给哪份文件")


class VoidingSaid(Said):
    """登记文号作废."""

    reason: ShortText = Field(description="没有使用的原因")


@reads(router, "/bulletins/numbers", answer=PaperRegister, summary="发文登记：文号及其去向")
def list_numbers(request: Request, asked: Annotated[RegisterAsked, Query()]) -> PaperRegister:
    """One page of the register."""
    filters = NumberFilters(
        kinds=(asked.kind,) if asked.kind else (), states=(asked.state,) if asked.state else (), year=asked.year,
        words=asked.words,
    )
    key = opened("paper_numbers", asked.cursor)
    found = numbers_for(request.viewer, filters, after=key[0] if key else None, limit=asked.limit + 1)
    rows = found[: asked.limit]
    place = (rows[-1].id,) if len(found) > asked.limit else None
    return PaperRegister(rows=[_number(row) for row in rows], next=sealed("paper_numbers", place))


@writes(router, "/bulletins/numbers", answer=PaperRegister, summary="预留文号", status=HTTPStatus.CREATED)
def reserve_number(request: Request, said: ReservingSaid) -> PaperRegister:
    """Reserve a number; answers with it."""
    made = numbering.reserve(kind=said.kind, reason=said.reason, actor=actor_of(request), now=request.now)
    return _one_number(request, made)


@writes(router, "/bulletins/numbers/{number_id}/void", answer=PaperRegister, summary="登记预留的文号作废")
def void_number(request: Request, number_id: UUID, said: VoidingSaid) -> PaperRegister:
    """Enter a number as not used; answers with it."""
    numbering.void(number_id=number_id, reason=said.reason, actor=actor_of(request), now=request.now)
    return _one_number(request, number_id)


def _one_number(request: Request, number_id: UUID) -> PaperRegister:
    rows = numbers_for(request.viewer, NumberFilters(ids=(number_id,)), limit=1)
    return PaperRegister(rows=[_number(row) for row in rows], next=None)


def _number(row: NumberRow) -> NumberTold:
    return NumberTold(
        id=row.id, number=row.number, kind=labelled(row.kind), year=row.year, serial=row.serial, state=labelled(row.state),
        edition=row.edition_id, title=row.title, signed_by=row.signed_by, signed_on=row.signed_on, reason=row.reason,
    )
