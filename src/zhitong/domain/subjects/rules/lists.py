"""Whose a list is, and who may stand on it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, RemovalCause, SubjectEnd, SubjectKind

CAUSE_OF_END: Mapping[SubjectEnd, RemovalCause] = {
    SubjectEnd.DEREGISTERED: RemovalCause.DEREGISTERED, SubjectEnd.MOVED_OUT: RemovalCause.MOVED_OUT,
    SubjectEnd.MISTAKEN: RemovalCause.MISTAKEN,
}
"""Why one of the served that has ended shall leave its lists."""


def kinds_on_list(kind: SubjectKind) -> frozenset[SubjectKind]:
    """Which kinds may stand on a list of a kind: one enterprise may be of several kinds (R-D7)."""
    return ENTERPRISES if kind in ENTERPRISES else frozenset({kind})


def decider_of(drawn_by_id: UUID | None, tier: Rank | None, region_id: UUID, here: Directory) -> UnitEntry | None:
    """The unit that drew a list, which alone lets somebody leave it (R-E7).

    Where the paper names no unit it is the office of the list's level above the subject's place; of a list without a
    level, the office of the root.
    """
    drawn_by = here.standing(drawn_by_id) if drawn_by_id else None
    if drawn_by is not None:
        return drawn_by
    path = here.path(region_id)
    level = next((region for region in reversed(path) if region.rank is tier), path[0])
    return here.office(level.id)
