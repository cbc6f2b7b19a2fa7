"""Lists of the served: a lens, filters, a page found by key; and the assistance lists with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.subjects.models import AssistanceList, Care, Membership, Subject
from zhitong.domain.subjects.queries.caring import SUB_KINDS, CareView, care_of, rank_of
from zhitong.domain.subjects.rules.cuts import KINDS
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import NotFound

COUNTED_TO = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty asks nothing. `words` looks in name and code; those that have ended are shown
    only when they are asked for, and then alone."""

    kinds: tuple[SubjectKind, ...] = ()
    sub_kinds: tuple[str, ...] = ()
    importances: tuple[Rank, ...] = ()
    ended: bool = False
    tiers: tuple[Rank, ...] = ()
    stages: tuple[ProjectStage, ...] = ()
    region_id: UUID | None = None
    list_id: UUID | None = None
    without_care: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject as a list shows it; `care` is that of its own tier, None when nobody is named."""

    id: UUID
    kind: SubjectKind
    sub_kind: str
    name: str
    code: str
    region_id: UUID
    region: str
    tier: Rank | None
    stage: ProjectStage | None
    care: CareView | None
    importance: Rank | None = None
    industry: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and the id after which the next page begins; None when this is the last."""

    rows: list[SubjectRow]
    next_key: UUID | None


@dataclass(frozen=True, slots=True)
class ListSize:
    """A list with the number it should hold and the number it holds."""

    id: UUID
    code: str
    name: str
    kind: SubjectKind
    tier: Rank | None
    quota: int | None
    members: int


def subjects_for(
    viewer: Viewer, lens: Lens, filters: Filters | None = None, *, after: UUID | None = None, turned: bool = False,
    limit: int = 50,
) -> Page:
    """One page of a lens in the order of registration, with who looks after each (three queries).

    `turned` reads the order from its other end, for the page before this one.
    Raises NotFound: the viewer has no such lens, or the region asked for lies outside it.
    """
    asked = filters or Filters()
    kept = _narrowed(through(viewer, lens, asked.region_id, ended=asked.ended), asked)
    if after is not None:
        kept = kept.filter(id__lt=after) if turned else kept.filter(id__gt=after)
    found = list(kept.order_by("-id" if turned else "id")[: limit + 1])
    rows = found[:limit]
    care, here = care_of([row.id for row in rows]), directory()
    return Page(
        [_row(row, care.get(row.id, ()), here) for row in rows], rows[-1].id if len(found) > limit else None
    )


def count_for(viewer: Viewer, lens: Lens, filters: Filters | None = None, *, most: int = COUNTED_TO + 1) -> int:
    """How many a lens holds, counted up to `most`; COUNTED_TO + 1 means more. One query."""
    asked = filters or Filters()
    kept = _narrowed(through(viewer, lens, asked.region_id, ended=asked.ended), asked)
    return kept.order_by()[:most].count()


def numbers_at(
    viewer: Viewer, region_ids: Sequence[UUID], by: Sequence[str] = ("kind",)
) -> Mapping[tuple[Any, ...], int]:
    """How many of the served regions hold, keyed (region, values of `by`: kind, tier, stage); one query on tallies.

    Only regions wholly inside the viewer's own are given, and only to viewers with the lens of the territory.
    """
    if Lens.TERRITORY not in lenses_of(viewer.unit_kind, viewer.reach):
        return {}
    here = directory()
    mine = [one for one in region_ids if viewer.region_id in {region.id for region in here.path(one)}]
    return counts(KINDS, mine, by=by) if mine else {}


def lists_of(viewer: Viewer, campaign: str) -> list[ListSize]:
    """The lists of a campaign: the number each should hold, and what the viewer's widest lens holds (two queries)."""
    widest = lenses_of(viewer.unit_kind, viewer.reach)[0]
    seen = Membership.objects.filter(list__campaign=campaign, until__isnull=True)
    seen = seen.filter(subject__in=through(viewer, widest, None).values("id"))
    members = dict(seen.order_by("list_id").values_list("list_id").annotate(Count("id")))
    return [
        ListSize(row.id, row.code, row.name, SubjectKind(row.kind), rank_of(row.tier), row.quota, members.get(row.id, 0))
        for row in AssistanceList.objects.filter(campaign=campaign).order_by("kind", "id")
    ]


def through(viewer: Viewer, lens: Lens, region_id: UUID | None, *, ended: bool = False) -> QuerySet[Subject]:
    """The rows of a lens, narrowed to a region where one is asked for; those that are served, or those that have ended.

    Raises NotFound: the viewer has no such lens, or the region lies outside it.
    """
    rows = Subject.objects.filter(ended_on__isnull=not ended)
    root = _root(viewer, lens, region_id)
    if root is not None and directory().regions[root].parent_id is not None:
        rows = rows.filter(region__within__ancestor_id=root)
    if not first_wall_stands():
        return rows
    if lens not in lenses_of(viewer.unit_kind, viewer.reach):
        raise NotFound
    if lens is Lens.MINE:
        return rows.filter(unit_id=viewer.unit_id)
    if lens is Lens.CARE:
        return rows.filter(id__in=Care.objects.filter(unit_id=viewer.unit_id, until__isnull=True).values("subject_id"))
    return rows


def _root(viewer: Viewer, lens: Lens, region_id: UUID | None) -> UUID | None:
    """The region whose rows are asked for: the one named, or the viewer's own for the lens of the territory."""
    if not first_wall_stands():
        return region_id
    if region_id is None:
        return viewer.region_id if lens is Lens.TERRITORY else None
    here = directory()
    if region_id not in here.regions:
        raise NotFound
    if lens is Lens.TERRITORY and viewer.region_id not in {region.id for region in here.path(region_id)}:
        raise NotFound
    return region_id


def _narrowed(rows: QuerySet[Subject], filters: Filters) -> QuerySet[Subject]:
    if filters.kinds:
        rows = rows.filter(kind__in=[kind.value for kind in filters.kinds])
    if filters.sub_kinds:
        rows = rows.filter(sub_kind__in=filters.sub_kinds)
    if filters.importances:
        rows = rows.filter(importance__in=[rank.value for rank in filters.importances])
    if filters.tiers:
        rows = rows.filter(tier__in=[tier.value for tier in filters.tiers])
    if filters.stages:
        rows = rows.filter(stage__in=[stage.value for stage in filters.stages])
    if filters.list_id is not None:
        rows = rows.filter(memberships__list_id=filters.list_id, memberships__until__isnull=True)
    if filters.without_care:
        rows = rows.filter(~Exists(Care.objects.filter(subject_id=OuterRef("id"), until__isnull=True)))
    if filters.words:
        rows = rows.filter(Q(name__icontains=filters.words) | Q(code__icontains=filters.words))
    return rows


def _row(row: Subject, care: Sequence[CareView], here: Directory) -> SubjectRow:
    tier = rank_of(row.tier)
    own = next((one for one in care if one.tier is tier), care[0] if care else None)
    return SubjectRow(
        row.id, SubjectKind(row.kind), SUB_KINDS.get(row.sub_kind, ""), row.name, row.code, row.region_id,
        here.regions[row.region_id].name, tier, ProjectStage(row.stage) if row.stage else None, own,
        rank_of(row.importance), row.industry, row.ended_on,
    )


def names_of_lists(list_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of assistance lists, by year and code; one query."""
    rows = AssistanceList.objects.filter(id__in=list(list_ids)).order_by("year", "code", "id")
    return dict(rows.values_list("id", "name"))
