"""How far the served are looked after: the numbers from tallies, the gaps by name, and what each official carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.queries.caring import rank_of
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.caring import HOME_OF_UNTIERED, WITH_TASK_FORCE, Coverage, home_tier
from zhitong.domain.subjects.rules.cuts import CARE
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Covered:
    """How many are looked after, and how many are not, wholly or for want of a task force."""

    covered: int = 0
    no_force: int = 0
    nobody: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.covered + self.no_force + self.nobody

    @property
    def share(self) -> float | None:
        """The share that is looked after; None where there is nobody."""
        return self.covered / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class GapFilters:
    """What the gaps are narrowed to; empty asks nothing."""

    kind: SubjectKind | None = None
    tier: Rank | None = None
    lacking: Coverage | None = None
    region_id: UUID | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class GapRow:
    """One of the served without an owner at its own level, and what is missing."""

    id: UUID
    name: str
    kind: SubjectKind
    region_id: UUID
    region: str
    tier: Rank
    lacking: Coverage


@dataclass(frozen=True, slots=True)
class Load:
    """What an official of a unit carries; `beyond` is how far over (or under) the mean of the region's officials."""

    unit_id: UUID
    unit: str
    official: str
    subjects: int
    beyond: float


def coverage_at(
    viewer: Viewer, region_ids: Sequence[UUID], *, kind: SubjectKind | None = None, tier: Rank | None = None
) -> Mapping[UUID, Covered]:
    """Coverage of regions inside the viewer's own, by region; one query on tallies."""
    where: dict[str, Sequence[str]] = {name: [str(word)] for name, word in (("kind", kind), ("tier", tier)) if word is not None}
    mine = _own(viewer, region_ids)
    found = counts(CARE, mine, by=("coverage",), where=where) if mine else {}
    return {region_id: _covered({key[1]: n for key, n in found.items() if key[0] == region_id}) for region_id in mine}


def coverage_by_kind(viewer: Viewer, region_id: UUID) -> Mapping[tuple[SubjectKind, Rank], Covered]:
    """Coverage of one region by kind and level, those there are, in the order of kinds; one query on tallies."""
    mine = _own(viewer, [region_id])
    found = counts(CARE, mine, by=("kind", "tier", "coverage")) if mine else {}
    parts: dict[tuple[SubjectKind, Rank], dict[object, int]] = {}
    for key, n in found.items():
        _region, kind, tier, coverage = map(str, key)
        parts.setdefault((SubjectKind(kind), Rank(tier)), {})[coverage] = n
    kinds, ranks = list(SubjectKind), list(Rank)
    order = sorted(parts, key=lambda one: (kinds.index(one[0]), ranks.index(one[1])))
    return {one: _covered(parts[one]) for one in order}


def gaps_for(
    viewer: Viewer, filters: GapFilters | None = None, *, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[GapRow]:
    """Up to `limit` of those without an owner, in the order of registration (two queries).

    Raises NotFound: the viewer oversees no territory, or the region asked for lies outside it.
    """
    rows = _gaps(viewer, filters or GapFilters())
    if after is not None:
        rows = rows.filter(id__lt=after) if turned else rows.filter(id__gt=after)
    here = directory()
    return [
        GapRow(
            row["id"], row["name"], SubjectKind(row["kind"]), row["region_id"], here.regions[row["region_id"]].name,
            home_tier(rank_of(row["tier"])), Coverage.NO_FORCE if row["cared"] else Coverage.NOBODY,
        )
        for row in rows.annotate(cared=Exists(cared_at_home())).order_by("-id" if turned else "id")
        .values("id", "name", "kind", "region_id", "tier", "cared")[:limit]
    ]


def count_of_gaps(viewer: Viewer, filters: GapFilters | None = None, *, most: int = 1001) -> int:
    """How many those are, counted up to `most`. One query."""
    return _gaps(viewer, filters or GapFilters()).order_by()[:most].count()


def load_at(viewer: Viewer, region_id: UUID) -> list[Load]:
    """What each official of a region's own units carries, the most first; of the viewer's unit alone where he sees no
    territory. One query over the care of that level.

    Raises NotFound: the region lies outside the viewer's own.
    """
    here = directory()
    rows = Care.objects.filter(until__isnull=True, subject__ended_on__isnull=True)
    if viewer.reach is Reach.SUBTREE or not first_wall_stands():
        if region_id not in here.regions or viewer.region_id not in {one.id for one in here.path(region_id)}:
            raise NotFound
        rows = rows.filter(unit_id__in=[one.id for one in here.units.values() if one.region_id == region_id])
    else:
        rows = rows.filter(unit_id=viewer.unit_id)
    found = list(rows.order_by("unit_id").values_list("unit_id", "lead_official").annotate(Count("id")))
    mean = sum(n for _unit, _official, n in found) / len(found) if found else 0.0
    loads = [Load(unit_id, here.name_of(unit_id), official, n, round(n - mean, 1)) for unit_id, official, n in found]
    return sorted(loads, key=lambda one: (-one.subjects, one.unit, one.official))


def cared_at_home(**narrowed: object) -> QuerySet[Care]:
    """The care of an outer subject at its own level."""
    at_home = Q(tier=OuterRef("tier")) | Q(tier=HOME_OF_UNTIERED.value, subject__tier="")
    return Care.objects.filter(at_home, subject_id=OuterRef("id"), until__isnull=True, **narrowed)


def _gaps(viewer: Viewer, filters: GapFilters) -> QuerySet[Subject]:
    cared, unforced = Exists(cared_at_home()), Exists(cared_at_home(task_force__isnull=True))
    without_force = Q(unforced, kind__in=[kind.value for kind in WITH_TASK_FORCE])
    wanted = {Coverage.NOBODY: ~Q(cared), Coverage.NO_FORCE: without_force}
    rows = through(viewer, Lens.TERRITORY, filters.region_id)
    if filters.lacking is Coverage.COVERED:
        return rows.none()
    rows = rows.filter(wanted[filters.lacking] if filters.lacking else ~Q(cared) | without_force)
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.tier:
        untiered = ["", filters.tier.value] if filters.tier is HOME_OF_UNTIERED else [filters.tier.value]
        rows = rows.filter(tier__in=untiered)
    if filters.words:
        rows = rows.filter(Q(name__icontains=filters.words) | Q(code__icontains=filters.words))
    return rows


def _own(viewer: Viewer, region_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the regions that lie inside the viewer's own, where he looks through the lens of the territory."""
    if Lens.TERRITORY not in lenses_of(viewer.unit_kind, viewer.reach):
        return []
    here = directory()
    return [one for one in region_ids if viewer.region_id in {region.id for region in here.path(one)}]


def _covered(parts: Mapping[object, int]) -> Covered:
    return Covered(*(parts.get(word.value, 0) for word in (Coverage.COVERED, Coverage.NO_FORCE, Coverage.NOBODY)))
