"""Who has come (开通率): by the regions below, by list, and by name.

Counted when asked: a page for the office, a few times a month, one pass over the units of a territory; no act has to
keep a count true when a firm moves or ends. The names behind the figures stand in `named`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.entry.rules.activation import Activation, together
from zhitong.domain.entry.rules.kinds import Presence
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of
from zhitong.kit.refusals import NotFound

COME = """
    CASE WHEN EXISTS (SELECT 1 FROM entry_presence here WHERE here.unit_id = {unit} AND here.month = %(month)s)
         THEN 'this_month'
         WHEN EXISTS (SELECT 1 FROM entry_presence here WHERE here.unit_id = {unit}) THEN 'before' ELSE 'never' END
"""
_FIRMS = f"""
SELECT place.node, subject.kind, {COME.format(unit="subject.unit_id")}, count(*)
FROM unnest(%(regions)s::uuid[], %(nodes)s::uuid[]) AS place (region_id, node)
JOIN subjects_subject subject ON subject.region_id = place.region_id
WHERE subject.ended_on IS NULL AND subject.unit_id IS NOT NULL
GROUP BY 1, 2, 3
"""
_LISTS = f"""
SELECT list.id, list.name, {COME.format(unit="subject.unit_id")}, count(*)
FROM subjects_list list
JOIN subjects_membership member ON member.list_id = list.id AND member.until IS NULL
JOIN subjects_subject subject ON subject.id = member.subject_id AND subject.unit_id IS NOT NULL
WHERE list.campaign = %(campaign)s AND subject.ended_on IS NULL AND subject.region_id = ANY(%(regions)s)
GROUP BY 1, 2, 3 ORDER BY 2, 1
"""
OFFICIAL = "official"
"""The key of government's own units among the kinds of the served."""
_STRANGERS = frozenset({UnitKind.SERVED, UnitKind.DELEGATES, UnitKind.LEADING_GROUP})


@dataclass(frozen=True, slots=True)
class PlaceActivation:
    """A region below (or the viewer's own units), with how far its units have come, by kind and together."""

    region_id: UUID
    name: str
    by_kind: Mapping[str, Activation]

    def of(self, kind: str) -> Activation:
        """One kind (OFFICIAL: the units of government); of the empty kind all the served together."""
        if kind:
            return self.by_kind.get(kind, together([]))
        return together([counted for one, counted in self.by_kind.items() if one != OFFICIAL])


@dataclass(frozen=True, slots=True)
class ListActivation:
    """A list with how far those on it have come."""

    list_id: UUID
    name: str
    activation: Activation


def activation_below(viewer: Viewer, region_id: UUID, *, today: date) -> list[PlaceActivation]:
    """The region's own units first, then each region directly below with all under it; three queries.

    Raises NotFound: the region lies outside the viewer's territory, or the viewer has none.
    """
    here = territory_asked(viewer, region_id)
    places = [(region_id, [region_id]), *((one.id, list(here.within(one.id))) for one in here.children(region_id))]
    node_of = {region: node for node, regions in places for region in regions}
    found: dict[UUID, dict[str, dict[Presence, int]]] = {node: {} for node, _regions in places}
    for node, kind, come, count in rows_of(_FIRMS, {
        "regions": list(node_of), "nodes": list(node_of.values()), "month": month_of(today),
    }):
        found[node].setdefault(kind, {})[Presence(come)] = count
    for unit_id, come, _last in officials_come(list(node_of), today):
        kinds = found[node_of[here.units[unit_id].region_id]].setdefault(OFFICIAL, {})
        kinds[come] = kinds.get(come, 0) + 1
    return [
        PlaceActivation(node, here.regions[node].name, {kind: Activation(counts) for kind, counts in found[node].items()})
        for node, _regions in places
    ]


def activation_of_lists(viewer: Viewer, campaign: str, region_id: UUID, *, today: date) -> list[ListActivation]:
    """Each list of a campaign with how far those of a region on it have come; one query. Raises NotFound."""
    here = territory_asked(viewer, region_id)
    found: dict[tuple[UUID, str], dict[Presence, int]] = {}
    parameters = {"campaign": campaign, "regions": list(here.within(region_id)), "month": month_of(today)}
    for list_id, name, come, count in rows_of(_LISTS, parameters):
        found.setdefault((list_id, name), {})[Presence(come)] = count
    return [ListActivation(list_id, name, Activation(counts)) for (list_id, name), counts in found.items()]


def officials_come(region_ids: Sequence[UUID], today: date) -> list[tuple[UUID, Presence, str]]:
    """The units of government of regions, with how far each has come and its newest month; one query."""
    here, wanted = directory(), set(region_ids)
    units = [one.id for one in here.units.values() if one.region_id in wanted and one.kind not in _STRANGERS]
    months: dict[UUID, str] = dict(rows_of(
        "SELECT unit_id, max(month) FROM entry_presence WHERE unit_id = ANY(%(units)s) GROUP BY unit_id", {"units": units}
    ))
    come = {"": Presence.NEVER, month_of(today): Presence.THIS_MONTH}
    return [(one, come.get(months.get(one, ""), Presence.BEFORE), months.get(one, "")) for one in units]


def territory_asked(viewer: Viewer, region_id: UUID) -> Directory:
    """The directory, when the region lies in the viewer's territory."""
    officials_only(viewer)
    here = directory()
    if Lens.TERRITORY not in lenses_of(viewer.unit_kind, viewer.reach) or region_id not in here.regions:
        raise NotFound
    if viewer.region_id not in {one.id for one in here.path(region_id)}:
        raise NotFound
    return here


def month_of(today: date) -> str:
    """The month of a day as presences name it: "2018-09"."""
    return f"{today.year}-{today.month:02}"


def rows_of(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
