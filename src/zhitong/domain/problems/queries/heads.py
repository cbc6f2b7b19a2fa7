"""The heads of some problems, for rooms above that are about them: enough to name each and to ask how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Party, Problem
from zhitong.domain.problems.queries.seeing import may_see, name_shown
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from
from zhitong.domain.problems.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class ProblemHead:
    """A problem's name beside its standing."""

    standing: Standing
    subject_name: str
    text: str


def heads_for(viewer: Viewer, *, ids: Iterable[UUID] = (), numbers: Iterable[str] = ()) -> dict[UUID, ProblemHead]:
    """The heads of those of these problems that the viewer may see, by id, in the order of ids. Three queries at most."""
    found = Problem.objects.filter(id__in=set(ids)) | Problem.objects.filter(number__in=set(numbers))
    rows = {row["id"]: row for row in found.order_by("id").values(*COLUMNS, "subject_name", "text")}
    if not rows:
        return {}
    part = set(Party.objects.filter(unit_id=viewer.unit_id, problem_id__in=rows).values_list("problem_id", flat=True))
    here = directory()
    heads = {id_: _head(viewer, row, here) for id_, row in rows.items()}
    return {id_: head for id_, head in heads.items() if may_see(viewer, head.standing, id_ in part, here)}


def _head(viewer: Viewer, row: dict[str, Any], here: Directory) -> ProblemHead:
    standing = standing_from(row)
    return ProblemHead(standing, name_shown(viewer, standing, row["subject_name"], here), row["text"])
