"""The first wall: for each set the conditions under which a viewer has a row, one for each way of coming to see it.

The ways are those of the lenses and each keeps to its own rows: what an earlier one gives, a later one leaves out, so that
they are put together without comparing rows.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from zhitong.domain.opendata.queries.conditions import Bind
from zhitong.domain.opendata.rules.asking import Asked
from zhitong.domain.opendata.rules.columns import DataSet, Sight
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.rules.lenses import Lens, widest_of
from zhitong.kit.refusals import NotFound

EVERYTHING = "true"
_OVERSEEING = (Reach.SUBTREE, Reach.LINE)
_OWN_PROBLEMS = "seen.{thing} IN (SELECT own.id FROM problems_problem own WHERE own.reporter_unit_id = {unit})"
_JOINED_PROBLEMS = "seen.{thing} IN (SELECT party.problem_id FROM problems_party party WHERE party.unit_id = {unit})"
_OWN_SUBJECTS = "seen.{thing} IN (SELECT own.id FROM subjects_subject own WHERE own.unit_id = {unit})"
_CARED_FOR = (
    "seen.{thing} IN (SELECT care.subject_id FROM subjects_care care WHERE care.unit_id = {unit} AND care.until IS NULL)"
)


def branches(viewer: Viewer, asked: Asked, bind: Bind) -> list[str]:
    """The ways in which a viewer has rows of a set, each a condition on the row `seen`; no row fulfils two of them.

    Raises NotFound: the region asked for lies outside the viewer's own.
    """
    here = directory()
    narrow = _narrowed(viewer, asked, here, bind)
    ways = _WAYS[asked.data.sight](viewer, asked.data, here, bind) if first_wall_stands() else [EVERYTHING]
    apart = [
        " AND ".join([f"({way})", *(f"({earlier}) IS NOT TRUE" for earlier in ways[:place])]) for place, way in enumerate(ways)
    ]
    return [f"{way} AND {narrow}" if narrow else way for way in apart]


def _narrowed(viewer: Viewer, asked: Asked, here: Directory, bind: Bind) -> str:
    if asked.region_id is None:
        return ""
    if asked.region_id not in here.regions or not asked.data.has_region:
        raise NotFound
    if first_wall_stands() and viewer.region_id not in {one.id for one in here.path(asked.region_id)}:
        raise NotFound
    return _below(asked.region_id, here, bind)


def _below(region_id: UUID, here: Directory, bind: Bind) -> str:
    if here.regions[region_id].parent_id is None:
        return EVERYTHING
    return f"seen.region_id = ANY({bind(sorted(here.within(region_id)))})"


def _problems(viewer: Viewer, data: DataSet, here: Directory, bind: Bind) -> list[str]:
    unit = bind(viewer.unit_id)
    if viewer.unit_kind is UnitKind.SERVED:
        return [_OWN_PROBLEMS.format(thing=data.thing, unit=unit)]
    ways = []
    for lens in widest_of(viewer):
        if lens is Lens.UNIT:
            ways.append(_JOINED_PROBLEMS.format(thing=data.thing, unit=unit))
        elif lens is Lens.LINE:
            kept = f"seen.line_id = ANY({bind(list(viewer.line_ids))}) AND NOT seen.confidential"
            ways.append(f"{kept} AND {_below(viewer.region_id, here, bind)}")
        else:
            open_only = " AND NOT seen.confidential" if viewer.reach is Reach.OPEN else ""
            ways.append(_below(viewer.region_id, here, bind) + open_only)
    return ways


def _served(viewer: Viewer, data: DataSet, here: Directory, bind: Bind, reaches: tuple[Reach, ...]) -> list[str]:
    unit = bind(viewer.unit_id)
    if viewer.unit_kind is UnitKind.SERVED:
        return [_OWN_SUBJECTS.format(thing=data.thing, unit=unit)]
    territory = [_below(viewer.region_id, here, bind)] if viewer.reach in reaches else []
    return [*territory, _CARED_FOR.format(thing=data.thing, unit=unit)]


def _subjects(viewer: Viewer, data: DataSet, here: Directory, bind: Bind) -> list[str]:
    return _served(viewer, data, here, bind, _OVERSEEING)


def _collection(viewer: Viewer, data: DataSet, here: Directory, bind: Bind) -> list[str]:
    return _served(viewer, data, here, bind, (Reach.SUBTREE,))


def _reports(viewer: Viewer, data: DataSet, here: Directory, bind: Bind) -> list[str]:
    return [*_territory(viewer, data, here, bind), f"seen.{data.thing} = {bind(viewer.unit_id)}"]


def _territory(viewer: Viewer, data: DataSet, here: Directory, bind: Bind) -> list[str]:
    return [_below(viewer.region_id, here, bind)] if viewer.reach in _OVERSEEING else []


def _officials(viewer: Viewer, data: DataSet, here: Directory, bind: Bind) -> list[str]:
    return [] if viewer.unit_kind is UnitKind.SERVED else [EVERYTHING]


def _everybody(viewer: Viewer, data: DataSet, here: Directory, bind: Bind) -> list[str]:
    return [EVERYTHING]


_WAYS: dict[Sight, Callable[[Viewer, DataSet, Directory, Bind], list[str]]] = {
    Sight.PROBLEMS: _problems, Sight.SUBJECTS: _subjects, Sight.COLLECTION: _collection, Sight.REPORTS: _reports,
    Sight.TERRITORY: _territory, Sight.OFFICIALS: _officials, Sight.EVERYBODY: _everybody,
}
