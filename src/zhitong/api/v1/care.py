"""分包帮扶: how far everybody has an owner, who has none, what each official carries, proposals, and saying who it is."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import (
    Code,
    Labelled,
    Name,
    Note,
    OneOf,
    Said,
    Shape,
    Words,
    labelled,
    region_coded,
    unit_id_coded,
)
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.subjects.actions.caring import NewCare, arrange_care, hand_over_care
from zhitong.domain.subjects.queries.caring import CareView
from zhitong.domain.subjects.queries.coverage import (
    Covered,
    GapFilters,
    coverage_at,
    coverage_by_kind,
    gaps_for,
    load_at,
)
from zhitong.domain.subjects.queries.one import subject_seen
from zhitong.domain.subjects.queries.proposing import suggestions_for
from zhitong.domain.subjects.rules.caring import Coverage
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.refusals import NotFound

router = Router()
MOST_CARES = 1000


class CoveredTold(Shape):
    """How many are looked after and how many are not."""

    region: str
    kind: Labelled | None = None
    tier: Labelled | None = None
    covered: int
    no_force: int
    nobody: int


class CoverageTold(Shape):
    """A region, those directly below it, and each kind on each level."""

    regions: list[CoveredTold]
    kinds: list[CoveredTold]


class RegionWanted(Shape):
    """Which region."""

    region: Code | None = Field(None, description="地区代码，须在本辖区内；不填为本地区")


class GapTold(Shape):
    """One without an owner."""

    id: UUID
    name: str
    kind: Labelled
    region: str
    tier: Labelled
    lacking: Labelled


class GapsTold(Shape):
    """One page of those without an owner."""

    rows: list[GapTold]
    next: str | None


class GapsWanted(RegionWanted):
    """Which of them."""

    kind: OneOf[SubjectKind] | None = Field(None, description="类别")
    tier: OneOf[Rank] | None = Field(None, description="层级")
    lacking: OneOf[Coverage] | None = Field(None, description="缺什么")
    words: Words = Field("", description="在名称和代码中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class LoadTold(Shape):
    """What an official carries; `beyond` is how far over (or under) the mean."""

    unit: str
    official: str
    subjects: int
    beyond: float


class LoadsTold(Shape):
    """The officials of a level, the most burdened first."""

    rows: list[LoadTold]


class SuggestionTold(Shape):
    """Who might look after one, and why; no unit where nobody fits."""

    subject: UUID
    name: str
    tier: Labelled
    unit: str
    lead_official: str
    person_in_charge: str
    task_force: str
    reason: str


class SuggestionsTold(Shape):
    """Proposals; nothing is kept by asking."""

    rows: list[SuggestionTold]


class CareTold(Shape):
    """Who looks after a subject at a level."""

    tier: Labelled
    unit: str
    lead_official: str
    person_in_charge: str
    person_phone: str
    liaison: str
    liaison_phone: str
    task_force: str
    since: date


class CaresTold(Shape):
    """The care of a subject at every level."""

    rows: list[CareTold]


class CareSaid(Said):
    """Who is to look after a subject at a level."""

    subject: UUID
    tier: OneOf[Rank] = Field(description="层级")
    unit: Code = Field(description="帮包单位代码")
    lead_official: Name
    person_in_charge: Name
    person_phone: Note = ""
    liaison: Note = ""
    liaison_phone: Note = ""
    task_force: Code | None = Field(None, description="工作专班单位代码；平台和民心工程都要有")
    reason: Note = Field("", description="变更的理由；这一级已有分包的必填")


class Caring(Said):
    """落实分包."""

    cares: list[CareSaid] = Field(min_length=1, max_length=MOST_CARES)


class Kept(Shape):
    """How many were kept."""

    kept: int


class HandingOverCare(Said):
    """交接分包."""

    unit: Code
    official: Name = Field(description="离任的分包领导")
    successor: Name = Field(description="接任的分包领导")
    reason: Note


@reads(router, "/care/coverage", answer=CoverageTold, summary="分包落实情况：按地区，按类别和层级")
def coverage(request: Request, wanted: Annotated[RegionWanted, Query()]) -> CoverageTold:
    """Counts kept by the acts themselves."""
    here, region_id = directory(), _region(request, wanted.region)
    ids = [region_id, *(one.id for one in here.children(region_id))]
    found = coverage_at(request.viewer, ids)
    name = here.regions[region_id].name
    return CoverageTold(
        regions=[_covered(here.regions[one].name, covered) for one, covered in found.items()],
        kinds=[
            _covered(name, covered, kind, tier)
            for (kind, tier), covered in coverage_by_kind(request.viewer, region_id).items()
        ],
    )


@reads(router, "/care/gaps", answer=GapsTold, summary="没有落实分包的，逐户列出")
def gaps(request: Request, wanted: Annotated[GapsWanted, Query()]) -> GapsTold:
    """One page, in the order of registration."""
    key = opened("care.gaps", wanted.cursor)
    filters = GapFilters(
        kind=wanted.kind, tier=wanted.tier, lacking=wanted.lacking, words=wanted.words,
        region_id=region_coded(wanted.region).id if wanted.region else None,
    )
    rows = gaps_for(request.viewer, filters, after=UUID(str(key[0])) if key else None, limit=wanted.limit + 1)
    more, shown = len(rows) > wanted.limit, rows[: wanted.limit]
    return GapsTold(rows=[
        GapTold(
            id=one.id, name=one.name, kind=labelled(one.kind), region=one.region, tier=labelled(one.tier),
            lacking=labelled(one.lacking),
        ) for one in shown
    ], next=sealed("care.gaps", (shown[-1].id,) if more else None))


@reads(router, "/care/load", answer=LoadsTold, summary="一级的分包领导各分包多少户")
def load(request: Request, wanted: Annotated[RegionWanted, Query()]) -> LoadsTold:
    """The officials of a region's own level."""
    require(request.viewer, Permission.OVERSEE)
    return LoadsTold(rows=[
        LoadTold(unit=one.unit, official=one.official, subjects=one.subjects, beyond=one.beyond)
        for one in load_at(request.viewer, _region(request, wanted.region))
    ])


@reads(router, "/care/suggestions", answer=SuggestionsTold, summary="对没有落实的，建议由谁分包和理由")
def suggestions(request: Request, wanted: Annotated[RegionWanted, Query()]) -> SuggestionsTold:
    """The same question has the same answer; `POST /care` keeps what a person agreed to."""
    return SuggestionsTold(rows=[
        SuggestionTold(
            subject=one.subject_id, name=one.subject, tier=labelled(one.tier), unit=one.unit, lead_official=one.lead_official,
            person_in_charge=one.person_in_charge, task_force=one.task_force, reason=one.reason,
        ) for one in suggestions_for(request.viewer, _region(request, wanted.region))
    ])


@reads(router, "/subjects/{subject_id}/care", answer=CaresTold, summary="一个服务对象的分包：各级由谁负责")
def of_subject(request: Request, subject_id: UUID) -> CaresTold:
    """The highest level first."""
    return CaresTold(rows=[_care(one) for one in subject_seen(request.viewer, subject_id).care])


@writes(router, "/care", answer=Kept, summary="落实分包：分包领导、帮包单位、责任人、联络员、专班", status=HTTPStatus.CREATED)
def assign(request: Request, said: Caring) -> Kept:
    """All of it or nothing; who did so at the same level before ends today."""
    cares = [
        NewCare(
            subject_id=one.subject, tier=one.tier, unit_id=unit_id_coded(one.unit, f"cares.{place}.unit"),
            lead_official=one.lead_official, person_in_charge=one.person_in_charge, person_phone=one.person_phone,
            liaison=one.liaison, liaison_phone=one.liaison_phone, reason=one.reason,
            task_force_id=unit_id_coded(one.task_force, f"cares.{place}.task_force") if one.task_force else None,
        ) for place, one in enumerate(said.cares)
    ]
    return Kept(kept=len(arrange_care(request.viewer, cares, actor=actor_of(request), now=request.now)))


@writes(router, "/care/hand-over", answer=Kept, summary="交接：一位领导名下的全部改由接任的分包")
def hand_over(request: Request, said: HandingOverCare) -> Kept:
    """Persons in charge, liaisons and task forces stay."""
    return Kept(kept=hand_over_care(
        request.viewer, unit_id=unit_id_coded(said.unit, "unit"), official=said.official, successor=said.successor,
        reason=said.reason, actor=actor_of(request), now=request.now,
    ))


def _region(request: Request, code: str | None) -> UUID:
    """The region asked for, else the caller's own.

    Raises NotFound: it lies outside the caller's own.
    """
    region_id = region_coded(code).id if code else request.viewer.region_id
    if request.viewer.region_id not in {one.id for one in directory().path(region_id)}:
        raise NotFound
    return region_id


def _covered(region: str, one: Covered, kind: SubjectKind | None = None, tier: Rank | None = None) -> CoveredTold:
    return CoveredTold(
        region=region, kind=labelled(kind) if kind else None, tier=labelled(tier) if tier else None, covered=one.covered,
        no_force=one.no_force, nobody=one.nobody,
    )


def _care(one: CareView) -> CareTold:
    return CareTold(
        tier=labelled(one.tier), unit=one.unit, lead_official=one.lead_official, person_in_charge=one.person_in_charge,
        person_phone=one.person_phone, liaison=one.liaison, liaison_phone=one.liaison_phone, task_force=one.task_force,
        since=one.since,
    )
