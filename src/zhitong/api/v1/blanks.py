"""Forms of upper levels (套表): sent, pointed, filled for a region and a cut-off, handed back, dropped."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import Field

from zhitong.api.door import Request, actor_of, hands_over, reads, writes
from zhitong.api.words import Empty, Labelled, Named, OneOf, Said, Shape, labelled
from zhitong.domain.blanks.actions.filling import fill_blank, hand_back
from zhitong.domain.blanks.actions.keeping import drop_blank, point_blank, send_blank
from zhitong.domain.blanks.queries.blanks import (
    BlankView,
    FillingView,
    blank_seen,
    blanks_for,
    filling_seen,
    fillings_of,
    form_of,
)
from zhitong.domain.blanks.queries.made import file_of
from zhitong.domain.blanks.rules.form.opening import MOST_BYTES
from zhitong.domain.blanks.rules.kinds import Grain, Which
from zhitong.domain.blanks.rules.pointing import Pointing, TablePointing
from zhitong.domain.organisations.queries import directory
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

router = Router()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 100


class BlankTable(Shape):
    """A table of a form: what a row is, which rows are wanted, the field of each head (empty: not ours)."""

    sheet: str
    grain: Labelled
    which: Labelled
    columns: dict[str, str]


class BlankStanding(Shape):
    """A form; `gaps` are the fields of the gaps in its texts, `said` what was seen when it was read."""

    id: UUID
    name: str
    version: int
    unit: str
    sent_at: datetime
    pointed_at: datetime | None
    pointed_by: str
    said: list[str]
    tables: list[BlankTable]
    gaps: dict[str, str]


class BlankKnown(Shape):
    """What became of a form that was sent; `known` where its heads were known before."""

    known: bool
    blank: BlankStanding


class BlankLine(Shape):
    """A form as a list shows it."""

    id: UUID
    name: str
    version: int
    pointed_at: datetime | None


class BlankLines(Shape):
    """Forms, those known last first; `next` is that after which the next page begins."""

    rows: list[BlankLine]
    next: UUID | None


class TablePointed(Said):
    """What a row of a table is, and the field of each head; heads that are not named are not ours."""

    grain: OneOf[Grain]
    which: OneOf[Which] = Which.ALL
    columns: dict[str, str] = Field(max_length=256)


class BlankPointing(Said):
    """各表各列; as many tables as the form has, in their order."""

    tables: list[TablePointed] = Field(max_length=12)
    gaps: dict[str, str] = Field({}, max_length=60)


class BlankAsked(Said):
    """填报的范围、起始和截止时间."""

    region: str = Field("", max_length=40, description="地区代码；空为本单位所在地区")
    since: datetime | None = Field(None, description="起始时间；空为从头算起")
    at: datetime | None = Field(None, description="统计截止时间；空为现在")


class BlankFilling(Shape):
    """A filled form; `missing` counts by head the cells that are not known and are marked."""

    id: UUID
    blank_id: UUID
    version: int
    region: Named
    since: datetime | None
    at: datetime
    rows: int
    missing: dict[str, int]
    made_at: datetime


class BlankFillings(Shape):
    """Fillings, the newest first."""

    rows: list[BlankFilling]


class HandedBack(Shape):
    """How many cells are remembered."""

    cells: int


@reads(router, "/blanks", answer=BlankLines, summary="本地区记住的套表")
def blanks(request: Request, after: UUID | None = None) -> BlankLines:
    """最近的在前。"""
    found = blanks_for(request.viewer, after=after, limit=MOST_SHOWN + 1)
    rows = [BlankLine(id=one.id, name=one.name, version=one.version, pointed_at=one.pointed_at) for one in found[:MOST_SHOWN]]
    return BlankLines(rows=rows, next=rows[-1].id if len(found) > MOST_SHOWN else None)


@writes(router, "/blanks", answer=BlankKnown, summary="上传一张空表，认出各列", status=HTTPStatus.CREATED)
def send(request: Request, file: File[UploadedFile]) -> BlankKnown:
    """表头和以前的一样时是新的一版，各列照以前的。"""
    file.seek(0)
    done = send_blank(
        request.viewer, name=file.name or "", content=file.read(MOST_BYTES + 1), actor=actor_of(request), now=request.now
    )
    return BlankKnown(known=done.is_known, blank=_standing(request, blank_seen(request.viewer, done.blank_id)))


@reads(router, "/blanks/{blank_id}", answer=BlankStanding, summary="一张套表")
def one_blank(request: Request, blank_id: UUID) -> BlankStanding:
    """各表一行是什么、各列是哪个字段。"""
    return _standing(request, blank_seen(request.viewer, blank_id))


@writes(router, "/blanks/{blank_id}/pointing", answer=BlankStanding, summary="指定套表各列是什么")
def point(request: Request, blank_id: UUID, said: BlankPointing) -> BlankStanding:
    """本地区各单位以后都照此填。"""
    tables = tuple(TablePointing(one.grain, one.which, one.columns) for one in said.tables)
    point_blank(request.viewer, blank_id, Pointing(tables, said.gaps), actor=actor_of(request), now=request.now)
    return _standing(request, blank_seen(request.viewer, blank_id))


@writes(router, "/blanks/{blank_id}/fillings", answer=BlankFilling, summary="填一张套表", status=HTTPStatus.CREATED)
def fill(request: Request, blank_id: UUID, said: BlankAsked) -> BlankFilling:
    """文件从 /blank-fillings/{id}/file 取；同一截止时间的内容永远相同。"""
    region = directory().region_coded(said.region) if said.region else None
    if said.region and region is None:
        raise NotFound
    filling_id = fill_blank(
        request.viewer, blank_id, region_id=region.id if region else None, since=said.since, at=said.at,
        actor=actor_of(request), now=request.now,
    )
    return _filling(filling_seen(request.viewer, filling_id))


@reads(router, "/blanks/{blank_id}/fillings", answer=BlankFillings, summary="本单位填过的一张套表")
def fillings(request: Request, blank_id: UUID) -> BlankFillings:
    """最近的在前。"""
    blank = blank_seen(request.viewer, blank_id)
    return BlankFillings(rows=[_filling(one) for one in fillings_of(request.viewer, blank.id, MOST_SHOWN)])


@hands_over(router, "/blank-fillings/{filling_id}/file", types=(XLSX,), summary="填好的套表")
def filling_file(request: Request, filling_id: UUID) -> HttpResponse:
    """The filled form."""
    at = filling_seen(request.viewer, filling_id).at
    name, content = file_of(request.viewer, filling_id)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}-{day_of(at):%Y%m%d}.xlsx")
    return answer


@writes(router, "/blanks/{blank_id}/written", answer=HandedBack, summary="交回补填好的套表")
def hand_back_one(request: Request, blank_id: UUID, file: File[UploadedFile]) -> HandedBack:
    """只记下系统没有的那些格，本单位下次填时带出来。"""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    return HandedBack(cells=hand_back(request.viewer, blank_id, content=content, actor=actor_of(request), now=request.now))


@writes(router, "/blanks/{blank_id}/drop", answer=Empty, summary="停用一张套表", operation_id="blanks_drop")
def drop(request: Request, blank_id: UUID, said: Empty) -> Empty:
    """填过的还能下载。"""
    drop_blank(request.viewer, blank_id, actor=actor_of(request), now=request.now)
    return Empty()


def _standing(request: Request, one: BlankView) -> BlankStanding:
    form = form_of(request.viewer, one.version_id)
    return BlankStanding(
        id=one.id, name=one.name, version=one.version, unit=one.unit, sent_at=one.sent_at, pointed_at=one.pointed_at,
        pointed_by=one.pointed_by, said=list(one.said), gaps=dict(one.pointing.gaps),
        tables=[
            BlankTable(sheet=table.sheet, grain=labelled(asked.grain), which=labelled(asked.which), columns=dict(asked.columns))
            for table, asked in zip(form.tables, one.pointing.tables, strict=True)
        ],
    )


def _filling(one: FillingView) -> BlankFilling:
    region = directory().regions[one.region_id]
    return BlankFilling(
        id=one.id, blank_id=one.blank_id, version=one.version, region=Named(code=region.code, name=region.name), since=one.since,
        at=one.at, rows=one.rows, missing=dict(one.missing), made_at=one.made_at,
    )
