"""Problems by words: the candidates that the index of words gives, and the branches of a lens that begin with them.

`problems_worded` finds ids for whoever looks, at most MOST, the newest; lens and row policies then decide as in every
list. Lenses that hold one unit's work of the day are short: there the words are compared row by row. docs/decisions/0031.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.queries.lenses import Branch
from zhitong.domain.problems.queries.seeing import NAMED_TO, named_to
from zhitong.domain.problems.rules.lenses import Lens, lenses_of, widest_of
from zhitong.domain.problems.rules.trays import Tray
from zhitong.kit.phrases import phrases_of
from zhitong.kit.refusals import NotFound

NO_PHRASE = "\x01"
"""What stands in no text: words without a phrase, such as a lone “%”, find nothing."""
MOST = 10_000
"""So many of those that hold the words are ranked, the newest."""

FOUND = (
    "WITH found AS MATERIALIZED (SELECT worded.problem, min(worded.grade) AS grade"
    " FROM problems_worded(%(phrases)s::text[], %(narrow)s::uuid, %(viewer_served)s::uuid[], %(most_worded)s) AS worded GROUP BY 1) "
)
"""What goes before a statement whose branches begin with what was found."""

_SOURCE = (
    "(SELECT * FROM found ORDER BY {order}) AS found CROSS JOIN LATERAL"
    " (SELECT one.* FROM problems_problem one WHERE one.id = found.problem OFFSET 0) AS problem"
)
ORDERS = {
    ("newest", False): "found.problem DESC", ("newest", True): "found.problem",
    ("best", False): "found.grade, found.problem DESC", ("best", True): "found.grade DESC, found.problem",
}
"""The orders of a list that what was found can be read in, straight and turned, so that reading ends with the page."""
_WITHIN = "problem.region_id IN (SELECT region_id FROM organisations_region_within WHERE ancestor_id = %(root)s)"
_TAKES_PART = (
    "EXISTS (SELECT 1 FROM problems_party party WHERE party.unit_id = %(unit)s AND party.problem_id = problem.id)"
)


def is_indexed(lens: Lens | Tray) -> bool:
    """Whether words are looked up in the index for a lens: where it is long. Of one sign alone the index knows nothing."""
    return lens in (Lens.TERRITORY, Lens.LINE, Lens.UNIT, Lens.ALL)


def found_for(viewer: Viewer, words: str, region_id: UUID | None, here: Directory) -> dict[str, Any]:
    """The parameters of FOUND."""
    return {"phrases": list(phrases_of(words)), "narrow": region_id, "most_worded": MOST, **named_to(viewer, here)}


def how_many_found(viewer: Viewer, words: str, region_id: UUID | None = None) -> int:
    """How many candidates the index gives, up to MOST: so many mean that older ones were not looked at (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(f"{FOUND} SELECT count(*) FROM found", found_for(viewer, words, region_id, directory()))
        return min(MOST, int(cursor.fetchone()[0]))


def found_branches(
    viewer: Viewer, lens: Lens, region_id: UUID | None, here: Directory, order: str,
) -> tuple[list[Branch], dict[str, Any]]:
    """The branches of a lens over what was found, read in `order`, with their parameters.

    Raises NotFound: the viewer has no such lens, or the region lies outside the viewer's own.
    """
    source = _SOURCE.format(order=order)
    if not first_wall_stands():
        return [Branch("true", source)], {}
    if lens not in lenses_of(viewer):
        raise NotFound
    root = viewer.region_id if region_id is None else region_id
    if root not in here.regions or viewer.region_id not in {one.id for one in here.path(root)}:
        raise NotFound
    lenses = widest_of(viewer) if lens is Lens.ALL else [lens]
    parameters = {"root": root, "unit": viewer.unit_id, "lines": list(viewer.line_ids)}
    is_whole = here.regions[root].parent_id is None
    return [Branch(_own(viewer, one, is_whole, region_id), source) for one in lenses], parameters


def _own(viewer: Viewer, lens: Lens, is_whole: bool, region_id: UUID | None) -> str:
    within = "true" if is_whole else _WITHIN
    if lens is Lens.UNIT:
        return f"{_TAKES_PART} AND {within}" if region_id else _TAKES_PART
    if lens is Lens.LINE:
        return f"problem.line_id = ANY(%(lines)s) AND NOT problem.confidential AND {within}"
    return f"{within} AND NOT problem.confidential" if viewer.reach is Reach.OPEN else within


def row_by_row(viewer: Viewer, words: str) -> tuple[list[str], dict[str, Any]]:
    """The conditions that compare each phrase with number, name and text of a row; who reads openly cannot search the
    texts, in which numbers are hidden from him."""
    in_text = "false" if viewer.reach is Reach.OPEN else "wording_plain(problem.text) LIKE %({name})s"
    conditions, parameters = [], {}
    for place, phrase in enumerate(phrases_of(words) or (NO_PHRASE,)):
        name = f"phrase_{place}"
        conditions.append(
            f"(wording_plain(problem.number) LIKE %({name})s OR {in_text.format(name=name)}"
            f" OR (wording_plain(problem.subject_name) LIKE %({name})s AND {NAMED_TO}))"
        )
        parameters[name] = f"%{phrase}%"
    return conditions, parameters
