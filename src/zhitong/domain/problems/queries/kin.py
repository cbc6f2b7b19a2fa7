"""Problems that belong together: merged into one, split from one; and what a matter may be merged into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Party, Problem
from zhitong.domain.problems.queries.rulebook import Rulebook
from zhitong.domain.problems.queries.seeing import may_see
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from
from zhitong.domain.problems.rules.kinds import OPEN_STATES, State
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.choices import Word


class Kinship(Word):
    """How another problem belongs to this one."""

    MAIN = "main", "已并入"
    MERGED = "merged", "并入本件"
    WHOLE = "whole", "拆分自"
    PART = "part", "由本件分出"
    SIBLING = "sibling", "同时分出"


@dataclass(frozen=True, slots=True)
class KinView:
    """Another problem that belongs to this one, as far as the viewer may see it."""

    kinship: Kinship
    number: str
    category_label: str
    state: State
    excerpt: str


EXCERPT = 80
OFFERED_AT_MOST = 20


def kin_of(
    viewer: Viewer, standing: Standing, split_from_id: UUID | None, book: Rulebook, here: Directory
) -> tuple[KinView, ...]:
    """What belongs to a problem, the oldest first; two queries, one where nothing belongs to it."""
    asked = Q(merged_into_id=standing.id) | Q(split_from_id=standing.id)
    for found in (standing.merged_into_id, split_from_id):
        if found is not None:
            asked |= Q(id=found)
    if split_from_id is not None:
        asked |= Q(split_from_id=split_from_id)
    rows = Problem.objects.filter(asked).exclude(id=standing.id).order_by("id").values(*COLUMNS, "text", "split_from_id")
    return tuple(
        KinView(
            _kinship(row, standing, split_from_id), row["number"], book.label(row["subject_kind"], row["category"]),
            State(row["state"]), row["text"][:EXCERPT],
        )
        for row in _seen(viewer, list(rows), here)
    )


def _kinship(row: dict[str, Any], standing: Standing, split_from_id: UUID | None) -> Kinship:
    if row["id"] == standing.merged_into_id:
        return Kinship.MAIN
    if row["merged_into_id"] == standing.id:
        return Kinship.MERGED
    if row["id"] == split_from_id:
        return Kinship.WHOLE
    return Kinship.PART if row["split_from_id"] == standing.id else Kinship.SIBLING


def _seen(viewer: Viewer, rows: list[dict[str, Any]], here: Directory) -> Iterable[dict[str, Any]]:
    """The rows of the problems that the viewer may open."""
    if not rows:
        return []
    own = Party.objects.filter(unit_id=viewer.unit_id, problem_id__in=[row["id"] for row in rows])
    taking_part = set(own.values_list("problem_id", flat=True))
    return [row for row in rows if may_see(viewer, standing_from(row), row["id"] in taking_part, here)]


def main_of(standing: Standing) -> UUID:
    """The problem whose answer is shown: the one that a merged matter came to in the end, else itself.

    What is merged goes into an earlier one, so the way ends.
    """
    main_id, into = standing.id, standing.merged_into_id
    while into is not None:
        main_id = into
        into = Problem.objects.filter(id=main_id).values_list("merged_into_id", flat=True).first()
    return main_id


def reported_before(viewer: Viewer, standing: Standing, here: Directory) -> list[KinView]:
    """The same reporter's earlier matters that are still open, the newest first: what this one may be merged into."""
    if standing.reporter_unit_id is None:
        return []
    rows = Problem.objects.filter(
        reporter_unit_id=standing.reporter_unit_id, id__lt=standing.id, confidential=standing.confidential,
        unnamed=standing.unnamed, state__in=[state.value for state in OPEN_STATES],
    ).order_by("-id").values(*COLUMNS, "text")[:OFFERED_AT_MOST]
    return [
        KinView(Kinship.MAIN, row["number"], "", State(row["state"]), row["text"][:EXCERPT])
        for row in _seen(viewer, list(rows), here)
    ]
