"""Problems: lists through a lens, and reporting one's own matter."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import AwareDatetime, Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.acts import Moved, moved
from zhitong.api.words import (
    Code,
    Labelled,
    LongText,
    OneOf,
    Said,
    Shape,
    Words,
    labelled,
    line_id_coded,
    maybe_labelled,
    region_coded,
)
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.files.rules.kinds import MOST_FILES
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.actions.submitting import OwnReport, report_problems
from zhitong.domain.problems.queries.lists import Filters, Order, ProblemRow, problems_for
from zhitong.domain.problems.rules.kinds import UNDECIDED, Nature, Rating, Source, State, Urgency
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.moments import Moments
from zhitong.domain.subjects.queries.one import own_subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.refusals import NotFound

router = Router()


class ProblemInList(Shape):
    """A problem as a list shows it."""

    number: str
    subject: str
    kind: str
    category: Labelled
    region: str
    state: Labelled
    urgency: Labelled
    outcome: Labelled | None
    unit: str
    level: str
    stage: Labelled | None
    stage_due_at: datetime | None
    light: Labelled
    submitted_at: datetime
    first_due_at: datetime | None
    last_at: datetime
    excerpt: str
    confidential: bool
    climbs: int
    rejections: int


class Problems(Shape):
    """One page of a list; `next` is the cursor of the page after it."""

    lens: Labelled
    rows: list[ProblemInList]
    next: str | None


class Asked(Shape):
    """Which problems: a lens, filters, an order, a page."""

    lens: OneOf[Lens] | None = Field(None, description="视角；不填为该岗位最常用的一个")
    state: list[OneOf[State]] = Field([], description="状态，可多选")
    kind: list[OneOf[SubjectKind]] = Field([], description="服务对象类别，可多选")
    category: list[Code] = Field([], max_length=50, description="问题类别代码，可多选")
    tier: list[Code] = Field([], max_length=10, description="帮扶层级，可多选")
    region: Code | None = Field(None, description="地区代码，须在本辖区内")
    line: Code | None = Field(None, description="条线代码")
    subject: UUID | None = Field(None, description="服务对象")
    light: OneOf[Light] | None = Field(None, description="时限状态")
    source: list[OneOf[Source]] = Field([], description="来源，可多选")
    nature: list[OneOf[Nature]] = Field([], description="性质，可多选")
    rating: list[OneOf[Rating]] = Field([], description="企业评价，可多选")
    recorded: bool | None = Field(None, description="是否补录")
    pending: bool | None = Field(None, description="是否有申请待审批")
    reported_after: AwareDatetime | None = Field(None, description="这一时刻以后提交的")
    reported_until: AwareDatetime | None = Field(None, description="这一时刻（含）以前提交的")
    closed_after: AwareDatetime | None = Field(None, description="这一时刻以后销号的")
    closed_until: AwareDatetime | None = Field(None, description="这一时刻（含）以前销号的")
    as_of: AwareDatetime | None = Field(None, description="状态、类别、条线、时限按这一时刻的情况筛选，列出的是现在的情况")
    words: Words = Field("", description="在编号、对象名称和内容中查找")
    order: OneOf[Order] = Field(Order.NEWEST, description="排序")
    cursor: CursorText = ""
    limit: Limit = 50


class Reporting(Said):
    """A matter that one of the served reports by itself."""

    category: Code = Field(UNDECIDED, description="问题类别代码，见 GET /categories；不填为类别待定，由工作人员判断")
    text: LongText = Field(description="什么事、卡在哪里、希望怎么解决；不得填写国家秘密")
    nature: OneOf[Nature] = Nature.REQUEST
    urgency: OneOf[Urgency] = Urgency.ORDINARY
    known_to_head: bool = Field(False, description="单位负责人已知晓")
    confidential: bool = Field(False, description="企业要求保密")
    files: list[UUID] = Field([], max_length=MOST_FILES, description="附件：POST /files 返回的 id，24小时内有效")
    unnamed: bool = Field(False, description="隐名办理：除属地活动办公室外只显示“隐名企业”")


@reads(router, "/problems", answer=Problems, summary="问题列表：按视角、条件和排序分页")
def list_problems(request: Request, asked: Annotated[Asked, Query()]) -> Problems:
    """One page of problems."""
    viewer, here = request.viewer, directory()
    lens = asked.lens or lenses_of(viewer)[0]
    filters = Filters(
        states=tuple(asked.state), kinds=tuple(kind.value for kind in asked.kind), categories=tuple(asked.category),
        tiers=tuple(asked.tier), region_id=region_coded(asked.region, here).id if asked.region else None,
        line_id=line_id_coded(asked.line, here) if asked.line else None, subject_id=asked.subject, light=asked.light,
        sources=tuple(asked.source), natures=tuple(asked.nature), ratings=tuple(asked.rating), recorded=asked.recorded,
        pending=asked.pending, words=asked.words,
        moments=Moments(asked.reported_after, asked.reported_until, asked.closed_after, asked.closed_until, asked.as_of),
    )
    listing = f"problems.{lens}.{asked.order}"
    key = opened(listing, asked.cursor)
    after = (str(key[0]), str(key[1])) if key else None
    page = problems_for(viewer, lens, filters, now=request.now, order=asked.order, after=after, limit=asked.limit)
    return Problems(
        lens=labelled(lens), rows=[problem_in_list(row) for row in page.rows], next=sealed(listing, page.next_key)
    )


@writes(router, "/problems", answer=Moved, summary="我要反映问题", status=HTTPStatus.CREATED)
def report(request: Request, said: Reporting) -> Moved:
    """Report a matter of one's own; where a rule knows the way it is dispatched at once."""
    scope.require(request.viewer, Permission.REPORT)
    subject, campaign = own_subject(request.viewer), campaign_in_force()
    if subject is None or campaign is None:
        raise NotFound
    own = OwnReport(
        campaign=campaign.code, subject_id=subject.id, category=said.category, text=said.text, nature=said.nature,
        urgency=said.urgency, known_to_head=said.known_to_head, confidential=said.confidential, unnamed=said.unnamed,
        source=Source.API, file_ids=tuple(said.files), actor=actor_of(request), now=request.now,
    )
    return moved(report_problems([own])[0])


def problem_in_list(row: ProblemRow) -> ProblemInList:
    """A row as the API tells it."""
    return ProblemInList(
        number=row.number, subject=row.subject_name, kind=row.kind,
        category=Labelled(code=row.category, label=row.category_label), region=row.region, state=labelled(row.state),
        urgency=labelled(row.urgency), outcome=maybe_labelled(row.outcome), unit=row.unit, level=row.level,
        stage=maybe_labelled(row.stage), stage_due_at=row.stage_due_at, light=labelled(row.light),
        submitted_at=row.submitted_at, first_due_at=row.first_due_at, last_at=row.last_at, excerpt=row.excerpt,
        confidential=row.confidential, climbs=row.climbs, rejections=row.rejections,
    )
