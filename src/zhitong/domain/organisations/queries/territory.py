"""Regions and units beyond the directory: names, aliases, seats, whom they stand under, and a search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.models import Post, Region, RegionEdge, Unit, UnitAlias
from zhitong.domain.organisations.queries.order import directory
from zhitong.domain.organisations.rules.directory import RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind, Relation, UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


def aliases_in(region_ids: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """The other names of the units of regions, as (unit, name); one query."""
    rows = UnitAlias.objects.filter(unit__region_id__in=list(region_ids), unit__ended_on__isnull=True)
    return list(rows.values_list("unit_id", "name"))


def unit_names(unit_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of units, the served's own included, in one query."""
    wanted = {unit_id for unit_id in unit_ids if unit_id}
    return dict(Unit.objects.filter(id__in=wanted).values_list("id", "name"))


@dataclass(frozen=True, slots=True)
class RegionDetail:
    """What the directory leaves out of a region: its statistics code, and whom it stands under in which relation."""

    statistics_code: str
    parents: tuple[tuple[Relation, UUID], ...]


def region_detail(viewer: Viewer, region_id: UUID) -> RegionDetail:
    """The rest of a region (two queries).

    Raises NotFound: the viewer is no official, or there is no such region.
    """
    officials_only(viewer)
    code = Region.objects.filter(id=region_id).values_list("statistics_code", flat=True).first()
    if code is None:
        raise NotFound
    edges = RegionEdge.objects.filter(region_id=region_id, until__isnull=True).order_by("relation", "parent__position")
    return RegionDetail(code, tuple((Relation(one.relation), one.parent_id) for one in edges))


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """What the directory leaves out of a unit: its seats, without the people in them, and its other names."""

    posts: tuple[tuple[PostKind, str], ...]
    aliases: tuple[str, ...]


def unit_detail(viewer: Viewer, unit_id: UUID) -> UnitDetail:
    """The rest of a unit (two queries).

    Raises NotFound: the viewer is no official.
    """
    officials_only(viewer)
    posts = Post.objects.filter(unit_id=unit_id, ended_on__isnull=True).values_list("kind", "title")
    order = list(PostKind)
    seats = sorted(((PostKind(kind), title) for kind, title in posts), key=lambda one: (order.index(one[0]), one[1]))
    names = UnitAlias.objects.filter(unit_id=unit_id).order_by("name").values_list("name", flat=True)
    return UnitDetail(tuple(seats), tuple(names))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search of the territory gave; `is_cut` when there was more than was asked for."""

    regions: tuple[RegionEntry, ...]
    units: tuple[UnitEntry, ...]
    is_cut: bool


def search_territory(viewer: Viewer, words: str, *, limit: int = 60) -> Found:
    """Regions by name or pinyin and units by any of their names, the highest first (three queries).

    Raises NotFound: the viewer is no official.
    """
    officials_only(viewer)
    here = directory()
    spelt = words.replace(" ", "").lower()
    named = Q(name__icontains=words) | Q(pinyin__startswith=spelt) | Q(statistics_code=words)
    regions = Region.objects.filter(named).order_by("position").values_list("id", flat=True)[: limit + 1]
    known = Q(name__icontains=words) | Q(short__icontains=words) | Q(aliases__name__icontains=words)
    standing = Unit.objects.filter(known, ended_on__isnull=True).exclude(kind=UnitKind.SERVED.value)
    units = standing.order_by("region__position", "code").distinct().values_list("id", "region__position", "code")
    found_regions = [here.regions[one] for one in regions]
    found_units = [here.units[one] for one, _position, _code in units[: limit + 1]]
    is_cut = len(found_regions) > limit or len(found_units) > limit
    return Found(tuple(found_regions[:limit]), tuple(found_units[:limit]), is_cut)


def officials_only(viewer: Viewer) -> None:
    """Refuse the served: how government is ordered inside is no page of theirs."""
    if viewer.unit_kind is UnitKind.SERVED:
        raise NotFound


def unit_places(unit_ids: Iterable[UUID]) -> dict[UUID, tuple[str, UUID]]:
    """The code and the region of each of these units, the served's own included; one query."""
    rows = Unit.objects.filter(id__in=list(unit_ids)).values_list("id", "code", "region_id")
    return {unit_id: (code, region_id) for unit_id, code, region_id in rows}
