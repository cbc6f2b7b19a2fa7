"""Loading territory and organisation from a package: edges, lines and units end by date, nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import connection, models, transaction
from pypinyin import lazy_pinyin

from zhitong.domain.organisations.models import (
    Line,
    LineKept,
    Post,
    Region,
    RegionEdge,
    RegionWithin,
    Unit,
    UnitAlias,
)
from zhitong.domain.organisations.package import OrganisationPackage, posts_of
from zhitong.domain.organisations.rules.kinds import Relation, UnitKind
from zhitong.domain.tallies.actions import grow
from zhitong.kit.ids import uuid7
from zhitong.kit.keeping import Key, Loaded, keep

BATCH = 1000


@transaction.atomic
def load(package: OrganisationPackage, *, on: date) -> Loaded:
    """Make the kept organisation that of the package from a day on; returns what changed (nothing, the second time)."""
    package = _as_renamed(_as_dissolved(package))
    regions, loaded = _load_regions(package)
    loaded += _load_edges(package, regions, on)
    lines, of_lines = keep(
        Line.objects.all(), ("code",),
        {(row.code,): {"name": row.name, "position": place} for place, row in enumerate(package.lines, 1)}, sweep=False,
    )
    units, of_units = _load_units(package, regions, on)
    loaded += of_lines + of_units
    loaded += _load_lines_kept(package, regions, {code: line for (code,), line in lines.items()}, units, on)
    loaded += _load_aliases(package, units) + _load_posts(package, units)
    if loaded:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('organisations_version')")
    return loaded


def _as_dissolved(package: OrganisationPackage) -> OrganisationPackage:
    """The package without the units that were dissolved here, their lines with their successors: loading undoes no act."""
    heirs = dict(Unit.objects.filter(successor__isnull=False).values_list("code", "successor__code"))
    if not heirs:
        return package

    def heir(code: str) -> str:
        while code in heirs:
            code = heirs[code]
        return code

    lines: dict[str, list[str]] = {}
    for row in package.units:
        lines.setdefault(heir(row.code), []).extend(row.lines)
    units = tuple(
        replace(row, lines=tuple(dict.fromkeys((*row.lines, *lines[row.code]))), host=heir(row.host),
                contact_unit=heir(row.contact_unit))
        for row in package.units if row.code not in heirs
    )
    return replace(package, units=units)


def _as_renamed(package: OrganisationPackage) -> OrganisationPackage:
    """The package with the names that units were given here."""
    kept = Unit.objects.filter(is_kept_here=True).exclude(kind=UnitKind.SERVED.value)
    names = {code: (name, short) for code, name, short in kept.values_list("code", "name", "short")}
    if not names:
        return package
    units = tuple(
        replace(row, name=names[row.code][0], short=names[row.code][1]) if row.code in names else row for row in package.units
    )
    return replace(package, units=units)


def _load_regions(package: OrganisationPackage) -> tuple[dict[str, UUID], Loaded]:
    wanted = {
        (row.code,): {
            "name": row.name, "short": row.short, "rank": row.rank.value, "kind": row.kind.value,
            "statistics_code": row.statistics_code, "position": row.order,
            "pinyin": "".join(lazy_pinyin(row.name))[:200],
            "tile_column": row.tile[0] if row.tile else None, "tile_row": row.tile[1] if row.tile else None,
        }
        for row in package.regions
    }
    ids, loaded = keep(Region.objects.all(), ("code",), wanted, sweep=False)
    return {code: region for (code,), region in ids.items()}, loaded


def _load_edges(package: OrganisationPackage, regions: Mapping[str, UUID], on: date) -> Loaded:
    wanted = {
        (regions[row.code], regions[parent], str(relation.value))
        for row in package.regions for relation, parent in row.edges()
    }
    loaded = _keep_dated(RegionEdge, ("region_id", "parent_id", "relation"), wanted, on)
    if loaded:
        reporting = {child: parent for child, parent, relation in wanted if relation == Relation.REPORTING.value}
        statistical = {child: parent for child, parent, relation in wanted if relation == Relation.STATISTICAL.value}
        RegionWithin.objects.all().delete()
        RegionWithin.objects.bulk_create(
            [RegionWithin(region_id=region, ancestor_id=above, depth=depth)
             for region, above, depth in _closure(regions.values(), reporting)],
            batch_size=BATCH,
        )
        grow(((region, above) for region, above, _depth in _closure(regions.values(), statistical)), on=on)
    return loaded


def _closure(regions: Iterable[UUID], parents: Mapping[UUID, UUID]) -> Iterable[tuple[UUID, UUID, int]]:
    for region in regions:
        above: UUID | None = region
        depth = 0
        while above is not None:
            yield region, above, depth
            above, depth = parents.get(above), depth + 1


def _load_units(package: OrganisationPackage, regions: Mapping[str, UUID], on: date) -> tuple[dict[str, UUID], Loaded]:
    """Units by code. Ids are made beforehand, so that hosts and contact units may come after those who name them."""
    standing = Unit.objects.exclude(kind=UnitKind.SERVED.value)
    known = dict(standing.values_list("code", "id"))
    ids = {row.code: known.get(row.code) or uuid7() for row in package.units}
    ended = standing.filter(ended_on__isnull=True, is_kept_here=False).exclude(code__in=ids).update(ended_on=on)
    wanted = {
        (row.code, ids[row.code]): {
            "name": row.name, "short": row.short, "kind": row.kind.value, "region_id": regions[row.region],
            "subordination": row.subordination.value, "host_id": ids.get(row.host),
            "contact_unit_id": ids.get(row.contact_unit), "ended_on": None,
            "keeps_all_lines": len(row.lines) == len(package.lines),
        }
        for row in package.units
    }
    loaded = keep(standing, ("code", "id"), wanted, sweep=False)[1]
    return ids, loaded + Loaded(removed=ended)


def _load_lines_kept(
    package: OrganisationPackage, regions: Mapping[str, UUID], lines: Mapping[str, UUID], units: Mapping[str, UUID],
    on: date,
) -> Loaded:
    wanted = {
        (units[row.code], regions[row.region], lines[code])
        for row in package.units if len(row.lines) < len(package.lines) for code in row.lines
    }
    return _keep_dated(LineKept, ("unit_id", "region_id", "line_id"), wanted, on)


def _keep_dated(model: type[models.Model], key: tuple[str, ...], wanted: Collection[Key], on: date) -> Loaded:
    """Make the rows standing today those wanted: others end on the day, new ones begin on it."""
    rows = model._default_manager
    standing = {tuple(row[1:]): row[0] for row in rows.filter(until__isnull=True).values_list("id", *key)}
    ended = [row_id for at, row_id in standing.items() if at not in wanted]
    if ended:
        rows.filter(id__in=ended).update(until=on)
    new = sorted(set(wanted) - set(standing), key=str)
    rows.bulk_create([model(**dict(zip(key, at, strict=True)), since=on) for at in new], batch_size=BATCH)
    return Loaded(created=len(new), removed=len(ended))


def _load_aliases(package: OrganisationPackage, units: Mapping[str, UUID]) -> Loaded:
    wanted: dict[Key, dict[str, object]] = {(units[row.code], alias): {} for row in package.units for alias in row.aliases}
    return keep(UnitAlias.objects.all(), ("unit_id", "name"), wanted)[1]


def _load_posts(package: OrganisationPackage, units: Mapping[str, UUID]) -> Loaded:
    ranks = {row.code: row.rank for row in package.regions}
    wanted = {
        (units[row.code], post.title): {"kind": post.kind.value}
        for row in package.units for post in posts_of(package, row, ranks[row.region])
    }
    served = Post.objects.exclude(unit__kind=UnitKind.SERVED.value)
    return keep(served, ("unit_id", "title"), wanted, sweep=False)[1]
