"""督查: plans and their approval, samples that anybody can draw again, what was found."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.findings import FindingInList, FindingTold, finding_listed, finding_told
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
    unit_id_coded,
)
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.inspections.actions.drawing import Drawing, draw
from zhitong.domain.inspections.actions.finding import Found, register_finding
from zhitong.domain.inspections.actions.planning import (
    Plan,
    approve_plan,
    change_plan,
    end_inspection,
    plan,
    refuse_plan,
    submit_plan,
)
from zhitong.domain.inspections.queries.inspections import (
    Filters,
    InspectionRow,
    inspection_seen,
    inspections_for,
    sample_names,
)
from zhitong.domain.inspections.queries.sight import officials_only
from zhitong.domain.inspections.rules.kinds import InspectionState, Population, Way
from zhitong.domain.inspections.rules.sampling import MOST_DRAWN
from zhitong.kit.refusals import NotFound

router = Router()


class InspectionInList(Shape):
    """An inspection as a list shows it."""

    id: UUID
    title: str
    way: Labelled
    state: Labelled
    by_unit: str
    objects: int
    since: date
    until: date
    found: int
    open: int


class InspectionsTold(Shape):
    """One page, the newest first."""

    rows: list[InspectionInList]
    next: str | None


class LookedAt(Shape):
    """A unit looked at, and how often it is this year."""

    code: str
    name: str
    times: int


class DrawnTold(Shape):
    """One that was drawn; `name` is a problem's number or the code of one of the served."""

    id: UUID
    position: int
    name: str
    about: str
    unit: str
    reported: str


class SampleTold(Shape):
    """What was drawn, and all that is needed to draw it again."""

    id: UUID
    population: Labelled
    since: date
    until: date
    seed: str
    of: int
    digest: str
    drawn_at: datetime
    drawn: list[DrawnTold]


class SampleNames(Shape):
    """Every name that a sample was drawn from."""

    names: list[str]


class InspectionTold(Shape):
    """An inspection opened, and what the caller may do now."""

    inspection: InspectionInList
    matters: str
    approver: str
    approved_at: datetime | None
    words: str
    partners: list[LookedAt]
    units: list[LookedAt]
    conclusion: str
    samples: list[SampleTold]
    findings: list[FindingInList]
    acts: list[Labelled]


class InspectionsWanted(Shape):
    """Which inspections."""

    state: OneOf[InspectionState] | None = Field(None, description="状态")
    way: OneOf[Way] | None = Field(None, description="方式")
    words: Words = Field("", description="在名称中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class PlanSaid(Said):
    """督查方案."""

    title: ShortText
    matters: LongNote
    way: OneOf[Way] = Field(Way.ON_SITE, description="方式")
    units: list[Code] = Field(min_length=1, max_length=200, description="被督查单位的代码")
    partners: list[Code] = Field(default_factory=list, max_length=50, description="联合单位的代码")
    approver: Code = Field(description="批准方案的督查室代码")
    since: date
    until: date


class WordsSaid(Said):
    """意见或理由."""

    words: Note = ""


class LongSaid(Said):
    """一段情况."""

    text: LongNote


class DrawingSaid(Said):
    """抽样."""

    population: OneOf[Population] = Field(Population.CLOSED, description="从什么中抽")
    since: date
    until: date
    size: int = Field(ge=1, le=MOST_DRAWN)


class FindingSaid(Said):
    """发现的问题."""

    unit: Code
    what: LongNote
    demand: LongNote
    workdays: int = Field(ge=1, le=60)
    drawn: UUID | None = None
    differs: bool = False
    files: list[UUID] = Field(default_factory=list, max_length=9)


@reads(router, "/inspections", answer=InspectionsTold, summary="督查")
def inspections(request: Request, wanted: Annotated[InspectionsWanted, Query()]) -> InspectionsTold:
    """What the caller may see, the newest first."""
    officials_only(request.viewer)
    key = opened("inspections", wanted.cursor)
    filters = Filters(state=wanted.state, way=wanted.way, words=wanted.words)
    rows = inspections_for(request.viewer, filters, after=UUID(str(key[0])) if key else None, limit=wanted.limit + 1)
    shown, more = rows[: wanted.limit], len(rows) > wanted.limit
    return InspectionsTold(rows=[_listed(one) for one in shown], next=sealed("inspections", (shown[-1].id,) if more else None))


@reads(router, "/inspections/{inspection_id}", answer=InspectionTold, summary="一次督查")
def inspection(request: Request, inspection_id: UUID) -> InspectionTold:
    """For who inspects, who approves, who is looked at once it is known, and the offices above."""
    return _told(request, inspection_id)


@reads(router, "/inspection-samples/{sample_id}", answer=SampleNames, summary="一次抽样的全部名单")
def sample(request: Request, sample_id: UUID) -> SampleNames:
    """To draw it again: the smallest SHA-256 of "seed:name" first."""
    officials_only(request.viewer)
    return SampleNames(names=sample_names(request.viewer, sample_id))


@writes(router, "/inspections", answer=InspectionTold, summary="起草督查方案", status=HTTPStatus.CREATED)
def draft(request: Request, said: PlanSaid) -> InspectionTold:
    """报批之前只有本单位和联合单位看得到."""
    return _told(request, plan(request.viewer, _plan(said), actor=actor_of(request), now=request.now))


@writes(router, "/inspections/{inspection_id}/change", answer=InspectionTold, summary="修改督查方案")
def change(request: Request, inspection_id: UUID, said: PlanSaid) -> InspectionTold:
    """批准之前可以修改."""
    change_plan(request.viewer, inspection_id, _plan(said), actor=actor_of(request), now=request.now)
    return _told(request, inspection_id)


@writes(router, "/inspections/{inspection_id}/submission", answer=InspectionTold, summary="报批督查方案")
def submission(request: Request, inspection_id: UUID, said: Empty) -> InspectionTold:
    """报督查室批准."""
    submit_plan(request.viewer, inspection_id, actor=actor_of(request), now=request.now)
    return _told(request, inspection_id)


@writes(router, "/inspections/{inspection_id}/approval", answer=InspectionTold, summary="批准督查方案")
def approval(request: Request, inspection_id: UUID, said: WordsSaid) -> InspectionTold:
    """批准后才能抽样、进点."""
    approve_plan(request.viewer, inspection_id, said.words, actor=actor_of(request), now=request.now)
    return _told(request, inspection_id)


@writes(router, "/inspections/{inspection_id}/refusal", answer=InspectionTold, summary="不批准督查方案")
def refusal(request: Request, inspection_id: UUID, said: WordsSaid) -> InspectionTold:
    """写明理由，可以修改后再报."""
    refuse_plan(request.viewer, inspection_id, said.words, actor=actor_of(request), now=request.now)
    return _told(request, inspection_id)


@writes(router, "/inspections/{inspection_id}/sample", answer=InspectionTold, summary="抽取样本")
def drawing(request: Request, inspection_id: UUID, said: DrawingSaid) -> InspectionTold:
    """种子和名单随即公布，抽过的不能重抽."""
    draw(request.viewer, inspection_id, Drawing(**said.model_dump()), actor=actor_of(request), now=request.now)
    return _told(request, inspection_id)


@writes(router, "/inspections/{inspection_id}/findings", answer=FindingTold, summary="登记发现的问题", status=HTTPStatus.CREATED)
def find(request: Request, inspection_id: UUID, said: FindingSaid) -> FindingTold:
    """转该单位限期整改."""
    found = Found(
        unit_id=unit_id_coded(said.unit, "unit"), what=said.what, demand=said.demand, workdays=said.workdays, drawn_id=said.drawn,
        differs=said.differs, file_ids=tuple(said.files),
    )
    made = register_finding(request.viewer, inspection_id, found, actor=actor_of(request), now=request.now)
    return finding_told(request, made)


@writes(router, "/inspections/{inspection_id}/ending", answer=InspectionTold, summary="结束督查")
def ending(request: Request, inspection_id: UUID, said: LongSaid) -> InspectionTold:
    """没有销号的继续整改."""
    end_inspection(request.viewer, inspection_id, said.text, actor=actor_of(request), now=request.now)
    return _told(request, inspection_id)


def campaign_code() -> str:
    """The campaign in force.

    Raises NotFound: there is none.
    """
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return campaign.code


def _plan(said: PlanSaid) -> Plan:
    return Plan(
        campaign=campaign_code(), title=said.title, matters=said.matters, way=said.way, since=said.since, until=said.until,
        objects_of=tuple(unit_id_coded(one, "units") for one in said.units),
        partners=tuple(unit_id_coded(one, "partners") for one in said.partners), approver_id=unit_id_coded(said.approver, "approver"),
    )


def _told(request: Request, inspection_id: UUID) -> InspectionTold:
    officials_only(request.viewer)
    found = inspection_seen(request.viewer, inspection_id, now=request.now)
    return InspectionTold(
        inspection=_listed(found.row), matters=found.matters, approver=found.approver, approved_at=found.approved_at, words=found.words,
        partners=[LookedAt(code=one.code, name=one.name, times=one.times) for one in found.partners],
        units=[LookedAt(code=one.code, name=one.name, times=one.times) for one in found.units], conclusion=found.conclusion,
        samples=[
            SampleTold(
                id=one.id, population=labelled(one.population), since=one.since, until=one.until, seed=one.seed, of=one.of,
                digest=one.digest, drawn_at=one.drawn_at, drawn=[
                    DrawnTold(
                        id=each.id, position=each.position, name=each.name, about=each.about, unit=each.unit, reported=each.reported
                    ) for each in one.drawn
                ],
            ) for one in found.samples
        ],
        findings=[finding_listed(one) for one in found.findings], acts=[labelled(one) for one in found.acts],
    )


def _listed(one: InspectionRow) -> InspectionInList:
    return InspectionInList(
        id=one.id, title=one.title, way=labelled(one.way), state=labelled(one.state), by_unit=one.by_unit, objects=one.objects,
        since=one.since, until=one.until, found=one.found, open=one.open,
    )
