"""What hurts: hot spots against expectation, rising themes, common problems, and the problems behind a figure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.timing import period_asked
from zhitong.api.words import Code, Labelled, Named, OneOf, Said, Shape, Words, labelled, named, region_coded
from zhitong.domain.analysis.queries.hurting import naming
from zhitong.domain.analysis.queries.hurting.coming import Narrowed
from zhitong.domain.analysis.queries.hurting.hurting import CommonView, Hurting, SpotView, ThemeView, hurting
from zhitong.domain.analysis.queries.hurting.rows import Asked, Came, came_for
from zhitong.domain.subjects.rules.kinds import SubjectKind

router = Router()
LISTING = "hurting.newest"


class NamedTask(Shape):
    """A task of a plan that names the thing."""

    campaign: str
    number: str
    title: str


class NamedPaper(Shape):
    """A paper that names the thing, and the task of its reading that does."""

    id: UUID
    title: str
    task: str


class HotSpotTold(Shape):
    """An industry in a region with more problems of a category than were to be expected; `z` is the deviate."""

    region: Named
    industry: str
    kind: str
    category: Labelled
    came: int
    firms: int
    registered: int
    expected: float
    basis: Labelled
    z: float
    last: int
    tasks: list[NamedTask]
    papers: list[NamedPaper]


class ExampleTold(Shape):
    """One of the texts that say a word."""

    number: str
    subject: str
    region: str
    excerpt: str


class ThemeTold(Shape):
    """A word that more firms use than before."""

    word: str
    came: int
    firms: int
    last: int
    expected: float
    z: float
    examples: list[ExampleTold]
    tasks: list[NamedTask]
    papers: list[NamedPaper]


class CommonTold(Shape):
    """A common problem that is not over, with how many firms wait."""

    number: str
    title: str
    category: Labelled
    state: Labelled
    lead: str
    region: str
    members: int
    waiting: int
    tasks: list[NamedTask]
    papers: list[NamedPaper]


class WhatHurts(Shape):
    """What hurts in a region in a period; `texts_read` are the texts that themes were found in, all unless `texts_cut`."""

    region: Named
    lens: Labelled
    period: str
    since: datetime
    until: datetime
    against_since: datetime
    against_until: datetime
    came: int
    last: int
    spots: list[HotSpotTold]
    themes: list[ThemeTold]
    texts_read: int
    texts_cut: bool
    commons: list[CommonTold]


class CameTold(Shape):
    """A problem that came."""

    number: str
    subject: str
    industry: str
    category: str
    region: str
    state: Labelled
    submitted_at: datetime
    excerpt: str


class CamePage(Shape):
    """One page of problems; `next` is the cursor of the page after it."""

    rows: list[CameTold]
    next: str | None


class AskedOfHurting(Said):
    """Which region and period, and what it is narrowed to."""

    region: Code | None = Field(None, description="地区代码，须在本辖区内；不填为本辖区")
    period: Annotated[str, Field(max_length=10)] = Field("", description="统计期：2018-09、2018Q3、2018；不填为本月")
    kind: OneOf[SubjectKind] | None = Field(None, description="服务对象类别")
    category: Code | None = Field(None, description="问题类别代码")


class AskedOfCame(AskedOfHurting):
    """Which problems behind a figure."""

    industry: Words = Field("", description="行业名称，同热点里的写法")
    word: Words = Field("", description="文字里有的词")
    cursor: CursorText = ""
    limit: Limit = 50


@reads(router, "/analysis/hurting", answer=WhatHurts, summary="问题热点：高于预期的行业、地区、类别，上升的主题，共性问题")
def hurting_in_region(request: Request, asked: Annotated[AskedOfHurting, Query()]) -> WhatHurts:
    """What hurts."""
    region_id = region_coded(asked.region).id if asked.region else request.viewer.region_id
    period = period_asked(asked.period, request.now)
    return _told(hurting(request.viewer, region_id, period, request.now, narrowed=_narrowed(asked)))


@reads(router, "/analysis/hurting/problems", answer=CamePage, summary="问题热点的明细：统计期内收到的问题")
def came_behind(request: Request, asked: Annotated[AskedOfCame, Query()]) -> CamePage:
    """The problems behind a figure."""
    region_id = region_coded(asked.region).id if asked.region else request.viewer.region_id
    found = Asked(
        region_id, period_asked(asked.period, request.now), _narrowed(asked, asked.industry), asked.word
    )
    rows = came_for(
        request.viewer, found, request.now, after=opened(LISTING, asked.cursor), limit=asked.limit + 1
    )
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    return CamePage(
        rows=[_came(row) for row in rows], next=sealed(LISTING, (rows[-1].submitted_at, rows[-1].id) if more else None)
    )


def _narrowed(asked: AskedOfHurting, industry: str = "") -> Narrowed:
    return Narrowed(str(asked.kind.value) if asked.kind else "", asked.category or "", industry)


def _told(one: Hurting) -> WhatHurts:
    return WhatHurts(
        region=named(one.seen.region), lens=labelled(one.seen.lens), period=one.span.period.code, since=one.span.since,
        until=one.span.until, against_since=one.span.since_before, against_until=one.span.until_before, came=one.came,
        last=one.last, spots=[_spot(part) for part in one.spots], themes=[_theme(part) for part in one.themes],
        texts_read=one.texts, texts_cut=one.is_cut, commons=[_common(part) for part in one.commons],
    )


def _spot(one: SpotView) -> HotSpotTold:
    cell, spot = one.spot.cell, one.spot
    return HotSpotTold(
        region=named(one.region), industry=cell.industry, kind=cell.kind,
        category=Labelled(code=cell.category, label=one.category_label), came=cell.came, firms=cell.firms,
        registered=spot.registered, expected=round(spot.expected, 2), basis=labelled(spot.basis), z=round(spot.z, 2),
        last=cell.last, tasks=_tasks(one.named), papers=_papers(one.named),
    )


def _theme(one: ThemeView) -> ThemeTold:
    theme = one.theme
    return ThemeTold(
        word=theme.word, came=theme.came, firms=theme.firms, last=theme.last, expected=round(theme.expected, 2),
        z=round(theme.z, 2), tasks=_tasks(one.named), papers=_papers(one.named),
        examples=[
            ExampleTold(number=part.number, subject=part.subject_name, region=part.region, excerpt=part.excerpt)
            for part in one.examples
        ],
    )


def _common(one: CommonView) -> CommonTold:
    row = one.row
    return CommonTold(
        number=row.number, title=row.title, category=Labelled(code=row.category, label=row.category_label),
        state=labelled(row.state), lead=row.lead, region=row.region, members=row.members, waiting=row.waiting,
        tasks=_tasks(one.named), papers=_papers(one.named),
    )


def _tasks(where: naming.Named) -> list[NamedTask]:
    return [NamedTask(campaign=one.campaign, number=one.number, title=one.title) for one in where.tasks]


def _papers(where: naming.Named) -> list[NamedPaper]:
    return [NamedPaper(id=one.paper_id, title=one.title, task=one.task) for one in where.papers]


def _came(one: Came) -> CameTold:
    return CameTold(
        number=one.number, subject=one.subject_name, industry=one.industry, category=one.category_label, region=one.region,
        state=labelled(one.state), submitted_at=one.submitted_at, excerpt=one.excerpt,
    )
