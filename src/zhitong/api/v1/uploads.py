"""Tables that come in: staged and judged, mapped, committed whole or not at all, taken back."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from zhitong.api.door import Request, actor_of, hands_over, reads, writes
from zhitong.api.words import Empty, Labelled, OneOf, Said, Shape, labelled
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.exchange.actions.committing import commit, undo
from zhitong.domain.exchange.actions.staging import Sent, drop, map_columns, stage
from zhitong.domain.exchange.queries.templates import template_of
from zhitong.domain.exchange.queries.uploads import UploadView, rows_of, upload_seen, uploads_of
from zhitong.domain.exchange.rules.kinds import LedgerState, UploadKind, Verdict
from zhitong.kit.refusals import NotFound
from zhitong.kit.sheets.limits import MOST_BYTES

router = Router()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200


class UploadStanding(Shape):
    """An upload; `counts` by verdict, `said` what was seen while it was read, `mapping` what each head means."""

    id: UUID
    kind: Labelled
    name: str
    sheet: str
    state: Labelled
    counts: dict[str, int]
    said: list[str]
    refusal: str
    mapping: dict[str, str]
    done: int
    staged_at: datetime
    settled_at: datetime | None


class Standings(Shape):
    """Uploads, newest first; `next` is that after which the next page begins."""

    rows: list[UploadStanding]
    next: UUID | None


class RowStands(Shape):
    """A row: its cells under the heads in their order, what it is, and what is wrong by column."""

    line: int
    verdict: Labelled
    cells: list[str]
    faults: dict[str, str]
    note: str


class RowsStand(Shape):
    """Rows by line; `next` is the line after which the next page begins."""

    rows: list[RowStands]
    next: int | None


class TableSending(Said):
    """上传."""

    kind: OneOf[UploadKind]
    sheet: str = Field("", max_length=120, description="工作表名称；空为第一张没有隐藏的")
    round: str = Field("", max_length=40, description="填报期；kind 为 cards 时必填")
    confirmed: bool = Field(False, description="kind 为 cards 时：存疑的数据已经核对")
    told: str = Field("", max_length=24, description="kind 为 ledger 时：问题来自 call、wechat、walk_in、visit")


class Mapping(Said):
    """列和状态的对应; a head or state that is not named is not read."""

    columns: dict[str, str] = Field(max_length=256)
    states: dict[str, OneOf[LedgerState]] = Field({}, max_length=60)


class UploadsWanted(Shape):
    """Which rows."""

    verdict: OneOf[Verdict] | None = None
    after: int = Field(0, ge=0)


class TableTaken(Shape):
    """What became of a table; `ordered` when the worker will do it."""

    new: int
    changed: int
    unchanged: int
    ordered: bool


class TakenBack(Shape):
    """How many rows were taken back."""

    rows: int


@reads(router, "/uploads", answer=Standings, summary="本单位导入的表格")
def uploads(request: Request, after: UUID | None = None) -> Standings:
    """最近的在前。"""
    found = uploads_of(request.viewer, after=after, limit=MOST_SHOWN + 1)
    rows = [_standing(one) for one in found[:MOST_SHOWN]]
    return Standings(rows=rows, next=rows[-1].id if len(found) > MOST_SHOWN else None)


@writes(router, "/uploads", answer=UploadStanding, summary="上传表格，检查但不导入", status=HTTPStatus.CREATED)
def send(request: Request, file: File[UploadedFile], said: Form[TableSending]) -> UploadStanding:
    """按内容识别格式；逐行逐格给出检查结果。"""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    chosen = {"round": said.round, "confirmed": said.confirmed, "told": said.told}
    file.seek(0)
    upload_id = stage(request.viewer, Sent(
        kind=said.kind, name=file.name or "", content=file.read(MOST_BYTES + 1), campaign=campaign.code, sheet=said.sheet or None,
        options={name: value for name, value in chosen.items() if value},
    ), now=request.now)
    return _standing(upload_seen(request.viewer, upload_id))


@hands_over(router, "/upload-templates/{kind}", types=(XLSX,), summary="一类表格的空表；cards 为一个填报期的卡片，带应报的户")
def upload_template(request: Request, kind: OneOf[UploadKind], round_id: UUID | None = None) -> HttpResponse:
    """The table to fill in and send to /uploads."""
    title, file = template_of(request.viewer, kind, round_id)
    with file:
        answer = HttpResponse(file.read(), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{title}.xlsx")
    return answer


@reads(router, "/uploads/{upload_id}", answer=UploadStanding, summary="一份导入的表格")
def one_upload(request: Request, upload_id: UUID) -> UploadStanding:
    """后台导入时 done 为已办的行数。"""
    return _standing(upload_seen(request.viewer, upload_id))


@reads(router, "/uploads/{upload_id}/rows", answer=RowsStand, summary="表格的行和检查结果")
def rows(request: Request, upload_id: UUID, wanted: Annotated[UploadsWanted, Query()]) -> RowsStand:
    """原样保留，可按检查结果筛选。"""
    verdicts = (wanted.verdict,) if wanted.verdict else ()
    found = rows_of(request.viewer, upload_id, verdicts, after=wanted.after or None, limit=MOST_SHOWN + 1)
    told = [
        RowStands(line=one.line, verdict=labelled(one.verdict), cells=list(one.cells), faults=dict(one.faults), note=one.note)
        for one in found[:MOST_SHOWN]
    ]
    return RowsStand(rows=told, next=told[-1].line if len(found) > MOST_SHOWN else None)


@writes(router, "/uploads/{upload_id}/mapping", answer=UploadStanding, summary="指定每一列、每个状态是什么")
def say_mapping(request: Request, upload_id: UUID, said: Mapping) -> UploadStanding:
    """重新检查全部行，并记住。"""
    states = {word: meaning.value for word, meaning in said.states.items()}
    map_columns(request.viewer, upload_id, said.columns, now=request.now, states=states or None)
    return _standing(upload_seen(request.viewer, upload_id))


@writes(router, "/uploads/{upload_id}/commit", answer=TableTaken, summary="导入")
def commit_one(request: Request, upload_id: UUID, said: Empty) -> TableTaken:
    """一次全部导入，或者都不导入。"""
    done = commit(request.viewer, upload_id, actor=actor_of(request), now=request.now)
    return TableTaken(new=done.new, changed=done.changed, unchanged=done.unchanged, ordered=done.ordered)


@writes(router, "/uploads/{upload_id}/undo", answer=TakenBack, summary="撤销导入")
def undo_one(request: Request, upload_id: UUID, said: Empty) -> TakenBack:
    """导入后有人动过的会逐行列出，不能撤销。"""
    return TakenBack(rows=undo(request.viewer, upload_id, actor=actor_of(request), now=request.now))


@writes(router, "/uploads/{upload_id}/drop", answer=UploadStanding, summary="放弃一份待导入的表格")
def drop_one(request: Request, upload_id: UUID, said: Empty) -> UploadStanding:
    """其中的行随之删除。"""
    drop(request.viewer, upload_id, now=request.now)
    return _standing(upload_seen(request.viewer, upload_id))


def _standing(one: UploadView) -> UploadStanding:
    return UploadStanding(
        id=one.id, kind=labelled(one.kind), name=one.name, sheet=one.sheet, state=labelled(one.state),
        counts={verdict.value: count for verdict, count in one.counts.items()}, said=list(one.said), refusal=one.refusal,
        mapping=dict(one.mapping), done=one.done, staged_at=one.staged_at, settled_at=one.settled_at,
    )
