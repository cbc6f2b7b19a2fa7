"""Figures of other systems: registering a source, sending figures with their origin, time and quality (R-J1)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Code, Name, Note, OneOf, Said, Shape
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.progress.actions.fetching import SentFigure, register_source, take_source_figures
from zhitong.domain.progress.queries.sources import sources_known
from zhitong.domain.progress.rules import Quality
from zhitong.domain.progress.rules.source_sheets import HEADS, SourceRow, figures_in
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.sheets.limits import UnreadableTable
from zhitong.kit.sheets.table import table_in

router = Router()
MOST = 5000
MOST_BYTES = 2 * 1024 * 1024


class SourceStanding(Shape):
    """A source, who answers for it, and what it has sent."""

    id: UUID
    code: str
    name: str
    unit: str
    note: str
    figures: int
    last_at: datetime | None


class Sources(Shape):
    """Every source, by name."""

    rows: list[SourceStanding]


class SourceWanted(Said):
    """A system whose figures will come in; the caller's unit answers for it."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9_-]{2,40}$")]
    name: Name
    note: Note = ""


class SourceKept(Shape):
    """A source that was registered."""

    id: UUID


class FigureSent(Said):
    """A figure as a source says it, in base units: what it stood at on `as_of`."""

    indicator: Code
    region: Code
    period: Annotated[str, Field(max_length=12)]
    value: Annotated[Decimal, Field(max_digits=24, decimal_places=6)]
    as_of: AwareDatetime
    quality: OneOf[Quality] = Quality.FINAL
    note: Note = ""


class FiguresSent(Said):
    """A sending: all of it is taken, or none."""

    source: Code
    campaign: Code | None = Field(None, description="活动代码；不填为现行活动")
    figures: list[FigureSent] = Field(min_length=1, max_length=MOST)


class TableSent(Said):
    """Whose table it is; its heads are 指标编号、地区代码、统计期、数、数据时点、质量、说明."""

    source: Code
    campaign: Code | None = Field(None, description="活动代码；不填为现行活动")


class FiguresTaken(Shape):
    """New stands, older ones that were only kept, what was known, and places in reports that were filled."""

    newest: int
    older: int
    known: int
    filled: int


@reads(router, "/sources", answer=Sources, summary="源系统")
def sources(request: Request) -> Sources:
    """The sources."""
    return Sources(rows=[
        SourceStanding(
            id=one.id, code=one.code, name=one.name, unit=one.unit, note=one.note, figures=one.figures, last_at=one.last_at,
        )
        for one in sources_known(request.viewer)
    ])


@writes(router, "/sources", answer=SourceKept, summary="登记源系统，由本单位负责", status=HTTPStatus.CREATED)
def register(request: Request, said: SourceWanted) -> SourceKept:
    """Register a source."""
    return SourceKept(id=register_source(
        code=said.code, name=said.name, note=said.note, unit_id=request.viewer.unit_id, actor=actor_of(request), now=request.now,
    ))


@writes(router, "/source_figures", answer=FiguresTaken, summary="源系统送数：旧时点的只留存，同样的再送不变")
def send(request: Request, said: FiguresSent) -> FiguresTaken:
    """Take the figures of a source."""
    campaign = said.campaign or _campaign()
    found = take_source_figures(said.source, campaign, [
        SentFigure(one.indicator, one.region, one.period, one.value, one.as_of, one.quality, one.note) for one in said.figures
    ], actor=actor_of(request), now=request.now)
    return FiguresTaken(newest=found.newest, older=found.older, known=found.known, filled=found.filled)


@writes(router, "/source_figures/table", answer=FiguresTaken, summary="源系统按表送数：Excel或CSV，一行一个数；有一行不对都不收")
def send_table(request: Request, file: File[UploadedFile], said: Form[TableSent]) -> FiguresTaken:
    """Take the figures of a source from a table."""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    try:
        if len(content) > MOST_BYTES:
            raise UnreadableTable("文件超过2MB，请分几次传。")
        table = table_in(content, words=HEADS)
        names = list(table.heads)
        figures, troubles = figures_in(SourceRow(line.number, dict(zip(names, line.cells, strict=False))) for line in table.lines)
    except UnreadableTable as why:
        raise BadInput(str(why), {"file": str(why)}) from why
    if troubles:
        raise BadInput(troubles[0], {f"rows.{place}": sentence for place, sentence in enumerate(troubles)})
    found = take_source_figures(
        said.source, said.campaign or _campaign(), figures, actor=actor_of(request), now=request.now
    )
    return FiguresTaken(newest=found.newest, older=found.older, known=found.known, filled=found.filled)


def _campaign() -> str:
    found = campaign_in_force()
    if found is None:
        raise NotFound
    return found.code
