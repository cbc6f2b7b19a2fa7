"""How far everybody has an owner, who has none, what each official carries."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Code, Labelled, OneOf, Shape, Words, labelled, region_coded
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.subjects.queries.coverage import (
    Covered,
    GapFilters,
    coverage_at,
    coverage_by_kind,
    gaps_for,
    load_at,
)
from zhitong.domain.subjects.rules.caring import Coverage
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.refusals import NotFound

router = Router()


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


@reads(router, "/care/coverage", answer=CoverageTold, summary="分包落实情况：按地区，按类别和层级")
def coverage(request: Request, wanted: Annotated[RegionWanted, Query()]) -> CoverageTold:
    """Counts kept by the acts themselves."""
    here, region_id = directory(), region_asked(request, wanted.region)
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
        for one in load_at(request.viewer, region_asked(request, wanted.region))
    ])


def region_asked(request: Request, code: str | None) -> UUID:
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
