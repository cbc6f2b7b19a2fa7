"""The standing order of government: kept in the process, read anew when a loading has changed it."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Q

from zhitong.domain.organisations.models import Line, LineKept, Region, RegionEdge, Unit
from zhitong.domain.organisations.rules.directory import Directory, LineEntry, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind, Relation, Subordination, UnitKind
from zhitong.domain.organisations.scope import VERSION, read_once

_kept: tuple[tuple[str, int], Directory] | None = None


def directory() -> Directory:
    """The standing order of government; read anew only when a loading has changed it.

    One small query to know, none in a request: it holds the order of its beginning to its end.
    """
    known = read_once()
    if known is None:
        return _as_of(_version())
    if "directory" not in known:
        known["directory"] = _as_of(known[VERSION])
    found: Directory = known["directory"]
    return found


def _as_of(version: int) -> Directory:
    global _kept
    mark = (str(connection.settings_dict["NAME"]), version)
    if _kept is None or _kept[0] != mark:
        _kept = (mark, _read_directory())
    return _kept[1]


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM organisations_version")
        return int(cursor.fetchone()[0])


def _read_directory() -> Directory:
    current = Q(until__isnull=True)
    parents = dict(
        RegionEdge.objects.filter(current, relation=Relation.REPORTING.value).values_list("region_id", "parent_id")
    )
    regions = {
        row["id"]: RegionEntry(
            row["id"], row["code"], row["name"], row["short"], Rank(row["rank"]), RegionKind(row["kind"]),
            row["position"], parents.get(row["id"]),
            (row["tile_column"], row["tile_row"]) if row["tile_column"] is not None and row["tile_row"] is not None else None,
        )
        for row in Region.objects.values(
            "id", "code", "name", "short", "rank", "kind", "position", "tile_column", "tile_row"
        )
    }
    kept: dict[UUID, set[UUID]] = {}
    for unit_id, line_id in LineKept.objects.filter(current).values_list("unit_id", "line_id"):
        kept.setdefault(unit_id, set()).add(line_id)
    every_line = frozenset(Line.objects.values_list("id", flat=True))
    standing = Unit.objects.filter(ended_on__isnull=True).exclude(kind=UnitKind.SERVED.value)
    units = {
        row["id"]: UnitEntry(
            row["id"], row["code"], row["name"], row["short"], UnitKind(row["kind"]), row["region_id"],
            Subordination(row["subordination"]), row["host_id"], row["contact_unit_id"],
            every_line if row["keeps_all_lines"] else frozenset(kept.get(row["id"], ())),
        )
        for row in standing.values(
            "id", "code", "name", "short", "kind", "region_id", "subordination", "host_id", "contact_unit_id",
            "keeps_all_lines",
        )
    }
    lines = {row[0]: LineEntry(*row) for row in Line.objects.order_by("position").values_list("id", "code", "name")}
    shown: dict[UUID, tuple[UUID, ...]] = {}
    for parent_id, region_id in RegionEdge.objects.filter(current, relation=Relation.SHOWN.value).values_list(
        "parent_id", "region_id"
    ):
        shown[parent_id] = (*shown.get(parent_id, ()), region_id)
    ended = Unit.objects.filter(ended_on__isnull=False).exclude(kind=UnitKind.SERVED.value)
    past = list(ended.values_list("id", "name", "successor_id"))
    heirs = {unit_id: successor_id for unit_id, _name, successor_id in past if successor_id}
    return Directory(regions, units, lines, shown, heirs, {unit_id: name for unit_id, name, _successor in past})
