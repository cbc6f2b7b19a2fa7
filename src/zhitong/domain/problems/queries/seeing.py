"""Who may see a problem, and who may know whose it is: asked wherever one is opened or listed.

Source: REQUIREMENTS R-F13 (隐名办理): the name is known to the reporter and to the campaign office of its region alone.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.rules.standing import Standing

UNNAMED = "隐名企业"

NAMED_TO = (
    "(NOT problem.unnamed OR problem.reporter_unit_id = %(viewer_unit)s OR problem.region_id = ANY(%(viewer_served)s))"
)
"""Whether a viewer may know whose a problem is, for SQL; with the parameters of `named_to`."""


def may_see(viewer: Viewer, problem: Standing, takes_part: bool, here: Directory) -> bool:
    """The scope of a problem for opening one: its reporter, who takes or took part, the offices above, its line."""
    if not first_wall_stands() or takes_part or problem.reporter_unit_id == viewer.unit_id:
        return True
    if viewer.reach is Reach.OWN or viewer.region_id not in {region.id for region in here.path(problem.region_id)}:
        return False
    if viewer.reach is Reach.SUBTREE:
        return True
    return not problem.confidential and (viewer.reach is Reach.OPEN or problem.line_id in viewer.line_ids)


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
