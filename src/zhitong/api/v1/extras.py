"""民生微实事: proposals put forward, weighed, listed; the list of a region."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.milestones import MilestoneTold, told
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.words import (
    Code,
    Empty,
    Labelled,
    LongNote,
    Note,
    OneOf,
    Said,
    Shape,
    ShortText,
    Words,
    labelled,
    region_coded,
    unit_id_coded,
)
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.extras.actions.deciding import publish_list, put_on_the_list, weigh
from zhitong.domain.extras.actions.proposing import NewProposal, propose
from zhitong.domain.extras.queries.proposals import Filters, ProposalRow, proposal_seen, proposals_for
from zhitong.domain.extras.rules.kinds import ExtraKind, ProposalState, WishSource
from zhitong.domain.extras.rules.weighing import Points
from zhitong.domain.organisations.queries import directory
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

router = Router()


class ExtraInList(Shape):
    """A proposal as a list shows it."""

    id: UUID
    title: str
    kind: Labelled
    place: str
    region: str
    by_unit: str
    cost_cny: str = Field(description="元")
    beneficiaries: int
    by_when: date
    state: Labelled
    score: str
    lead: str
    share_done: str | None = Field(description="时间表完成的比例，0到1")
    published_on: date | None
    asked: int | None
    satisfied: int | None


class ExtrasTold(Shape):
    """One page, the highest score first."""

    rows: list[ExtraInList]
    next: str | None


class ScoreTold(Shape):
    """Points for one criterion."""

    code: str
    name: str
    points: str
    most: int
    weight: str
    words: str


class ExtraTold(Shape):
    """A proposal in full, and what the caller may do with it now."""

    extra: ExtraInList
    what: str
    reasons: str
    source: Labelled
    funding: str
    decision: str
    task: UUID | None
    done_on: date | None
    done_words: str
    rank: int
    ranked: int
    scores: list[ScoreTold]
    milestones: list[MilestoneTold]
    files: list[Attached]
    sent_up_from: UUID | None
    acts: list[Labelled]


class Published(Shape):
    """How many were published."""

    published: int


class ExtrasWanted(Shape):
    """Which proposals."""

    region: Code | None = Field(None, description="哪级清单：地区代码")
    kind: OneOf[ExtraKind] | None = Field(None, description="类别")
    state: OneOf[ProposalState] | None = Field(None, description="状态")
    words: Words = Field("", description="在项目和地点中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class ExtraProposing(Said):
    """申报."""

    kind: OneOf[ExtraKind] = Field(ExtraKind.MICRO_ITEM, description="类别")
    title: ShortText
    place: ShortText
    what: LongNote
    reasons: LongNote
    source: OneOf[WishSource] = Field(WishSource.RESIDENTS, description="建议来源")
    cost_cny: Decimal = Field(ge=0, max_digits=16, decimal_places=2, description="元")
    funding: Note
    beneficiaries: int = Field(ge=1)
    by_when: date


class PointsSaid(Said):
    """Points for one criterion."""

    criterion: Code
    points: Decimal = Field(ge=0, max_digits=6, decimal_places=2)
    words: Note


class Weighing(Said):
    """评议打分."""

    points: list[PointsSaid] = Field(max_length=40)


class StepSaid(Said):
    """A milestone."""

    name: ShortText
    due_on: date


class Listing(Said):
    """列入清单."""

    lead_unit: Code
    milestones: list[StepSaid] = Field(max_length=30)
    words: Note = ""


@reads(router, "/extras", answer=ExtrasTold, summary="民生微实事：申报和清单")
def extras(request: Request, wanted: Annotated[ExtrasWanted, Query()]) -> ExtrasTold:
    """What the caller may see, the highest score first."""
    filters = Filters(
        region_id=region_coded(wanted.region).id if wanted.region else None, kind=wanted.kind,
        states=(wanted.state,) if wanted.state else (), words=wanted.words,
    )
    key = opened("extras", wanted.cursor)
    after = (Decimal(str(key[0])), UUID(str(key[1]))) if key else None
    rows = proposals_for(request.viewer, filters, after=after, limit=wanted.limit + 1, today=day_of(request.now))
    more, shown = len(rows) > wanted.limit, rows[: wanted.limit]
    return ExtrasTold(
        rows=[listed(one) for one in shown], next=sealed("extras", (shown[-1].score, shown[-1].id) if more else None)
    )


@reads(router, "/extras/{extra_id}", answer=ExtraTold, summary="一项民生微实事")
def extra(request: Request, extra_id: UUID) -> ExtraTold:
    """For its proposer, its lead, its territory and those above; once published for all below."""
    return whole_told(request, extra_id)


@writes(router, "/extras", answer=ExtraTold, summary="申报", status=HTTPStatus.CREATED)
def put_forward(request: Request, said: ExtraProposing) -> ExtraTold:
    """乡镇、园区和部门申报，由本级活动办公室评议."""
    made = propose(
        request.viewer, NewProposal(campaign=_campaign(), **said.model_dump()), actor=actor_of(request), now=request.now
    )
    return whole_told(request, made)


@writes(router, "/extras-published", answer=Published, summary="公布本地区清单")
def publish(request: Request, said: Empty) -> Published:
    """公布后下级都能看到."""
    viewer = request.viewer
    count = publish_list(viewer, _campaign(), viewer.region_id, actor=actor_of(request), now=request.now)
    return Published(published=count)


@writes(router, "/extras/{extra_id}/weighing", answer=ExtraTold, summary="评议打分")
def give_points(request: Request, extra_id: UUID, said: Weighing) -> ExtraTold:
    """每项标准都要有分和理由."""
    points = [Points(one.criterion, one.points, one.words) for one in said.points]
    weigh(request.viewer, extra_id, points, actor=actor_of(request), now=request.now)
    return whole_told(request, extra_id)


@writes(router, "/extras/{extra_id}/listing", answer=ExtraTold, summary="列入清单：定牵头单位和时间表")
def put_on(request: Request, extra_id: UUID, said: Listing) -> ExtraTold:
    """成为牵头单位的任务."""
    put_on_the_list(
        request.viewer, extra_id, lead_unit_id=unit_id_coded(said.lead_unit, "lead_unit"), words=said.words,
        steps=[(one.name, one.due_on) for one in said.milestones], actor=actor_of(request), now=request.now,
    )
    return whole_told(request, extra_id)


def _campaign() -> str:
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return campaign.code


def whole_told(request: Request, extra_id: UUID) -> ExtraTold:
    found, here = proposal_seen(request.viewer, extra_id, now=request.now), directory()
    return ExtraTold(
        extra=listed(found.row), what=found.what, reasons=found.reasons, source=labelled(found.source), funding=found.funding,
        decision=found.decision, task=found.task_id, done_on=found.done_on, done_words=found.done_words, rank=found.rank,
        ranked=found.ranked, milestones=[told(one, here) for one in found.steps], sent_up_from=found.sent_up_from,
        files=[attached(one) for one in found.files], acts=[labelled(one) for one in sorted(found.acts, key=str)],
        scores=[
            ScoreTold(
                code=one.code, name=one.name, points=str(one.points), most=one.most, weight=str(one.weight), words=one.words
            ) for one in found.scores
        ],
    )


def listed(one: ProposalRow) -> ExtraInList:
    """A proposal as lists tell it."""
    return ExtraInList(
        id=one.id, title=one.title, kind=labelled(one.kind), place=one.place, region=one.region, by_unit=one.by_unit,
        cost_cny=str(one.cost_cny), beneficiaries=one.beneficiaries, by_when=one.by_when, state=labelled(one.state),
        score=str(one.score), lead=one.lead, share_done=None if one.share_done is None else str(round(one.share_done, 4)),
        published_on=one.published_on, asked=one.asked, satisfied=one.satisfied,
    )
