"""通报简报: editions from each side, one edition with its figures and checks, its file."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, hands_over, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Labelled, OneOf, Said, Shape, Words, labelled
from zhitong.domain.bulletins.actions.editions import drafting
from zhitong.domain.bulletins.queries.editions.files import PRINTED, edition_file
from zhitong.domain.bulletins.queries.editions.listing import EditionFilters, EditionRow, editions_for
from zhitong.domain.bulletins.queries.editions.page import CheckView, edition_page
from zhitong.domain.bulletins.queries.editions.sight import sides_of
from zhitong.domain.bulletins.queries.writing import MEDIA_TYPES
from zhitong.domain.bulletins.rules.catalogue import Format, PaperKind
from zhitong.domain.bulletins.rules.cutting_off import judge_cut_off
from zhitong.domain.bulletins.rules.drawn import Bound
from zhitong.domain.bulletins.rules.kinds import EditionState, PaperSide
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.kit.refusals import NotFound

router = Router()


class EditionInList(Shape):
    """An edition as a list shows it: of `asked` units `answered` have answered, the objections of `objected` wait."""

    id: UUID
    kind: Labelled
    title: str
    number: str
    state: Labelled
    unit: str
    since: datetime
    cut_off: datetime
    issued_at: datetime | None
    asked: int
    answered: int
    objected: int


class Editions(Shape):
    """One page; `next` is the cursor of the page after it."""

    side: Labelled
    rows: list[EditionInList]
    next: str | None


class EditionSectionTold(Shape):
    """A section of the text; figures stand in it as 【数:name】."""

    heading: str
    text: str


class EditionFigureTold(Shape):
    """A figure: `before` is what the last issue said, `own` whether it is the caller's unit's."""

    key: str
    name: str
    text: str
    unit: str
    before: str | None
    own: bool


class FigureCheckTold(Shape):
    """What a unit said of its figures."""

    id: UUID
    unit: str
    state: Labelled
    due_at: datetime
    words: str
    answered_at: datetime | None
    answer: str


class EditionTold(EditionInList):
    """One edition in full; text and rankings are empty while they are not the caller's to read."""

    version: int
    recipients: str
    sections: list[EditionSectionTold]
    figures: list[EditionFigureTold]
    checks: list[FigureCheckTold]
    signed_by: str
    signed_on: date | None
    content_digest: str
    figures_digest: str
    corrects: UUID | None
    corrections: list[UUID]


class EditionsAsked(Shape):
    """Which editions: a side, filters, a page."""

    side: OneOf[PaperSide] | None = Field(None, description="从哪一方看；不填为该岗位最常用的一个")
    kind: OneOf[PaperKind] | None = Field(None, description="种类")
    state: list[OneOf[EditionState]] = Field([], description="状态，可多选")
    words: Words = Field("", description="在标题和文号中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class FileAsked(Shape):
    """As which file."""

    format: OneOf[Format] = Field(Format.WORD, description="docx 或 pdf")


class EditionDraftingSaid(Said):
    """起草通报、简报."""

    kind: OneOf[PaperKind] = Field(description="circular 情况通报 或 brief 简报")
    cut_off: datetime = Field(description="统计截止时间；统计其所在月份截至这一刻的情况")


@reads(router, "/bulletins/editions", answer=Editions, summary="通报简报列表：按编发、核对、收到分页")
def list_editions(request: Request, asked: Annotated[EditionsAsked, Query()]) -> Editions:
    """One page of editions."""
    side = asked.side or next(iter(sides_of(request.viewer)), None)
    if side is None:
        raise NotFound
    filters = EditionFilters(kinds=(asked.kind,) if asked.kind else (), states=tuple(asked.state), words=asked.words)
    key = opened(f"editions.{side}", asked.cursor)
    found = editions_for(request.viewer, side, filters, after=key[0] if key else None, limit=asked.limit + 1)
    rows = found[: asked.limit]
    place = (rows[-1].id,) if len(found) > asked.limit else None
    return Editions(
        side=labelled(side), rows=[EditionInList(**_listed(row)) for row in rows], next=sealed(f"editions.{side}", place)
    )


@reads(router, "/bulletins/editions/{edition_id}", answer=EditionTold, summary="一期通报简报：文稿、数字、核对情况")
def one_edition(request: Request, edition_id: UUID) -> EditionTold:
    """One edition."""
    return told(request, edition_id)


@hands_over(
    router, "/bulletins/editions/{edition_id}/file", types=[MEDIA_TYPES[one] for one in PRINTED], summary="一期通报简报的 Word、PDF"
)
def one_edition_file(request: Request, edition_id: UUID, asked: Annotated[FileAsked, Query()]) -> HttpResponse:
    """The paper as a file."""
    made, into = edition_file(request.viewer, edition_id, asked.format, request.now), BytesIO()
    made.write(into)
    answer = HttpResponse(into.getvalue(), content_type=made.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name)
    return answer


@writes(router, "/bulletins/editions", answer=EditionTold, summary="按统计截止时间起草通报、简报", status=HTTPStatus.CREATED)
def draft_edition(request: Request, said: EditionDraftingSaid) -> EditionTold:
    """Draft an edition."""
    campaign = campaign_in_force()
    judge_cut_off(said.cut_off, request.now, campaign.year if campaign else None)
    made = drafting.draft(kind=said.kind, cut_off=said.cut_off, actor=actor_of(request), now=request.now)
    return told(request, made)


def told(request: Request, edition_id: UUID) -> EditionTold:
    """One edition as an answer."""
    found = edition_page(request.viewer, edition_id, now=request.now)
    return EditionTold(
        **_listed(found.row), version=found.version, recipients=found.recipients,
        sections=[EditionSectionTold(heading=one.heading, text=one.text) for one in found.sections],
        figures=[_figure(one, one in found.own) for one in found.figures], checks=[_check(one) for one in found.checks],
        signed_by=found.signed_by, signed_on=found.signed_on, content_digest=found.content_digest,
        figures_digest=found.figures_digest, corrects=found.corrects[0] if found.corrects else None,
        corrections=[id_ for id_, _number in found.corrections],
    )


def _listed(row: EditionRow) -> dict[str, Any]:
    return {
        "id": row.id, "kind": labelled(row.kind), "title": row.title, "number": row.number, "state": labelled(row.state),
        "unit": row.unit, "since": row.since, "cut_off": row.cut_off, "issued_at": row.issued_at, "asked": row.asked,
        "answered": row.answered, "objected": row.objected,
    }


def _figure(one: Bound, own: bool) -> EditionFigureTold:
    return EditionFigureTold(key=one.key, name=one.label, text=one.text, unit=one.unit, before=one.before, own=own)


def _check(one: CheckView) -> FigureCheckTold:
    return FigureCheckTold(
        id=one.id, unit=one.unit, state=labelled(one.state), due_at=one.due_at, words=one.words, answered_at=one.answered_at,
        answer=one.answer,
    )
