"""What looks wrong in a viewer's territory, newest first: asks to be looked at, decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands, require
from zhitong.domain.problems.models import Flagged
from zhitong.domain.problems.rules.kinds import Flag


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag on one problem; `unit` is whose handling it is about."""

    id: UUID
    flag: Flag
    number: str
    subject_name: str
    unit: str
    words: str
    at: datetime


def flags_for(
    viewer: Viewer, *, flag: Flag | None = None, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[FlagRow]:
    """Flags on the problems of an office's territory, newest first; `turned` oldest first. Two queries.

    Raises NotYours: the post is not an office's.
    """
    rows = _rows(viewer, flag).order_by("id" if turned else "-id")
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    found = list(rows.values("id", "flag", "problem__number", "problem__subject_name", "unit_id", "words", "at")[:limit])
    names = unit_names(row["unit_id"] for row in found)
    return [
        FlagRow(
            row["id"], Flag(row["flag"]), row["problem__number"], row["problem__subject_name"],
            names.get(row["unit_id"], ""), row["words"], row["at"],
        )
        for row in found
    ]


def count_flags(viewer: Viewer, *, flag: Flag | None = None, most: int = 1001) -> int:
    """How many there are, counted up to `most`."""
    return len(_rows(viewer, flag).values_list("id", flat=True)[:most])


def _rows(viewer: Viewer, flag: Flag | None) -> QuerySet[Flagged]:
    require(viewer, Permission.DISPATCH)
    rows = Flagged.objects.all()
    if first_wall_stands():
        rows = rows.filter(problem__region__within__ancestor_id=viewer.region_id)
    return rows.filter(flag=flag.value) if flag else rows
