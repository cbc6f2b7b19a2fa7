"""Who may open whose locks. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zhitong.domain.organisations.rules.apart import is_out_of_hand
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.viewer import Viewer


def opens_locks(viewer: Viewer) -> bool:
    """Whether somebody opens the locks of his territory: who administers it, and who keeps its security."""
    return viewer.may(Permission.ADMINISTER) or viewer.may(Permission.GUARD)


def out_of_hand(viewer: Viewer, seats: Iterable[tuple[PostKind, UUID]]) -> PostKind | None:
    """The post, among those somebody holds, that takes his locks out of the viewer's hand: who audits the same region, or keeps
    its security, is reset by the level above."""
    return next((kind for kind, region_id in seats if is_out_of_hand(kind) and region_id == viewer.region_id), None)
