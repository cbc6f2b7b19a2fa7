"""Moves between tiers, and how one of the served came to its tier with what the rule says today beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.organisations.queries import directory, officials_only, unit_names
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.queries.one import SubjectView, subject_seen
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.lenses import lenses_of
from zhitong.domain.subjects.rules.tiers import HELPED, tier_of
from zhitong.domain.tiering.models import Move
from zhitong.domain.tiering.queries.judging import candidates_of
from zhitong.domain.tiering.queries.runs import rank_of, sees_words
from zhitong.domain.tiering.queries.standards import kinds_tiered, standard_in_force
from zhitong.domain.tiering.rules.kinds import MoveCause


@dataclass(frozen=True, slots=True)
class MoveFilters:
    """What the moves are narrowed to; empty asks nothing."""

    kind: SubjectKind | None = None
    cause: MoveCause | None = None
    subject_id: UUID | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A move by name; `words` is empty for who may not see figures."""

    id: UUID
    subject_id: UUID
    name: str
    region: str
    kind: SubjectKind
    before: Rank | None
    after: Rank | None
    cause: MoveCause
    reason: str
    allowed_by: str
    unit: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class SubjectTiering:
    """One of the served: its tier, the hand's reason where a hand set it, the rule's answer today, its moves.

    `rule_words` is empty for who may not see figures. `may_set` is whether this post may set it by hand at all.
    """

    subject: SubjectView
    hand_reason: str
    is_tiered: bool
    by_rule: Rank | None
    rule_words: str
    moves: Sequence[MoveRow]
    may_set: bool


def moves_for(
    viewer: Viewer, filters: MoveFilters, *, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[MoveRow]:
    """One page of the moves the viewer may know, the newest first (two queries); `turned` reads from the oldest.

    Raises NotFound: one of the served.
    """
    kept = _narrowed(viewer, filters)
    if after is not None:
        kept = kept.filter(id__gt=after) if turned else kept.filter(id__lt=after)
    rows = list(kept.select_related("subject").order_by("id" if turned else "-id")[:limit])
    names, here, sees = unit_names(row.unit_id for row in rows), directory(), sees_words(viewer)
    return [
        MoveRow(
            row.id, row.subject_id, row.subject.name, here.regions[row.subject.region_id].name, SubjectKind(row.kind),
            rank_of(row.from_tier), rank_of(row.to_tier), MoveCause(row.cause), row.reason, row.allowed_by,
            names.get(row.unit_id, "") if row.unit_id else "", row.at, row.words if sees else "",
        )
        for row in rows
    ]


def count_moves(viewer: Viewer, filters: MoveFilters, *, most: int) -> int:
    """How many moves a filter leaves, counted up to `most`."""
    return _narrowed(viewer, filters).order_by()[:most].count()


def tiering_of(viewer: Viewer, campaign: str, subject_id: UUID) -> SubjectTiering:
    """How one of the served stands.

    Raises NotFound: it is not there for the viewer, or the viewer is one of the served.
    """
    officials_only(viewer)
    subject = subject_seen(viewer, subject_id)
    is_tiered = subject.kind in kinds_tiered(campaign)
    by_rule, words = None, ""
    if is_tiered:
        [one] = candidates_of([subject_id], subject.kind, campaign=campaign)
        said = tier_of(one.facts, standard_in_force(campaign, subject.kind, subject.region_id).rules)
        by_rule, words = said.rank, said.words if subject.sees_figures else ""
    hand_reason = Subject.objects.values_list("tier_reason", flat=True).get(id=subject_id)
    moves = moves_for(viewer, MoveFilters(subject_id=subject_id), limit=100)
    may_set = is_tiered and subject.ended_on is None and viewer.may(Permission.DISPATCH)
    return SubjectTiering(
        subject, hand_reason, is_tiered, by_rule, words, moves,
        may_set and directory().regions[viewer.region_id].rank in HELPED,
    )


def _narrowed(viewer: Viewer, filters: MoveFilters) -> QuerySet[Move]:
    officials_only(viewer)
    rows = Move.objects.all()
    if filters.subject_id is not None:
        rows = rows.filter(subject_id=filters.subject_id)
    else:
        widest = lenses_of(viewer.unit_kind, viewer.reach)[0]
        rows = rows.filter(subject__in=through(viewer, widest, None).order_by().values("id"))
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.cause:
        rows = rows.filter(cause=filters.cause.value)
    if filters.words:
        rows = rows.filter(subject__name__icontains=filters.words)
    return rows
