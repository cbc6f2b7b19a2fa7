"""Who may see a problem, and who may know whose it is: asked wherever one is opened or listed.

Source: REQUIREMENTS R-F13 (隐名办理): the name is known to the reporter and to the campaign office of its region alone.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.rules.seeing import Clause
from zhitong.domain.problems.rules.standing import Standing

UNNAMED = "隐名企业"

NAMED_TO = (
    "(NOT problem.unnamed OR problem.reporter_unit_id = %(viewer_unit)s OR problem.region_id = ANY(%(viewer_served)s))"
)
"""Whether a viewer may know whose a problem is, for SQL; with the parameters of `named_to`."""


class Seen(Protocol):
    """What of a problem decides who sees it."""

    @property
    def region_id(self) -> UUID:
        """Where it lies."""

    @property
    def line_id(self) -> UUID | None:
        """Of which line it is."""

    @property
    def reporter_unit_id(self) -> UUID | None:
        """Who brought it forward."""

    @property
    def confidential(self) -> bool:
        """Whether the firm asked for confidence."""


def may_see(viewer: Viewer, problem: Standing, takes_part: bool, here: Directory) -> bool:
    """The scope of a problem for opening one: its reporter, who takes or took part, the offices above, its line."""
    if not first_wall_stands():
        return True
    return not viewer.is_apart and bool(reasons_to_see(
        unit_id=viewer.unit_id, region_id=viewer.region_id, reach=viewer.reach, line_ids=viewer.line_ids, problem=problem,
        takes_part=takes_part, here=here,
    ))


def reasons_to_see(
    *, unit_id: UUID, region_id: UUID, reach: Reach, line_ids: Collection[UUID], problem: Seen, takes_part: bool,
    here: Directory,
) -> tuple[Clause, ...]:
    """Every clause by which a unit of this reach sees a problem; empty: by none."""
    found = [Clause.REPORTER] if problem.reporter_unit_id == unit_id else []
    if takes_part:
        found.append(Clause.PARTY)
    if reach is Reach.OWN or region_id not in {region.id for region in here.path(problem.region_id)}:
        return tuple(found)
    if reach is Reach.SUBTREE:
        found.append(Clause.TERRITORY)
    elif not problem.confidential and reach is Reach.OPEN:
        found.append(Clause.OPEN)
    elif not problem.confidential and problem.line_id in line_ids:
        found.append(Clause.LINE)
    return tuple(found)


def may_know_name(
    viewer: Viewer, *, unnamed: bool, reporter_unit_id: UUID | None, region_id: UUID, here: Directory
) -> bool:
    """Whether a viewer may know whose a problem is: of an unnamed one, its reporter and the office of its region."""
    if not unnamed or reporter_unit_id == viewer.unit_id:
        return True
    office = here.office(region_id)
    return office is not None and office.id == viewer.unit_id


def name_shown(viewer: Viewer, standing: Standing, name: str, here: Directory) -> str:
    """The name of a problem's subject as a viewer reads it."""
    is_known = may_know_name(
        viewer, unnamed=standing.unnamed, reporter_unit_id=standing.reporter_unit_id, region_id=standing.region_id, here=here
    )
    return name if is_known else UNNAMED


def named_to(viewer: Viewer, here: Directory) -> dict[str, Any]:
    """The parameters of NAMED_TO for a viewer: its unit, and the regions it is the campaign office of."""
    office = here.office(viewer.region_id)
    is_office = office is not None and office.id == viewer.unit_id
    return {
        "viewer_unit": viewer.unit_id, "viewer_served": here.served_by_office(viewer.region_id) if is_office else [],
    }
