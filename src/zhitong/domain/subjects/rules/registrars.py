"""Who keeps the register: the office of a territory for everybody in it, a department for the kind its line leads. Pure."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.rules.viewer import Viewer


def may_register(viewer: Viewer, *, region_ids_above: Collection[UUID], leading_lines: Collection[UUID]) -> bool:
    """Whether a viewer may register and change one of a kind in a place.

    `region_ids_above` are the place and all it reports through, `leading_lines` the lines that lead the service of its kind.
    """
    if not viewer.may(Permission.REGISTER) or viewer.region_id not in region_ids_above:
        return False
    if viewer.reach is Reach.SUBTREE:
        return True
    return viewer.reach is Reach.LINE and not set(leading_lines).isdisjoint(viewer.line_ids)


def may_rearrange(viewer: Viewer, *, region_ids_above: Collection[UUID]) -> bool:
    """Whether a viewer may end, merge, split and rule on the place of one: the offices of its territory alone.

    What a line knows of a firm is too little to say that two rows are one.
    """
    is_above = viewer.region_id in region_ids_above
    return is_above and viewer.may(Permission.REGISTER) and viewer.reach is Reach.SUBTREE
