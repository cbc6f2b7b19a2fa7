"""Who has come (开通率): by the regions below, by list, and by name.

Counted when asked: a page for the office, a few times a month, one pass over the units of a territory. Measured on
200 000 firms it costs what reading them once costs, and no act has to keep a count true when a firm moves or ends.
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

_COME = """
    CASE WHEN EXISTS (SELECT 1 FROM entry_presence here WHERE here.unit_id = {unit} AND here.month = %(month)s)
         THEN 'this_month'
         WHEN EXISTS (SELECT 1 FROM entry_presence here WHERE here.unit_id = {unit}) THEN 'before' ELSE 'never' END
"""
_FIRMS = f"""
SELECT place.node, subject.kind, {_COME.format(unit="subject.unit_id")}, count(*)
FROM unnest(%(regions)s::uuid[], %(nodes)s::uuid[]) AS place (region_id, node)
JOIN subjects_subject subject ON subject.region_id = place.region_id
WHERE subject.ended_on IS NULL AND subject.unit_id IS NOT NULL
GROUP BY 1, 2, 3
"""
_LISTS = f"""
SELECT list.id, list.name, {_COME.format(unit="subject.unit_id")}, count(*)
FROM subjects_list list
JOIN subjects_membership member ON member.list_id = list.id AND member.until IS NULL
JOIN subjects_subject subject ON subject.id = member.subject_id AND subject.unit_id IS NOT NULL
WHERE list.campaign = %(campaign)s AND subject.region_id = ANY(%(regions)s)
GROUP BY 1, 2, 3 ORDER BY 2, 1
"""
_NAMED_FIRMS = f"""
SELECT subject.id, subject.unit_id, subject.name, subject.kind, subject.region_id, {_COME.format(unit="subject.unit_id")} AS come,
       (SELECT max(month) FROM entry_presence here WHERE here.unit_id = subject.unit_id)
FROM subjects_subject subject
WHERE subject.ended_on IS NULL AND subject.unit_id IS NOT NULL AND subject.region_id = ANY(%(regions)s)
  AND (%(kind)s = '' OR subject.kind = %(kind)s) AND (%(after)s::uuid IS NULL OR subject.id > %(after)s::uuid)
  AND (%(come)s = '' OR {_COME.format(unit="subject.unit_id")} = %(come)s)
  AND (%(words)s = '' OR subject.name ILIKE '%%' || %(words)s || '%%')
ORDER BY subject.id LIMIT %(limit)s
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

    @property
    def total(self) -> Activation:
        """All kinds together."""
        return together(list(self.by_kind.values()))


@dataclass(frozen=True, slots=True)
class ListActivation:
    """A list with how far those on it have come."""

    list_id: UUID
    name: str
    activation: Activation


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """One unit with how far it has come; `subject_id` is None for a unit of government, `last` the newest month."""

    subject_id: UUID | None
    unit_id: UUID
    name: str
    kind: str
    region: str
    presence: Presence
    last: str


def activation_below(viewer: Viewer, region_id: UUID, *, today: date) -> list[PlaceActivation]:
    """The region's own units first, then each region directly below with all under it; three queries.

    Raises NotFound: the region lies outside the viewer's territory, or the viewer has none.
    """
    here = _ask(viewer, region_id)
    places = [(region_id, [region_id]), *((one.id, list(here.within(one.id))) for one in here.children(region_id))]
    node_of = {region: node for node, regions in places for region in regions}
    found: dict[UUID, dict[str, dict[Presence, int]]] = {node: {} for node, _regions in places}
    for node, kind, come, count in _rows(_FIRMS, {
        "regions": list(node_of), "nodes": list(node_of.values()), "month": _month(today),
    }):
        found[node].setdefault(kind, {})[Presence(come)] = count
    for unit_id, come in _officials(viewer, list(node_of), today):
        kinds = found[node_of[here.units[unit_id].region_id]].setdefault(OFFICIAL, {})
        kinds[come] = kinds.get(come, 0) + 1
    return [
        PlaceActivation(node, here.regions[node].name, {kind: Activation(counts) for kind, counts in found[node].items()})
        for node, _regions in places
    ]


def activation_of_lists(viewer: Viewer, campaign: str, region_id: UUID, *, today: date) -> list[ListActivation]:
    """Each list of a campaign with how far those of a region on it have come; one query. Raises NotFound."""
    here = _ask(viewer, region_id)
    found: dict[tuple[UUID, str], dict[Presence, int]] = {}
    parameters = {"campaign": campaign, "regions": list(here.within(region_id)), "month": _month(today)}
    for list_id, name, come, count in _rows(_LISTS, parameters):
        found.setdefault((list_id, name), {})[Presence(come)] = count
    return [ListActivation(list_id, name, Activation(counts)) for (list_id, name), counts in found.items()]


def firms_by_presence(
    viewer: Viewer, region_id: UUID, *, today: date, kind: str = "", presence: Presence | None = None, words: str = "",
    after: UUID | None = None, limit: int = 50,
) -> tuple[list[NamedUnit], UUID | None]:
    """The served of a region by name, and the key of the next page (None: the last); one query. Raises NotFound."""
    here = _ask(viewer, region_id)
    rows = _rows(_NAMED_FIRMS, {
        "regions": list(here.within(region_id)), "kind": kind, "come": presence.value if presence else "",
        "words": words, "after": after, "month": _month(today), "limit": limit + 1,
    })
    named = [
        NamedUnit(row[0], row[1], row[2], row[3], here.regions[row[4]].name, Presence(row[5]), row[6] or "") for row in rows
    ]
    return named[:limit], named[limit - 1].subject_id if len(named) > limit else None


def officials_by_presence(viewer: Viewer, region_id: UUID, *, today: date) -> list[NamedUnit]:
    """The units of government of a region and below with how far each has come, in the order of the directory.

    One query; a province has some thousands. Raises NotFound.
    """
    here = _ask(viewer, region_id)
    come = dict(_officials(viewer, list(here.within(region_id)), today))
    ordered = sorted(come, key=lambda one: (here.regions[here.units[one].region_id].position, here.units[one].code))
    return [
        NamedUnit(None, one, here.units[one].name, OFFICIAL, here.regions[here.units[one].region_id].name, come[one], "")
        for one in ordered
    ]


def _officials(viewer: Viewer, region_ids: Sequence[UUID], today: date) -> list[tuple[UUID, Presence]]:
    """The units of government of regions, with how far each has come; one query."""
    here, wanted = directory(), set(region_ids)
    units = [one.id for one in here.units.values() if one.region_id in wanted and one.kind not in _STRANGERS]
    months: dict[UUID, str] = dict(_rows(
        "SELECT unit_id, max(month) FROM entry_presence WHERE unit_id = ANY(%(units)s) GROUP BY unit_id", {"units": units}
    ))
    month = _month(today)
    return [
        (one, Presence.NEVER if one not in months else
         Presence.THIS_MONTH if months[one] == month else Presence.BEFORE)
        for one in units
    ]


def _ask(viewer: Viewer, region_id: UUID) -> Directory:
    """The directory, when the region lies in the viewer's territory."""
    officials_only(viewer)
    here = directory()
    if Lens.TERRITORY not in lenses_of(viewer.unit_kind, viewer.reach) or region_id not in here.regions:
        raise NotFound
    if viewer.region_id not in {one.id for one in here.path(region_id)}:
        raise NotFound
    return here


def _month(today: date) -> str:
    return f"{today.year}-{today.month:02}"


def _rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
